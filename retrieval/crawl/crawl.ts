import { PageError } from '../errors.ts';
import type { FetchedPage, PageFetcher } from './fetch-page.ts';

export type CrawlEvent =
  | { type: 'page'; page: FetchedPage }
  | { type: 'not-read'; url: string; reason: string };

export interface CrawlOptions {
  fetchPage: PageFetcher['fetchPage'];
  /** Pages fetched at the same time. */
  concurrency?: number;
  /**
   * Asks for one page of a host at a time, and for others meanwhile: for long lists, where the time of
   * a page must not pass in its host's line. Where somebody waits for the answer, all ask at once, so
   * that the pages of a host that hangs end together.
   */
  oneByOne?: boolean;
  signal: AbortSignal;
}

/**
 * Fetches pages side by side: one event for each address, in the order they land, so that a slow
 * page holds no other up. Never throws. Leaving the loop early cancels what is still under way.
 */
export async function* crawl(
  urls: readonly string[],
  { fetchPage, concurrency = 8, oneByOne = false, signal }: CrawlOptions,
): AsyncGenerator<CrawlEvent, void, undefined> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const lines = oneByOne ? linesByHost(urls) : urls.map((url) => [url]);
  const landed: CrawlEvent[] = [];
  let next = Promise.withResolvers<void>();

  const work = async (): Promise<void> => {
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      const url = line.shift();
      if (url === undefined) continue;
      landed.push(await fetchOne(url, fetchPage, stop));
      if (!left.signal.aborted) lines.push(line);
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
    lines.length = 0;
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

/** A worker takes a line away, and brings it back without its first page. */
function linesByHost(urls: readonly string[]): string[][] {
  return [...Map.groupBy(urls, (url) => URL.parse(url)?.host ?? '').values()];
}
