import { RetrievalError } from '../errors.ts';
import { retryAfterMs } from './refusal.ts';

export interface RetryingOptions {
  /** No try begins after it. */
  deadlineMs: number;
  tries?: number;
  /** Before the second try; each further wait is three times as long. */
  firstWaitMs?: number;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds since any moment. */
  now: () => number;
  signal: AbortSignal;
}

/**
 * A few tries of what may succeed a little later. What the server asks to wait is waited; when that
 * is longer than there is time, the failure is thrown at once.
 */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  { deadlineMs, tries = 3, firstWaitMs = 100, wait, now, signal }: RetryingOptions,
): Promise<Result> {
  const end = now() + deadlineMs;
  for (let made = 1; ; made += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const isPassing = error instanceof RetrievalError && error.retryable;
      const pauseMs = retryAfterMs(error) ?? firstWaitMs * 3 ** (made - 1);
      if (!isPassing || made === tries || now() + pauseMs >= end) throw error;
      await pause(pauseMs);
    }
  }

  async function pause(ms: number): Promise<void> {
    try {
      await wait(ms, signal);
    } finally {
      signal.throwIfAborted();
    }
  }
}
