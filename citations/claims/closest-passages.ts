import type { Passage } from '../../retrieval/passage.ts';
import { tokenize } from '../../retrieval/text/terms.ts';
import { attributionOf } from './attribution.ts';
import { measureOverlap, readOverlapText, wordWeight } from './overlap.ts';

const compared = 3;

/** The few passages that have most of a claim's words: only these are worth comparing in full. */
export function closestPassages(claim: string, passages: readonly Passage[]): Passage[] {
  const claimed = new Set(tokenize(claim).map(({ stem }) => stem));
  return passages
    .map((passage) => {
      const known = stemsOf(passage);
      let weight = 0;
      for (const stem of claimed) if (known.has(stem)) weight += wordWeight(stem);
      return { passage, weight };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, compared)
    .map(({ passage }) => passage)
    .filter((passage) => mayCarry(claim, passage));
}

// No claim that a passage carries was seen below; comparing in full is dear.
const likelyFrom = 0.3;

function mayCarry(claim: string, { text }: Passage): boolean {
  return attributionOf(measureOverlap(claim, readOverlapText(text))) >= likelyFrom;
}

function stemsOf(passage: Passage): Set<string> {
  const known = readPassages.get(passage);
  if (known !== undefined) return known;
  const stems = new Set(tokenize(passage.text).map(({ stem }) => stem));
  readPassages.set(passage, stems);
  return stems;
}

const readPassages = new WeakMap<Passage, Set<string>>();
