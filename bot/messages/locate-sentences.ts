/** From the first letter or digit of a sentence to behind its last; null when it is not there. */
export type SentenceRange = { start: number; end: number } | null;

/** A marker of the answer as it is written: `[2]`. */
export const MARKER = /\[(\d{1,3})\]/gu;

/**
 * Where sentences stand in the text that shows them, in UTF-16 units. Letters and digits alone are
 * compared, since markers, markup and spaces differ between a claim and the way it is shown.
 * Sentences are looked for in order: one that repeats is found at its own place.
 */
export function locateSentences(text: string, sentences: readonly string[]): SentenceRange[] {
  const { letters, offsets } = lettersOf(blankMarkers(text));
  let from = 0;
  return sentences.map((sentence) => {
    const wanted = lettersOf(blankMarkers(sentence)).letters;
    const found = wanted === '' ? -1 : letters.indexOf(wanted, from);
    if (found === -1) return null;
    from = found + wanted.length;
    return { start: offsets[found] ?? 0, end: (offsets[from - 1] ?? 0) + 1 };
  });
}

function blankMarkers(text: string): string {
  return text.replaceAll(MARKER, (marker) => ' '.repeat(marker.length));
}

/** One offset a UTF-16 unit of `letters`. */
function lettersOf(text: string): { letters: string; offsets: number[] } {
  let letters = '';
  const offsets: number[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]/gu)) {
    letters += match[0];
    for (let unit = 0; unit < match[0].length; unit += 1) offsets.push(match.index + unit);
  }
  return { letters, offsets };
}
