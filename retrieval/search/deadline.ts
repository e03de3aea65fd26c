/** Runs work that must end by a deadline or with the caller, and cleans up after itself. */
export async function withDeadline<Result>(
  options: {
    timeoutMs: number;
    /** The caller's: when it aborts, so does the work, for its reason. */
    signal: AbortSignal;
    /** Made when the deadline passes: what the work is rejected with. */
    onTimeout: () => Error;
  },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal } = options;
  signal.throwIfAborted();
  const controller = new AbortController();
  const follow = (): void => {
    controller.abort(signal.reason);
  };
  signal.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(() => {
    controller.abort(options.onTimeout());
  }, options.timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', follow);
  }
}
