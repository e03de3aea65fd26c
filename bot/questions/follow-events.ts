/**
 * The events of an answer or a check, up to the moment when the signal is aborted: one that hangs holds up nobody.
 * @throws the signal's reason then.
 */
export async function* followEvents<Event>(
  events: AsyncIterable<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {});
  const abort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Lets the generator clean up, and does not wait for one that never does.
    iterator.return?.().catch(() => {});
  }
}
