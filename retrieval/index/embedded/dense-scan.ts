import type { SegmentPassage, SegmentScan } from './segment.ts';
import { TopHits } from './top-hits.ts';
import type { ScoredHit } from './top-hits.ts';

/** Scores every passage that has a vector by cosine, best first; both vectors have unit length. */
export function scanDense(
  { segments, visible, limit }: SegmentScan,
  query: Float32Array,
): ScoredHit<SegmentPassage>[] {
  const best = new TopHits<SegmentPassage>(limit);
  for (const { passages, scopes, dense } of segments) {
    if (dense === null) continue;
    for (let passage = 0; passage < scopes.length; passage += 1) {
      if (visible[scopes[passage] as number] === 0) continue;
      const score = dotProduct(query, dense, passage * query.length);
      if (!(score > 0) || score < best.floor) continue;
      best.add(score, passages[passage] as SegmentPassage);
    }
  }
  return best.list();
}

/** Of `query` and the vector that starts at `start`. Four sums at once: each waits less. */
export function dotProduct(query: Float32Array, vectors: Float32Array, start: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < query.length; i += 4) {
    first += (query[i] as number) * (vectors[start + i] as number);
    second += (query[i + 1] as number) * (vectors[start + i + 1] as number);
    third += (query[i + 2] as number) * (vectors[start + i + 2] as number);
    fourth += (query[i + 3] as number) * (vectors[start + i + 3] as number);
  }
  for (; i < query.length; i += 1) first += (query[i] as number) * (vectors[start + i] as number);
  return first + second + third + fourth;
}
