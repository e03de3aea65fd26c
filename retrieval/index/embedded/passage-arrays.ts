import type { SparseVector } from '../../text/sparse-vector.ts';
import { scanDense } from './dense-scan.ts';
import type { Arm } from '../passage-index.ts';
import { buildSegment, mergeSegments } from './segment.ts';
import type { PageVectors, Segment, SegmentPassage } from './segment.ts';
import { scanSparse } from './sparse-scan.ts';
import type { ScoredHit } from './top-hits.ts';

export interface ScanQuery {
  terms: SparseVector;
  grams: SparseVector;
  dense: Float32Array | null;
  scopes: readonly string[];
  limit: number;
}

/** All passages' vectors in memory, as segments that grow by merging. */
export class PassageArrays {
  /** Of the dense vectors; 0 while there are none. */
  dimensions = 0;
  #segments: Segment[] = [];
  readonly #pages = new Map<number, PlacedPage>();
  readonly #scopeNumbers = new Map<string, number>();

  /** Adds pages that are not held yet, as one segment. */
  add(pages: readonly (Omit<PageVectors, 'scope'> & { scope: string })[]): void {
    if (pages.length === 0) return;
    const numbered = pages.map((page) => ({ ...page, scope: this.#scopeNumber(page.scope) }));
    const segment = buildSegment(numbered, this.dimensions);
    this.#segments.push(segment);
    this.#place(segment);
  }

  remove(row: number): void {
    const page = this.#pages.get(row);
    if (page === undefined) return;
    this.#pages.delete(row);
    page.segment.scopes.fill(0, page.first, page.first + page.count);
    page.segment.gone += page.count;
  }

  clear(): void {
    this.#segments = [];
    this.#pages.clear();
    this.dimensions = 0;
  }

  has(row: number): boolean {
    return this.#pages.has(row);
  }

  rows(): IterableIterator<number> {
    return this.#pages.keys();
  }

  count(): { pages: number; passages: number } {
    const passages = this.#segments.reduce(
      (sum, segment) => sum + segment.passages.length - segment.gone,
      0,
    );
    return { pages: this.#pages.size, passages };
  }

  search(query: ScanQuery): Record<Arm, ScoredHit<SegmentPassage>[]> {
    const visible = new Uint8Array(this.#scopeNumbers.size + 1);
    for (const scope of query.scopes) visible[this.#scopeNumbers.get(scope) ?? 0] = 1;
    // Number 0 marks passages that are gone, and is where an unknown scope has just pointed.
    visible[0] = 0;
    const scan = { segments: this.#segments, visible, limit: query.limit };
    return {
      terms: scanSparse(scan, 'terms', query.terms),
      grams: scanSparse(scan, 'grams', query.grams),
      dense: query.dense === null ? [] : scanDense(scan, query.dense),
    };
  }

  /** Does one merge that is due; false when none is. */
  tidy(): boolean {
    const due = dueForMerge(this.#segments);
    if (due.length === 0) return false;
    const merged = mergeSegments(due, this.dimensions);
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

  #scopeNumber(scope: string): number {
    let number = this.#scopeNumbers.get(scope);
    if (number === undefined) {
      number = this.#scopeNumbers.size + 1;
      this.#scopeNumbers.set(scope, number);
    }
    return number;
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
