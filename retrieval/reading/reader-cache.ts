import type { FetchedPage } from '../crawl/fetch-page.ts';
import type { PageCache } from '../crawl/page-cache.ts';

/** What a reader service gave, kept beside the pages that were fetched. It never throws. */
export interface ReaderCache {
  /** The page as the service read it, where that is still fresh. */
  find(page: FetchedPage): Promise<FetchedPage | null>;
  /** To be told of what could be read alone: a failure is not kept. */
  keep(page: FetchedPage): Promise<void>;
}

export interface ReaderCacheOptions {
  cache: PageCache;
  now?: () => number;
}

export function createReaderCache({ cache, now = Date.now }: ReaderCacheOptions): ReaderCache {
  return {
    async find(page) {
      const address = addressOf(page);
      const found = address === null ? null : await cache.find(keyOf(address));
      if (address === null || found === null || now() >= found.freshUntil) return null;
      const read = parse(found.text);
      if (read === null) return null;
      const { markdown, ...stated } = read;
      return {
        ...page,
        url: address,
        contentType: 'text/markdown',
        text: markdown,
        bytes: new Uint8Array(),
        etag: null,
        lastModified: null,
        fetchedAt: new Date(found.checkedAt).toISOString(),
        from: 'cache',
        stated,
      };
    },
    async keep(page) {
      const address = addressOf(page);
      if (address === null) return;
      const { text: markdown, stated } = page;
      const text = JSON.stringify({ ...stated, markdown });
      const bytes = new TextEncoder().encode(text);
      const content = { text, bytes, etag: null, lastModified: null };
      // Its age is a page's, by its address: the server's own word is about what it gave to us.
      const type = { contentType: 'text/html', contentTypeHeader: 'text/html; charset=utf-8' };
      await cache.keep(keyOf(address), { ...content, ...type, url: address }, new Map());
    },
  };
}

function addressOf({ requestedUrl }: FetchedPage): string | null {
  const url = URL.parse(requestedUrl);
  if (url === null) return null;
  url.hash = '';
  return url.href;
}

/** No page has such an address, so the two never meet. */
function keyOf(address: string): string {
  return `reader ${address}`;
}

interface KeptReading {
  title: string | null;
  publishedAt: string | null;
  markdown: string;
}

function parse(text: string): KeptReading | null {
  try {
    const { title = null, publishedAt = null, markdown } = JSON.parse(text) as Partial<KeptReading>;
    return typeof markdown === 'string' ? { title, publishedAt, markdown } : null;
  } catch {
    return null;
  }
}
