import type { Passage, Place } from '../retrieval/passage.ts';

/**
 * The very lines that a quote stands on, where the passage has its file's lines as they are; else the
 * lines or pages of the whole passage.
 */
export function placeOfQuote(
  { text, place }: Pick<Passage, 'text' | 'place'>,
  quote: string,
): Place | null {
  if (place?.unit !== 'line' || quote === '') return place;
  if (text.split('\n').length !== place.to - place.from + 1) return place;
  const at = text.indexOf(quote);
  if (at === -1) return place;
  const from = place.from + text.slice(0, at).split('\n').length - 1;
  return { unit: 'line', from, to: from + quote.split('\n').length - 1 };
}
