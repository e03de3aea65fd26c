import { PageError } from '../errors.ts';

export interface Deadline {
  /** Aborts with a PageError: `timeout` when the time is over, `cancelled` when the caller gave up. */
  readonly signal: AbortSignal;
  /** Ends the time and aborts whatever still runs under it. */
  end(): void;
}

/** One limit over everything that is done for a page; ends earlier when a parent signal does. */
export function startDeadline(timeoutMs: number, parents: readonly AbortSignal[] = []): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new PageError('timeout', { retryable: true }));
  }, timeoutMs);
  const cancel = (): void => {
    const reason: unknown = parents.find(({ aborted }) => aborted)?.reason;
    controller.abort(cancellation(reason));
  };
  if (parents.some(({ aborted }) => aborted)) cancel();
  for (const parent of parents) parent.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      for (const parent of parents) parent.removeEventListener('abort', cancel);
      controller.abort(new PageError('cancelled', { retryable: true }));
    },
  };
}

/**
 * The promise, or a rejection with the signal's reason, whichever comes first: some work (a name
 * lookup, a queued request) cannot be stopped, only left behind. Its late failure is swallowed.
 */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

/** The fault of who gave up: `timeout` when its own time was over, else `cancelled`. */
export function cancellation(reason: unknown): PageError {
  const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
  return new PageError(timedOut ? 'timeout' : 'cancelled', { retryable: true, cause: reason });
}
