import type { Language, Passage } from '../../passage.ts';
import type { ArmHits, HybridQuery, IndexCount, Scope } from '../passage-index.ts';

/** What crosses between the main thread and the two workers of the embedded index. */

/** A page ready to be written: packing costs the main thread less than copying loose vectors would. */
export interface PackedPage {
  url: string;
  scope: Scope;
  sourceId: string | null;
  /** Of the page's passages, which have them in common; null when it has none. */
  about: { language: Language; publishedAt: string | null; fetchedAt: string } | null;
  passages: Passage[];
  terms: Uint8Array<ArrayBuffer>;
  grams: Uint8Array<ArrayBuffer>;
  /** `passages × dimensions`, zeros where a passage has no vector; null when none has. */
  dense: Float32Array<ArrayBuffer> | null;
  /** Of the dense vectors; null when there are none. */
  dimensions: number | null;
}

export type WriteOperation =
  | { kind: 'replace'; page: PackedPage }
  | { kind: 'stage'; sourceId: string; page: PackedPage }
  | { kind: 'keep'; sourceId: string; url: string }
  | { kind: 'commit-rebuild'; sourceId: string }
  | { kind: 'discard-rebuild'; sourceId: string }
  | { kind: 'delete-source'; sourceId: string }
  | { kind: 'delete-scope'; scope: Scope }
  | { kind: 'delete-fetched-before'; time: string }
  | { kind: 'set-property'; name: string; value: string }
  | { kind: 'clear' };

/** The note that counts the commits. */
export const COMMITS = 'commits';

/** What a commit changed, for the arrays to follow. `cleared` comes before `added`. */
export interface FileChanges {
  /** Its number: each commit of any program has the next one. */
  commit: number;
  cleared: boolean;
  removed: number[];
  added: number[];
  /** Pages that nobody may see yet. */
  staged: number[];
}

/** A failure that can cross between threads. */
export interface Failure {
  message: string;
  retryable: boolean;
  /** The file itself is broken: it has to be set aside. */
  damaged: boolean;
  cause: unknown;
}

export type WriterRequest =
  | { kind: 'open'; folder: string; setAside: boolean }
  /** All operations in one transaction. */
  | { kind: 'commit'; operations: WriteOperation[] }
  | { kind: 'close' };

export type WriterReply =
  | { kind: 'opened'; file: string; problems: string[] }
  /** For each operation null, or why it alone was refused. */
  | { kind: 'committed'; outcomes: (Failure | null)[]; changes: FileChanges }
  | { kind: 'closed' }
  | { kind: 'failed'; failure: Failure };

export type ScannerRequest =
  | { kind: 'load'; file: string; looksEveryMs: number }
  | { kind: 'apply'; changes: FileChanges }
  | { kind: 'query'; query: HybridQuery }
  | { kind: 'read-page'; scope: Scope; url: string }
  | { kind: 'count' }
  | { kind: 'count-by-source' }
  | { kind: 'rebuilt'; sourceId: string }
  | { kind: 'read-pages'; after: number; limit: number }
  | { kind: 'property'; name: string }
  | { kind: 'close' };

export type ScannerReply =
  | { kind: 'loaded' }
  | { kind: 'applied' }
  | { kind: 'hits'; hits: ArmHits }
  | { kind: 'page-passages'; passages: Passage[] }
  | { kind: 'counted'; count: IndexCount }
  | { kind: 'counted-by-source'; counts: Map<string, IndexCount> }
  /** Addresses staged or kept for a source. */
  | { kind: 'rebuilt-so-far'; urls: string[] }
  /** `last` is the number of the last page, null when there are no more. */
  | { kind: 'pages'; pages: PackedPage[]; last: number | null }
  | { kind: 'property-read'; value: string | null }
  | { kind: 'closed' }
  | { kind: 'failed'; failure: Failure };
