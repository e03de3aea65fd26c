import type { Place } from '../../retrieval/passage.ts';
import type { Locale } from '../locales/locale.ts';

/** Where in a document a quote stands: `p. 4`, `lines 12–30`; empty where it has no such places. */
export function placeWords(place: Place | null | undefined, { t }: Locale): string {
  if (place === null || place === undefined) return '';
  const { unit, from, to } = place;
  // As text: a page's number is not grouped like an amount.
  if (from === to) return t(`place-${unit}`, { number: String(from) });
  return t(`place-${unit}s`, { from: String(from), to: String(to) });
}
