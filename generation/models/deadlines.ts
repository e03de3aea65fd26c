/** How long a model may take, in milliseconds. */
export interface ModelDeadlines {
  /** From the call to the first token, reasoning included, retries included. */
  firstTokenMs: number;
  /** Between two tokens. */
  stallMs: number;
  /** From the call to the end. */
  totalMs: number;
}

/** Which deadline passed, in words for a sentence: `did not answer in 20 s`. */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
}

/** Watches one answer. */
export interface DeadlineWatch {
  /** Aborts when the caller gives up or a deadline passes; then its reason says which. */
  readonly signal: AbortSignal;
  /** Milliseconds until the nearest deadline. */
  remainingMs(): number;
  /** Waits for a promise no longer than the nearest deadline. @throws {DeadlineError} or the caller's reason */
  wait<T>(promise: Promise<T>): Promise<T>;
  /** A token came. */
  progress(): void;
  /** Stops whatever still runs. */
  stop(): void;
}

/**
 * A wait is raced against its deadline and not only aborted, so that nothing that ignores its signal
 * can hold an answer up. Time that the reader of the answer takes does not count as a stall.
 */
export function watchDeadlines(
  { firstTokenMs, stallMs, totalMs }: ModelDeadlines,
  callerSignal: AbortSignal,
  now: () => number = () => performance.now(),
): DeadlineWatch {
  const own = new AbortController();
  const signal = AbortSignal.any([callerSignal, own.signal]);
  const startedAt = now();
  let hasToken = false;

  const nearest = (): { ms: number; sentence: string } => {
    const elapsed = now() - startedAt;
    const total = { ms: totalMs - elapsed, sentence: `did not finish in ${seconds(totalMs)}` };
    const token = hasToken
      ? { ms: stallMs, sentence: `stopped answering for ${seconds(stallMs)}` }
      : { ms: firstTokenMs - elapsed, sentence: `did not answer in ${seconds(firstTokenMs)}` };
    return token.ms <= total.ms ? token : total;
  };

  return {
    signal,
    remainingMs: () => nearest().ms,
    async wait(promise) {
      // When the deadline wins, nobody else listens for what the loser throws.
      promise.catch(() => {});
      signal.throwIfAborted();
      const { ms, sentence } = nearest();
      const { promise: gaveUp, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => own.abort(new DeadlineError(sentence)), Math.max(0, ms));
      const onAbort = (): void => {
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        return await Promise.race([promise, gaveUp]);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
    progress() {
      hasToken = true;
    },
    stop() {
      own.abort();
    },
  };
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`;
}
