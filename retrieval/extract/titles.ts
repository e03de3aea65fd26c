/** A title as it is compared: letters and digits of all its words, lower-case. */
export function comparable(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Cuts the site's name off a page's title: «Погода на завтра — Пример» becomes «Погода на завтра».
 * Only a part that is one of the site's names goes: a dash may belong to the title.
 */
export function withoutSiteName(title: string, siteNames: readonly string[]): string {
  const names = new Set(siteNames.flatMap((name) => [compact(name), compact(withoutZone(name))]));
  names.delete('');
  const parts = title.split(/\s+([|/•·»«:–—-]|::|&raquo;)\s+/u);
  // Odd positions hold the separators.
  let from = 0;
  let to = parts.length;
  while (to - from > 1 && names.has(compact(parts[to - 1] ?? ''))) to -= 2;
  while (to - from > 1 && names.has(compact(parts[from] ?? ''))) from += 2;
  return parts
    .slice(from, to)
    .map((part, position) => (position % 2 === 0 ? part : ` ${part} `))
    .join('')
    .trim();
}

function compact(name: string): string {
  return comparable(name).replace(/ /gu, '');
}

/** `example.org` → `example`: titles drop the zone. */
function withoutZone(name: string): string {
  return /^[\w-]+(?:\.[\w-]+)+$/u.test(name) ? name.replace(/\.[\w-]+$/u, '') : '';
}
