/**
 * Resolves when the event loop has been round, for one waiter a round, in order. Awaited before work
 * that takes milliseconds: when much of it comes at once, what is short (a message to Telegram, a
 * timer) gets in between instead of waiting for all of it.
 */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  if (waiting.length === 1) setImmediate(giveTurn);
  return promise;
}

// There is one event loop, so there is one line for it.
const waiting: (() => void)[] = [];

function giveTurn(): void {
  waiting.shift()?.();
  // Set from within, it comes after the next round of timers and sockets.
  if (waiting.length > 0) setImmediate(giveTurn);
}
