import type { Passage } from '../passage.ts';
import type { Source } from './source.ts';
import type { SourceStore } from './source-store.ts';

/** Whether a passage is of a source that an admin prefers; the list is read anew every few seconds. */
export function preferredBy(
  store: Pick<SourceStore, 'list' | 'pages'>,
  { now = Date.now, maxAgeMs = 5000 }: { now?: () => number; maxAgeMs?: number } = {},
): (passage: Pick<Passage, 'pageUrl'>) => boolean {
  let beginnings: string[] = [];
  let pages = new Set<string>();
  let readAt = -Infinity;
  return ({ pageUrl }) => {
    if (now() - readAt >= maxAgeMs) {
      readAt = now();
      const sources = store.list().filter(({ preferred }) => preferred);
      beginnings = sources.flatMap(beginningOf);
      // What it was read as may lie elsewhere: a feed's pages, a channel's preview.
      pages = new Set(sources.flatMap(({ id }) => [...store.pages(id).keys()]));
    }
    return pages.has(pageUrl) || beginnings.some((address) => `${pageUrl}/`.startsWith(address));
  };
}

/** Below what its pages lie, those too that were read for answers; lists lead all over their site. */
function beginningOf({ kind, address }: Source): string[] {
  const { origin } = new URL(address);
  if (kind === 'page') return [];
  if (kind === 'sitemap' || kind === 'feed') return [`${origin}/`];
  return [`${address.replace(/[?#].*$/u, '').replace(/\/+$/u, '')}/`];
}
