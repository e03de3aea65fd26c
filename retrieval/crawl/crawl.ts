import { PageError } from '../errors.ts';
import type { FetchedPage, PageFetcher } from './fetch-page.ts';

export type CrawlEvent =
  | { type: 'page'; page: FetchedPage }
  | { type: 'not-read'; url: string; reason: string };

export interface CrawlOptions {
  fetchPage: PageFetcher['fetchPage'];
  /** Pages fetched at the same time. */
  concurrency?: number;
  signal: AbortSignal;
}

/**
 * Fetches pages side by side: one event for each address, in the order they land, so that a slow
 * page holds no other up. Never throws. Leaving the loop early cancels what is still under way.
 */
export async function* crawl(
  urls: readonly string[],
  { fetchPage, concurrency = 8, signal }: CrawlOptions,
): AsyncGenerator<CrawlEvent, void, undefined> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const queue = [...urls];
  const landed: CrawlEvent[] = [];
  let next = Promise.withResolvers<void>();

  const work = async (): Promise<void> => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      landed.push(await fetchOne(url, fetchPage, stop));
      next.resolve();
    }
  };

  try {
    for (let worker = 0; worker < concurrency; worker += 1) void work();
    for (let remaining = urls.length; remaining > 0;) {
      await next.promise;
      next = Promise.withResolvers();
      for (const event of landed.splice(0)) {
        remaining -= 1;
        yield event;
      }
    }
  } finally {
    queue.length = 0;
    left.abort();
  }
}

async function fetchOne(
  url: string,
  fetchPage: PageFetcher['fetchPage'],
  signal: AbortSignal,
): Promise<CrawlEvent> {
  try {
    return { type: 'page', page: await fetchPage(url, { signal }) };
  } catch (error) {
    const reason = error instanceof PageError ? error.message : 'could not be read';
    return { type: 'not-read', url, reason };
  }
}
