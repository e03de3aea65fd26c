import type { Passage } from '../../retrieval/passage.ts';
import { tokenize } from '../../retrieval/text/terms.ts';
import { wordWeight } from './overlap.ts';

const compared = 3;

/** The few passages that have most of a claim's words: only these are worth comparing in full. */
export function closestPassages(claim: string, passages: readonly Passage[]): Passage[] {
  const claimed = new Set(tokenize(claim).map(({ stem }) => stem));
  const total = [...claimed].reduce((sum, stem) => sum + wordWeight(stem), 0);
  return passages
    .map((passage) => {
      const known = stemsOf(passage);
      let weight = 0;
      for (const stem of claimed) if (known.has(stem)) weight += wordWeight(stem);
      return { passage, weight };
    })
    .filter(({ weight }) => weight > 0 && weight >= total * sharedFrom)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, compared)
    .map(({ passage }) => passage);
}

// A claim with more words of its own than this is carried by nothing; comparing in full is dear.
const sharedFrom = 0.4;

function stemsOf(passage: Passage): Set<string> {
  const known = readPassages.get(passage);
  if (known !== undefined) return known;
  const stems = new Set(tokenize(passage.text).map(({ stem }) => stem));
  readPassages.set(passage, stems);
  return stems;
}

const readPassages = new WeakMap<Passage, Set<string>>();
