import type { DenseVectors } from './dense-vectors.ts';
import type { SegmentPassage, SegmentScan } from './segment.ts';
import { TopHits } from './top-hits.ts';
import type { ScoredHit } from './top-hits.ts';

/**
 * Passages whose vectors are nearest to the query by their int8 copies: more than the limit, so that
 * the best by their exact cosines are among them. Scores are those cosines, nearly, plus 1.
 */
export function scanDense(
  { segments, visible, limit }: SegmentScan,
  query: Float32Array,
  vectors: DenseVectors,
): ScoredHit<SegmentPassage>[] {
  const best = new TopHits<SegmentPassage>(limit + MORE);
  for (const { passages, groups, dense } of segments) {
    if (dense === null) continue;
    const cosines = vectors.score(query, dense);
    let { floor } = best;
    for (let passage = 0; passage < cosines.length; passage += 1) {
      const score = (cosines[passage] as number) + 1;
      if (score <= LEAST || score < floor) continue;
      if (visible[groups[passage] as number] === 0 || dense.scales[passage] === 0) continue;
      best.add(score, passages[passage] as SegmentPassage);
      floor = best.floor;
    }
  }
  return best.list();
}

const MORE = 32;
/** What is a little above 0 may look a little below. */
const LEAST = 0.97;

export function dotProduct(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
