import { fuseArms } from './index/fuse.ts';
import type { Arm, ArmHit, IndexedPassage } from './index/passage-index.ts';
import type { Passage, RankedPassage } from './passage.ts';
import type { LexicalVectors } from './text/analyze.ts';
import type { SparseVector } from './text/sparse-vector.ts';

/**
 * Ranks passages that no index holds by the words they share with a query, best first. How rare a
 * word is stands in the query alone: a handful of passages is too few to count by.
 */
export function rankUnkept(
  passages: readonly IndexedPassage[],
  query: LexicalVectors,
  { limit }: { limit: number },
): RankedPassage[] {
  const hits = (arm: Exclude<Arm, 'dense'>): ArmHit[] =>
    passages
      .map((passage) => ({
        passage: withoutVectors(passage),
        score: dotProduct(query[arm], passage[arm]),
      }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
  return fuseArms({ terms: hits('terms'), grams: hits('grams'), dense: [] }, { limit });
}

export function withoutVectors(passage: IndexedPassage): Passage {
  const { terms: _terms, grams: _grams, dense: _dense, ...rest } = passage;
  return rest;
}

function dotProduct(one: SparseVector, other: SparseVector): number {
  const weights = new Map([...one.indices].map((token, at) => [token, one.values[at] ?? 0]));
  let sum = 0;
  for (const [at, token] of other.indices.entries()) {
    sum += (weights.get(token) ?? 0) * (other.values[at] ?? 0);
  }
  return sum;
}
