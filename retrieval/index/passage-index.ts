import type { Language, Passage } from '../passage.ts';
import type { SparseVector } from '../text/sparse-vector.ts';

/** Who may see a passage: everybody, or one chat alone. */
export type Scope = 'public' | `chat:${string}`;

/** One way of matching. Each returns its own list; fusion is ours, in fuse.ts. */
export type Arm = 'terms' | 'grams' | 'dense';

export interface IndexedPassage extends Passage {
  terms: SparseVector;
  grams: SparseVector;
  /** Unit length, `dimensions` of the embedder; null when there was none. */
  dense: Float32Array | null;
}

export interface IndexedPage {
  url: string;
  scope: Scope;
  /** The source an admin keeps, or null for a page read to answer a question. */
  sourceId: string | null;
  /** All passages of the page; every one has this page's address. May be empty. */
  passages: IndexedPassage[];
}

/** What a query looks at; what is not named does not matter. */
export interface PassageFilter {
  /** Pages of these sources only. */
  sourceIds?: readonly string[];
  languages?: readonly Language[];
  /** ISO 8601: pages dated from then on; undated ones are left out. */
  publishedFrom?: string;
}

export interface HybridQuery {
  terms: SparseVector;
  grams: SparseVector;
  dense: Float32Array | null;
  /** Passages of any of these scopes are seen, of others never. */
  scopes: readonly Scope[];
  filter?: PassageFilter;
  /** The longest list an arm may return. */
  limit: number;
}

export interface ArmHit {
  passage: Passage;
  /** Sum of weight × weight × IDF for the sparse arms, cosine for the dense one. Above 0. */
  score: number;
}

/** Best first in each arm; ties by passage id. An arm without a query vector is empty. */
export type ArmHits = Record<Arm, ArmHit[]>;

export interface IndexCount {
  pages: number;
  passages: number;
}

/**
 * A source that is being built anew beside what is served. Nobody sees any of it before `commit`.
 * What is staged survives a kill of the process; who asks for the same source again goes on with it.
 */
export interface SourceRebuild {
  /** Addresses that are staged or kept already. */
  done(): Promise<Set<string>>;
  /** A page as it is to be; its scope is public and its source this one. @throws {IndexError} */
  stage(page: IndexedPage): Promise<void>;
  /** A page that has not changed stays as it is served. @throws {IndexError} */
  keep(url: string): Promise<void>;
  /**
   * In one step: what is staged takes the place of what the source had, pages neither staged nor
   * kept are gone. @throws {IndexError} and then the old one serves on
   */
  commit(): Promise<void>;
  /** Forgets what was staged and kept. */
  discard(): Promise<void>;
}

/** Where passages are kept and found. Contract: tests/contracts/passage-index.ts. */
export interface PassageIndex {
  /**
   * Replaces all passages of the page's address in its scope, in one step. When it resolves, the
   * page survives a kill of the process and every later query sees it. A page of a source stays
   * with it when it is read for an answer, which is without one. @throws {IndexError}
   */
  replacePage(page: IndexedPage): Promise<void>;
  /** @throws {IndexError} */
  query(query: HybridQuery): Promise<ArmHits>;
  /** What a page says, in its order; empty where there is no such page. @throws {IndexError} */
  readPage(page: Pick<IndexedPage, 'scope' | 'url'>): Promise<Passage[]>;
  rebuildSource(sourceId: string): SourceRebuild;
  /** Removes a source's pages and what is staged for it. */
  deleteSource(sourceId: string): Promise<void>;
  /** Removes what one chat alone could see: afterwards nothing of it is left on the disk. */
  deleteScope(scope: Scope): Promise<void>;
  /** Removes public pages of no source that were fetched before then (ISO 8601). */
  deleteFetchedBefore(time: string): Promise<void>;
  /** What is served: nothing that is staged. */
  count(): Promise<IndexCount>;
  /** Of each source that has pages. */
  countBySource(): Promise<Map<string, IndexCount>>;
  /**
   * Pages with their vectors, for copying: at most `limit` of those after the cursor, in an order
   * in which a page that is written later comes later. A null cursor begins, and is given back at
   * the end.
   */
  readPages(options: {
    cursor: string | null;
    limit: number;
  }): Promise<{ pages: IndexedPage[]; cursor: string | null }>;
  /** A note of the index's own, such as what its vectors were made with; null where there is none. */
  property(name: string): Promise<string | null>;
  setProperty(name: string, value: string): Promise<void>;
  /** Removes everything but its notes. */
  clear(): Promise<void>;
  /** Finishes what was acknowledged and lets the process end. */
  close(): Promise<void>;
}

/** What answering a question needs of an index. */
export type AnsweringIndex = Pick<PassageIndex, 'replacePage' | 'query' | 'readPage'>;
