import type { SparseVector } from '../../text/sparse-vector.ts';
import type { Arm, IndexCount, PassageFilter } from '../passage-index.ts';
import { scanDense } from './dense-scan.ts';
import { DenseVectors } from './dense-vectors.ts';
import { PageGroups } from './page-groups.ts';
import type { PageTraits } from './page-groups.ts';
import { buildSegment, mergeSegments } from './segment.ts';
import type { PageVectors, Segment, SegmentPassage, SegmentScan } from './segment.ts';
import { scanSparse } from './sparse-scan.ts';
import type { ScoredHit } from './top-hits.ts';

export interface ScanQuery {
  terms: SparseVector;
  grams: SparseVector;
  dense: Float32Array | null;
  scopes: readonly string[];
  filter?: PassageFilter;
  limit: number;
}

/** A page as it is added: what it is told apart by in place of its group. */
export type AddedPage = Omit<PageVectors, 'group'> & PageTraits;

/** All passages' vectors in memory, as segments that grow by merging. */
export class PassageArrays {
  #vectors: DenseVectors | null = null;
  #segments: Segment[] = [];
  readonly #pages = new Map<number, PlacedPage>();
  /** Built, not scanned: by the rows of their pages. */
  readonly #staged = new Map<number, Segment>();
  readonly #groups = new PageGroups();

  /** Of the dense vectors; 0 while there are none. */
  get dimensions(): number {
    return this.#vectors?.dimensions ?? 0;
  }

  /** Adds pages that are not held yet, as one segment. */
  add(pages: readonly AddedPage[]): void {
    if (pages.length === 0) return;
    const segment = this.#build(pages);
    this.#segments.push(segment);
    this.#place(segment);
  }

  /** Prepares pages as they will be served, so that `serve` has little left to do. */
  stage(pages: readonly AddedPage[]): void {
    if (pages.length === 0) return;
    const segment = this.#build(pages);
    for (const { row } of pages) this.#staged.set(row, segment);
  }

  /** Shows pages that were staged. Those that were not are still to be added. */
  serve(rows: readonly number[]): void {
    const served = new Set(rows);
    const segments = new Set(rows.flatMap((row) => this.#staged.get(row) ?? []));
    for (const segment of segments) {
      this.#segments.push(segment);
      this.#place(segment);
      for (const row of new Set(segment.passages.map(({ pageRow }) => pageRow))) {
        this.#staged.delete(row);
        if (!served.has(row)) this.remove(row);
      }
    }
  }

  remove(row: number): void {
    this.#unstage(row);
    const page = this.#pages.get(row);
    if (page === undefined) return;
    this.#pages.delete(row);
    page.segment.groups.fill(0, page.first, page.first + page.count);
    page.segment.gone += page.count;
  }

  clear(): void {
    this.#segments = [];
    this.#pages.clear();
    this.#staged.clear();
    this.#vectors = null;
  }

  has(row: number): boolean {
    return this.#pages.has(row);
  }

  rows(): IterableIterator<number> {
    return this.#pages.keys();
  }

  count(): IndexCount {
    const passages = this.#segments.reduce(
      (sum, segment) => sum + segment.passages.length - segment.gone,
      0,
    );
    return { pages: this.#pages.size, passages };
  }

  countBySource(): Map<string, IndexCount> {
    const counts = new Map<string, IndexCount>();
    for (const { segment, first, count } of this.#pages.values()) {
      const sourceId = this.#groups.traitsOf(segment.groups[first] ?? 0)?.sourceId ?? null;
      if (sourceId === null) continue;
      const { pages, passages } = counts.get(sourceId) ?? { pages: 0, passages: 0 };
      counts.set(sourceId, { pages: pages + 1, passages: passages + count });
    }
    return counts;
  }

  /** Scores of the dense arm are near enough to choose by; its list is longer than the limit. */
  search(query: ScanQuery): Record<Arm, ScoredHit<SegmentPassage>[]> {
    const visible = this.#groups.visible(query.scopes, query.filter);
    const scan = { segments: this.#segments, visible, limit: query.limit };
    return {
      terms: scanSparse(scan, 'terms', query.terms),
      grams: scanSparse(scan, 'grams', query.grams),
      dense: this.#searchDense(scan, query.dense),
    };
  }

  /** Does one merge that is due; false when none is. */
  tidy(): boolean {
    const due = dueForMerge(this.#segments);
    if (due.length === 0) return false;
    const merged = mergeSegments(due, this.#vectors);
    for (const { dense } of due) if (dense !== null) this.#vectors?.release(dense);
    this.#segments = this.#segments.filter((segment) => !due.includes(segment));
    if (merged.passages.length > 0) this.#segments.push(merged);
    this.#place(merged);
    return true;
  }

  #place(segment: Segment): void {
    for (const [position, { pageRow, ordinal }] of segment.passages.entries()) {
      if (ordinal === 0) this.#pages.set(pageRow, { segment, first: position, count: 1 });
      else (this.#pages.get(pageRow) as PlacedPage).count += 1;
    }
  }

  #build(pages: readonly AddedPage[]): Segment {
    const numbered = pages.map((page) => ({ ...page, group: this.#groups.numberOf(page) }));
    for (const { dense, passageIds } of pages) {
      if (dense !== null) this.#vectors ??= new DenseVectors(dense.length / passageIds.length);
    }
    return buildSegment(numbered, this.#vectors);
  }

  #searchDense(scan: SegmentScan, query: Float32Array | null): ScoredHit<SegmentPassage>[] {
    return query === null || this.#vectors === null ? [] : scanDense(scan, query, this.#vectors);
  }

  /** Its segment goes with the last of its pages. */
  #unstage(row: number): void {
    const segment = this.#staged.get(row);
    if (segment === undefined) return;
    this.#staged.delete(row);
    if (segment.dense === null || [...this.#staged.values()].includes(segment)) return;
    this.#vectors?.release(segment.dense);
  }
}

interface PlacedPage {
  segment: Segment;
  first: number;
  count: number;
}

const MERGE_AT = 8;
/** Keeps a merge, which holds queries up, to a few hundredths of a second. */
const MERGED_PASSAGES_AT_MOST = 4096;

/**
 * Eight segments of about one size become one, so that their number grows only with the logarithm
 * of what was added; a segment of which half is gone is rebuilt by itself.
 */
function dueForMerge(segments: readonly Segment[]): Segment[] {
  const hollow = segments.find(({ passages, gone }) => gone * 2 >= passages.length && gone > 0);
  if (hollow !== undefined) return [hollow];
  const tiers = Map.groupBy(segments, ({ passages, gone }) =>
    Math.floor(Math.log(passages.length - gone) / Math.log(MERGE_AT)),
  );
  for (const tier of tiers.values()) {
    const due = tier.slice(0, MERGE_AT);
    const passages = due.reduce((sum, segment) => sum + segment.passages.length - segment.gone, 0);
    if (due.length === MERGE_AT && passages <= MERGED_PASSAGES_AT_MOST) return due;
  }
  return [];
}
