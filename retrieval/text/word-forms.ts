import { fold, stem } from './terms.ts';
import table from './word-endings.json' with { type: 'json' };

/**
 * The likeliest other forms of a Russian word, at most two, the likeliest first: «варшавы» has
 * «варшава» and «варшав». None of a short word, of a rare ending, or of another language's words. They
 * are guessed from the ending, so that names have them as well, and some are no words at all.
 */
export function otherForms(word: string): string[] {
  const folded = fold(word);
  if (!/^[а-я]{4,}$/u.test(folded)) return [];
  const start = stem(folded);
  if (start.length < 3 || !folded.startsWith(start)) return [];
  const endings = endingsAfter(start)[`-${folded.slice(start.length)}`];
  return endings?.split(' ').map((ending) => start + ending.slice(1)) ?? [];
}

/** By what the stem ends in: «книг-и» and «стен-ы» are the same form. */
function endingsAfter(start: string): Partial<Record<string, string>> {
  if (/[гкх]$/u.test(start)) return table.velar;
  if (/[жчшщц]$/u.test(start)) return table.sibilant;
  return /[аеиоуыэюя]$/u.test(start) ? table.vowel : table.other;
}
