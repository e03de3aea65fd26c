/**
 * One sentence for each setting that is set, promised and not built: to ignore it without a word would
 * mislead. A list of who may ask is refused, since ignoring it would open the bot to everybody.
 */
export function settingsNotBuilt(environment: Record<string, string | undefined>): {
  warnings: string[];
  refusal: string | null;
} {
  const valueOf = (name: string): string => environment[name]?.trim() ?? '';
  const access = valueOf('ACCESS');
  return {
    warnings: notBuilt
      .filter((name) => valueOf(name) !== '')
      .map((name) => `${name} is set and does nothing in this version.`),
    refusal:
      access === '' || access === 'public'
        ? null
        : 'ACCESS can only be public in this version: a list of who may ask is not built yet.',
  };
}

const notBuilt = `
  ALLOWED_IDS ADMIN_IDS CHANNEL_ID WEBHOOK_URL LIMIT_QUESTIONS_PER_DAY BRAVE_API_KEY TAVILY_API_KEY
  YANDEX_SEARCH_API_KEY GIGACHAT_CREDENTIALS OPENAI_FALLBACK_MODELS VERIFY_MODEL EMBEDDINGS_PROVIDER
  EMBEDDINGS_FOLDER RERANK_BASE_URL QDRANT_URL READER_BASE_URL DIGEST_CRON
`
  .trim()
  .split(/\s+/u);
