/** Runs a task when it is its turn. Rejects with the signal's reason when that comes first. */
export type RequestLane = <Result>(
  task: () => Promise<Result>,
  signal: AbortSignal,
) => Promise<Result>;

/** At most so many tasks at once, in the order in which they came. */
export function createRequestLane(atOnce: number): RequestLane {
  let free = atOnce;
  const waiting = new Set<() => void>();

  const turn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => {
      waiting.delete(resolve);
      reject(signal.reason);
    };
    waiting.add(resolve);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };

  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
    } else {
      waiting.delete(next);
      next();
    }
  };

  return async (task, signal) => {
    await turn(signal);
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
