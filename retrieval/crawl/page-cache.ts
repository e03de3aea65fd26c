import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

import { freshnessMs } from './freshness.ts';
import type { PageStore, StoredPage } from './page-store.ts';
import { textOf } from './read-content.ts';
import type { PageContent } from './read-content.ts';

/** A page as it was kept. */
export interface CachedPage extends PageContent {
  url: string;
  checkedAt: number;
  freshUntil: number;
}

/** Pages that need not be fetched again, or only asked about. It never throws. */
export interface PageCache {
  find(address: string): Promise<CachedPage | null>;
  /** Keeps what came, unless its server forbids it. */
  keep(address: string, page: PageContent & { url: string }, headers: Headers): Promise<void>;
  /** Its server says that it has not changed (304). */
  renew(address: string, page: CachedPage, headers: Headers): void;
  forget(address: string): void;
}

type Headers = ReadonlyMap<string, string>;

export interface PageCacheOptions {
  store: PageStore;
  /** Of a body. */
  maxBytes: number;
  now?: () => number;
}

export function createPageCache({ store, maxBytes, now = Date.now }: PageCacheOptions): PageCache {
  return {
    async find(address) {
      const stored = store.find(address);
      if (stored === null) return null;
      try {
        return await unpack(stored, maxBytes);
      } catch {
        store.forget(address);
        return null;
      }
    },
    async keep(address, page, headers) {
      const checkedAt = now();
      const { url, contentType, contentTypeHeader, etag, lastModified, bytes } = page;
      const about = { url: new URL(url), contentType, headers, now: checkedAt };
      const freshMs = freshnessMs(about);
      // What is old at once is of use only when its server can be asked about it.
      const isOfUse = freshMs !== null && (freshMs > 0 || etag !== null || lastModified !== null);
      if (!isOfUse) {
        store.forget(address);
        return;
      }
      const body = await compress(bytes);
      const freshUntil = checkedAt + freshMs;
      const times = { checkedAt, freshUntil };
      store.keep(address, {
        url,
        contentType,
        contentTypeHeader,
        etag,
        lastModified,
        ...times,
        body,
      });
    },
    renew(address, { url, contentType, lastModified }, headers) {
      const checkedAt = now();
      const all = new Map(headers);
      if (!all.has('last-modified') && lastModified !== null)
        all.set('last-modified', lastModified);
      const about = { url: new URL(url), contentType, headers: all, now: checkedAt };
      const freshMs = freshnessMs(about);
      if (freshMs === null) store.forget(address);
      else store.renew(address, { checkedAt, freshUntil: checkedAt + freshMs });
    },
    forget: (address) => store.forget(address),
  };
}

/** What asks a server whether a page has changed; empty where it gave nothing to ask by. */
export function conditionsFor({
  etag,
  lastModified,
  checkedAt,
}: CachedPage): Record<string, string> {
  const conditions: Record<string, string> = {};
  if (etag !== null) conditions['if-none-match'] = etag;
  // A date in the future says nothing (RFC 9110, 8.8.2.1).
  if (lastModified !== null && Date.parse(lastModified) <= checkedAt) {
    conditions['if-modified-since'] = new Date(lastModified).toUTCString();
  }
  return conditions;
}

const compress = promisify<Uint8Array, Buffer<ArrayBuffer>>(zstdCompress);
const decompress = promisify<Uint8Array, object, Buffer<ArrayBuffer>>(zstdDecompress);

async function unpack({ body, ...stored }: StoredPage, maxBytes: number): Promise<CachedPage> {
  const bytes = await decompress(body, { maxOutputLength: maxBytes });
  return { ...stored, bytes, text: textOf(bytes, stored.contentType, stored.contentTypeHeader) };
}
