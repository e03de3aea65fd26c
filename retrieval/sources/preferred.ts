import type { Passage } from '../passage.ts';
import type { SourceStore } from './source-store.ts';

/** Whether a passage is of a source that an admin prefers; the list is read anew every few seconds. */
export function preferredBy(
  store: Pick<SourceStore, 'list'>,
  { now = Date.now, maxAgeMs = 5000 }: { now?: () => number; maxAgeMs?: number } = {},
): (passage: Pick<Passage, 'pageUrl'>) => boolean {
  let addresses: string[] = [];
  let readAt = -Infinity;
  return ({ pageUrl }) => {
    if (now() - readAt >= maxAgeMs) {
      readAt = now();
      addresses = store
        .list()
        .filter(({ preferred }) => preferred)
        .map(({ kind, address }) => beginningOf(kind, address));
    }
    return addresses.some((beginning) => `${pageUrl}/`.startsWith(beginning));
  };
}

/** Lists lead to pages all over their site. */
function beginningOf(kind: string, address: string): string {
  const { origin } = new URL(address);
  if (kind === 'sitemap' || kind === 'feed') return `${origin}/`;
  return `${address.replace(/[?#].*$/u, '').replace(/\/+$/u, '')}/`;
}
