import { RetrievalError } from '../errors.ts';
import type { Appearance } from './release.ts';

/** A place that is asked for what is new in it. */
export interface ReleaseSource {
  /** Its own, as an operator knows it: `huggingface trending`, `arxiv cat:cs.CL`, an address. */
  readonly name: string;
  /**
   * What appeared since, the newest first; what came before a failure is kept.
   * @throws {ReleaseSourceError}
   */
  collect(options: CollectOptions): AsyncIterable<Appearance>;
}

export interface CollectOptions {
  since: Date;
  signal: AbortSignal;
  conditions: Conditions;
  /** Told in one sentence what was left out. */
  onNote: (sentence: string) => void;
}

/** What a server gave to ask by, whether something changed. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/**
 * Validators by address. What is remembered holds from when all that was collected with it is stored:
 * else a stop in between would lose what came.
 */
export interface Conditions {
  find(url: string): Validators | null;
  remember(url: string, validators: Validators): void;
}

/** Nothing to ask by: each answer comes whole. */
export const UNCONDITIONAL: Conditions = { find: () => null, remember() {} };

export type FailureReason =
  /** No answer, or one that was cut. */
  | 'unreachable'
  | 'timeout'
  | 'rate-limited'
  /** It wants a key, another key, or does not like the request. */
  | 'refused'
  | 'missing'
  /** The server says that it failed. */
  | 'failed'
  /** What came is not what such a service sends. */
  | 'unreadable'
  | 'too-large'
  | 'forbidden-by-robots'
  /** A fault of the program itself. */
  | 'unknown';

/** A source could not be read: `github acme/model: too many requests`. */
export class ReleaseSourceError extends RetrievalError {
  override name = 'ReleaseSourceError';
  readonly reason: FailureReason;
  /** When the service wants to be asked again, at the earliest. */
  readonly retryAt: Date | null;

  constructor(
    message: string,
    {
      reason,
      retryAt = null,
      cause,
    }: { reason: FailureReason; retryAt?: Date | null; cause?: unknown },
  ) {
    super(message, { retryable: RETRYABLE.has(reason), cause });
    this.reason = reason;
    this.retryAt = retryAt;
  }
}

const RETRYABLE: ReadonlySet<FailureReason> = new Set([
  'unreachable',
  'timeout',
  'rate-limited',
  'failed',
]);
