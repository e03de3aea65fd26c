import { fold } from './terms.ts';

/**
 * Character 4-grams of a text, in order, with repeats: words are folded and framed by a space on
 * each side, so that beginnings and endings count. They meet where stems do not: misspellings,
 * compounds, names in other cases.
 */
export function characterGrams(text: string, size = 4): string[] {
  const grams: string[] = [];
  for (const match of fold(text).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const framed = ` ${match[0]} `;
    if (framed.length <= size) {
      grams.push(framed);
      continue;
    }
    for (let at = 0; at + size <= framed.length; at += 1) grams.push(framed.slice(at, at + size));
  }
  return grams;
}
