/** Time that passes, and what is to happen when some has. */
export interface Clock {
  /** Milliseconds since some moment. Never goes back. */
  now(): number;
  /** Calls back once, after so many milliseconds or somewhat later. Returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Resolves after the time; rejects with the signal's reason when that is aborted first. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted === true) {
    reject(signal.reason);
    return promise;
  }
  const abort = (): void => {
    cancel();
    reject(signal?.reason);
  };
  const cancel = clock.after(ms, () => {
    signal?.removeEventListener('abort', abort);
    resolve();
  });
  signal?.addEventListener('abort', abort, { once: true });
  return promise;
}

/** Node takes a longer one for none at all and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
