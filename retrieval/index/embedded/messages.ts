import type { ArmHits, HybridQuery, Scope } from '../passage-index.ts';
import type { Passage } from '../../passage.ts';

/** What crosses between the main thread and the two workers of the embedded index. */

/** A page ready to be written: packing costs the main thread less than copying loose vectors would. */
export interface PackedPage {
  url: string;
  scope: Scope;
  sourceId: string | null;
  passages: Passage[];
  terms: Uint8Array;
  grams: Uint8Array;
  /** `passages × dimensions`, zeros where a passage has no vector; null when none has. */
  dense: Float32Array | null;
  /** Of the dense vectors; null when there are none. */
  dimensions: number | null;
}

export type WriteOperation = { kind: 'replace'; page: PackedPage } | { kind: 'clear' };

/** What a commit changed, for the arrays to follow. `cleared` comes before `added`. */
export interface FileChanges {
  cleared: boolean;
  removed: number[];
  added: number[];
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
  | { kind: 'load'; file: string }
  | { kind: 'apply'; changes: FileChanges }
  | { kind: 'query'; query: HybridQuery }
  | { kind: 'count' }
  | { kind: 'close' };

export type ScannerReply =
  | { kind: 'loaded' }
  | { kind: 'applied' }
  | { kind: 'hits'; hits: ArmHits }
  | { kind: 'counted'; pages: number; passages: number }
  | { kind: 'closed' }
  | { kind: 'failed'; failure: Failure };

/** Pairs a reply with its request. */
export interface Envelope<Message> {
  call: number;
  message: Message;
}
