import { fold } from '../../retrieval/text/terms.ts';

/**
 * What a claim gives as somebody's words and no text has word for word. Titles and single terms in
 * quotation marks, of fewer than four words, are none.
 */
export function inventedQuotations(claim: string, texts: readonly string[]): string[] {
  const known = texts.map((text) => ` ${plainWords(text)} `);
  return [...claim.matchAll(/«([^«»]{12,})»|“([^“”]{12,})”|"([^"]{12,})"/gu)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((quotation) => {
      const words = plainWords(quotation);
      return words.split(' ').length >= 4 && !known.some((text) => text.includes(` ${words} `));
    });
}

function plainWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
