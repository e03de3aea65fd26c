import type { SparseVector } from '../../text/sparse-vector.ts';
import { inverseDocumentFrequency } from './inverse-document-frequency.ts';
import { findToken } from './postings.ts';
import type { Segment, SegmentPassage, SegmentScan } from './segment.ts';
import { TopHits } from './top-hits.ts';
import type { ScoredHit } from './top-hits.ts';

/** Scores every passage by Σ query weight × passage weight × IDF; best first. */
export function scanSparse(
  { segments, visible, limit }: SegmentScan,
  arm: 'terms' | 'grams',
  query: SparseVector,
): ScoredHit<SegmentPassage>[] {
  const weighted = weighTokens(segments, arm, query);
  const best = new TopHits<SegmentPassage>(limit);
  for (const segment of segments) {
    const passages = segment.passages.length;
    const scores = emptyScores(passages);
    for (const { token, weight } of weighted) addScores(scores, segment, arm, token, weight);
    let { floor } = best;
    for (let passage = 0; passage < passages; passage += 1) {
      const score = scores[passage] as number;
      if (!(score > 0) || score < floor) continue;
      if (visible[segment.groups[passage] as number] === 0) continue;
      best.add(score, segment.passages[passage] as SegmentPassage);
      floor = best.floor;
    }
  }
  return best.list();
}

/** Kept from segment to segment: made anew for each, they were most of a scan's garbage. */
let kept = new Float64Array();

function emptyScores(passages: number): Float64Array {
  if (kept.length < passages) kept = new Float64Array(passages);
  else kept.fill(0, 0, passages);
  return kept;
}

/** Each query token that occurs, with its weight × IDF. */
function weighTokens(segments: readonly Segment[], arm: 'terms' | 'grams', query: SparseVector) {
  const passages = segments.reduce(
    (sum, segment) => sum + segment.passages.length - segment.gone,
    0,
  );
  const weighted: { token: number; weight: number }[] = [];
  for (const [position, token] of query.indices.entries()) {
    const withToken = segments.reduce((sum, segment) => sum + countToken(segment, arm, token), 0);
    if (withToken === 0) continue;
    const idf = inverseDocumentFrequency(withToken, passages);
    weighted.push({ token, weight: (query.values[position] as number) * idf });
  }
  return weighted;
}

function countToken(segment: Segment, arm: 'terms' | 'grams', token: number): number {
  const { postings } = segment[arm];
  const position = findToken(postings, token);
  if (position < 0) return 0;
  const start = postings.starts[position] as number;
  const end = postings.starts[position + 1] as number;
  if (segment.gone === 0) return end - start;
  let count = 0;
  for (let i = start; i < end; i += 1) {
    if (segment.groups[(postings.entries[i] as number) >>> 8] !== 0) count += 1;
  }
  return count;
}

function addScores(
  scores: Float64Array,
  segment: Segment,
  arm: 'terms' | 'grams',
  token: number,
  weight: number,
): void {
  const { postings, weightStarts, weights } = segment[arm];
  const position = findToken(postings, token);
  if (position < 0) return;
  const { entries } = postings;
  const end = postings.starts[position + 1] as number;
  for (let i = postings.starts[position] as number; i < end; i += 1) {
    const entry = entries[i] as number;
    const passage = entry >>> 8;
    const passageWeight = weights[(weightStarts[passage] as number) + (entry & 255)] as number;
    scores[passage] = (scores[passage] as number) + weight * passageWeight;
  }
}
