import type { SitePage } from './site.ts';

/**
 * Reads a page's file: a comment of `key: value` lines, then the markup of its text.
 * @throws {TypeError} when a line is missing or says what no page can be.
 */
export function parsePageFile(source: string, file: string): SitePage {
  const match = /^<!--\n(?<head>.*?)\n-->\n(?<content>.*)$/su.exec(source);
  const fields = new Map<string, string>();
  for (const line of match?.groups?.['head']?.split('\n') ?? []) {
    const [, key = '', value = ''] = /^(\w+): (.+)$/u.exec(line) ?? [];
    fields.set(key, value.trim());
  }
  const field = (key: string): string => {
    const value = fields.get(key);
    if (value === undefined) throw new TypeError(`${file} has no line ${key}`);
    return value;
  };
  return {
    path: field('path'),
    title: field('title'),
    description: field('description'),
    published: field('published'),
    topic: field('topic'),
    serve: readServe(fields.get('serve') ?? 'plain', file),
    content: match?.groups?.['content'] ?? '',
  };
}

function readServe(value: string, file: string): SitePage['serve'] {
  const known = (['plain', 'slow', 'cut', 'error'] as const).find((one) => one === value);
  if (known === undefined) throw new TypeError(`${file} cannot be served ${value}`);
  return known;
}
