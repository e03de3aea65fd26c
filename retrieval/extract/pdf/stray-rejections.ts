/**
 * Takes the parser's failures that it lets nobody catch: for a damaged file it starts work of which it
 * awaits a part only. The page itself fails or is read by what is awaited; a rejection that is left
 * over would end the thread, and with it whichever page is read by then. Stays for as long as the
 * thread does, since such a rejection may come after its document is closed.
 */
export function takeStrayRejections(): void {
  if (process.listeners('unhandledRejection').includes(onRejection)) return;
  process.on('unhandledRejection', onRejection);
}

/** What is not the parser's goes the way it would go without this listener. */
function onRejection(reason: unknown): void {
  if (isOfParser(reason) || process.listenerCount('unhandledRejection') > 1) return;
  throw reason;
}

/** Its own exceptions are told by where they were made too: their trace begins where it was loaded. */
function isOfParser(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  const [place = ''] = /^\s+at .*$/mu.exec(reason.stack ?? '') ?? [];
  return /[/\\]unpdf[/\\]dist[/\\]/u.test(place);
}
