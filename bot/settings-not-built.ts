/**
 * One sentence for each setting that is set, promised and not built: to ignore it without a word would
 * mislead.
 */
export function settingsNotBuilt(environment: Record<string, string | undefined>): string[] {
  return notBuilt
    .filter((name) => (environment[name]?.trim() ?? '') !== '')
    .map((name) => `${name} is set and does nothing in this version.`);
}

const notBuilt = `
  BRAVE_API_KEY TAVILY_API_KEY YANDEX_SEARCH_API_KEY
`
  .trim()
  .split(/\s+/u);
