import type { DenseBlock, DenseVectors } from './dense-vectors.ts';
import type { PackedVectors } from './packed-vectors.ts';
import { buildSparseArm, mergeSparseArms } from './sparse-arm.ts';
import type { SparseArm } from './sparse-arm.ts';

/** A page as the scanner reads it from the file. */
export interface PageVectors {
  /** The page's number in the file: a page that is replaced gets a new one, none comes again. */
  row: number;
  /** The number of its group in memory, from 1: pages that filters cannot tell apart. */
  group: number;
  passageIds: string[];
  terms: PackedVectors;
  grams: PackedVectors;
  /** One vector a passage in a row, zeros where a passage has none; null when none has. */
  dense: Float32Array | null;
}

/** One passage of a segment. */
export interface SegmentPassage {
  id: string;
  pageRow: number;
  /** The passage's place within its page. */
  ordinal: number;
}

/**
 * Passages that are scanned together. What it holds never changes, except that passages can be
 * marked as gone; segments are added and merged instead.
 */
export interface Segment {
  passages: readonly SegmentPassage[];
  /** Each passage's group; 0 once it is gone. */
  groups: Uint32Array;
  /** How many passages are gone. */
  gone: number;
  terms: SparseArm;
  grams: SparseArm;
  /** Null when no passage has a vector. */
  dense: DenseBlock | null;
}

/** What a query scans. */
export interface SegmentScan {
  segments: readonly Segment[];
  /** By a group's number: 1 where the query may look. 0, the number of what is gone, never is. */
  visible: Uint8Array;
  /** The longest list to return. */
  limit: number;
}

/** @param vectors - where dense vectors go; null when no page has any */
export function buildSegment(pages: readonly PageVectors[], vectors: DenseVectors | null): Segment {
  const passages = pages.flatMap(({ row, passageIds }) =>
    passageIds.map((id, ordinal) => ({ id, pageRow: row, ordinal })),
  );
  const groups = new Uint32Array(passages.length);
  const hasDense = vectors !== null && pages.some((page) => page.dense !== null);
  const dense = hasDense ? new Float32Array(passages.length * vectors.dimensions) : null;
  let first = 0;
  for (const page of pages) {
    groups.fill(page.group, first, first + page.passageIds.length);
    if (page.dense !== null) dense?.set(page.dense, first * (vectors?.dimensions ?? 0));
    first += page.passageIds.length;
  }
  return {
    passages,
    groups,
    gone: 0,
    terms: buildSparseArm(pages.map((page) => page.terms)),
    grams: buildSparseArm(pages.map((page) => page.grams)),
    dense: dense === null ? null : (vectors?.add(dense) ?? null),
  };
}

/** One segment of all passages that are not gone, in the same order. */
export function mergeSegments(segments: readonly Segment[], vectors: DenseVectors | null): Segment {
  const places = numberAnew(segments);
  const total = segments.reduce((sum, { passages, gone }) => sum + passages.length - gone, 0);
  const passages: SegmentPassage[] = [];
  const groups = new Uint32Array(total);
  const blocks = segments.map((segment) => segment.dense);
  const hasDense = total > 0 && blocks.some((block) => block !== null);
  for (const [index, segment] of segments.entries()) {
    for (const [passage, place] of (places[index] as Int32Array).entries()) {
      if (place < 0) continue;
      passages.push(segment.passages[passage] as SegmentPassage);
      groups[place] = segment.groups[passage] as number;
    }
  }
  return {
    passages,
    groups,
    gone: 0,
    terms: mergeSparseArms(
      segments.map((segment) => segment.terms),
      places,
    ),
    grams: mergeSparseArms(
      segments.map((segment) => segment.grams),
      places,
    ),
    dense: hasDense ? (vectors?.merge(blocks, places, total) ?? null) : null,
  };
}

/** For each segment, the number each of its passages gets; -1 for those that are gone. */
function numberAnew(segments: readonly Segment[]): Int32Array[] {
  let next = 0;
  return segments.map(({ groups }) =>
    Int32Array.from(groups, (group) => {
      if (group === 0) return -1;
      next += 1;
      return next - 1;
    }),
  );
}
