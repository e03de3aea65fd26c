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

/** Several places of one document: `pp. 2, 4–5`; of very many the first. */
export function placesWords(places: readonly Place[], locale: Locale): string {
  const [first, ...others] = places;
  if (first === undefined) return '';
  if (others.length === 0) return placeWords(first, locale);
  const numbers = places.slice(0, MOST_PLACES).map(({ from, to }) => {
    return from === to ? String(from) : `${from}–${to}`;
  });
  const list = numbers.join(', ') + (places.length > MOST_PLACES ? '…' : '');
  return locale.t(`place-several-${first.unit}s`, { places: list });
}

const MOST_PLACES = 8;
