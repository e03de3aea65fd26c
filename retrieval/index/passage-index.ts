import type { Passage } from '../passage.ts';
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

export interface HybridQuery {
  terms: SparseVector;
  grams: SparseVector;
  dense: Float32Array | null;
  /** Passages of any of these scopes are seen, of others never. */
  scopes: readonly Scope[];
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

/** Where passages are kept and found. Contract: tests/contracts/passage-index.ts. */
export interface PassageIndex {
  /**
   * Replaces all passages of the page's address in its scope, in one step. When it resolves, the
   * page survives a kill of the process and every later query sees it. @throws {IndexError}
   */
  replacePage(page: IndexedPage): Promise<void>;
  /** @throws {IndexError} */
  query(query: HybridQuery): Promise<ArmHits>;
  count(): Promise<{ pages: number; passages: number }>;
  /** Removes everything. */
  clear(): Promise<void>;
  /** Finishes what was acknowledged and lets the process end. */
  close(): Promise<void>;
}
