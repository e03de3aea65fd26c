import { findPlaces, type FactKind, type FactPlace } from './facts.ts';
import { turnPolarity } from './negation.ts';
import type { SourcePassage } from './passages.ts';

export type ChangeKind = FactKind | 'negation';

/**
 * A claim made false: one of its figures, dates or names replaced by another one that stands in the
 * same passage, or its verb denied. Null where the passage has nothing to put there.
 */
export function plantChange(
  claim: string,
  kind: ChangeKind,
  passage: SourcePassage,
  random: () => number,
): string | null {
  if (kind === 'negation') return turnPolarity(claim, passage.language, random);
  const places = findPlaces(claim, kind);
  const place = pick(places, random);
  if (place === null) return null;
  // Only what the claim does not say already makes it false for sure.
  const others = findPlaces(passage.text, kind).filter(
    (other) =>
      other.shape === place.shape &&
      places.every((known) => differs(known, other)) &&
      !isSaidBeside(passage.text, place, other),
  );
  const other = pick(others, random);
  if (other === null) return null;
  return claim.slice(0, place.start) + other.text + claim.slice(place.end);
}

/** «2 км (1,2 мили)», "Yesün Temür (or Taidingdi)": another way to say the same. */
function isSaidBeside(text: string, place: FactPlace, other: FactPlace): boolean {
  const around = text.slice(Math.max(0, other.start - 40), other.end + 40);
  return /[(]/u.test(around) && around.split(place.text).length > 1;
}

function differs(one: FactPlace, other: FactPlace): boolean {
  return one.parts.every((part) => !other.parts.includes(part));
}

function pick<T>(items: readonly T[], random: () => number): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}
