import type { SourceLimits } from '../../retrieval/sources/source.ts';

/** How much of a source is to be read and how often, as far as somebody said. */
export interface SaidLimits {
  limits: Partial<SourceLimits>;
  everyHours: number | null;
  /** Words that say something else. */
  rest: string[];
  /** The first that asks for more or less than can be. */
  wrong: string | null;
}

/** Reads `pages=100`, `depth=2`, `every=6`, and the same in Russian, among the words of a command. */
export function readLimits(words: readonly string[]): SaidLimits {
  const said: SaidLimits = { limits: {}, everyHours: null, rest: [], wrong: null };
  for (const word of words) {
    const [, name = '', digits = ''] = /^(\p{L}+)=(\d*)\p{L}?$/u.exec(word.toLowerCase()) ?? [];
    const limit = LIMITS.find(({ names }) => names.some((known) => known === name));
    if (limit === undefined) {
      said.rest.push(word);
      continue;
    }
    const value = digits === '' ? NaN : Number(digits);
    const isPossible = value >= limit.least && value <= limit.most;
    if (!isPossible) said.wrong ??= word;
    else if (limit.of === 'everyHours') said.everyHours = value;
    else said.limits[limit.of] = value;
  }
  return said;
}

const LIMITS = [
  { of: 'pages', names: ['pages', 'страниц', 'страницы'], least: 1, most: 5000 },
  { of: 'depth', names: ['depth', 'глубина'], least: 0, most: 10 },
  { of: 'everyHours', names: ['every', 'hours', 'каждые', 'часов'], least: 1, most: 8760 },
] as const;
