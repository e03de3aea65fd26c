import { load } from 'cheerio/slim';

import { SourceError } from '../source.ts';
import type { Source } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions } from './discover.ts';

/**
 * A public channel's posts by its web page, the newest first; each page of the preview leads to the
 * one before it.
 */
export async function* discoverTelegram(
  { address, limits }: Source,
  { fetchPage, signal }: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  let url: string | null = previewAddress(address);
  for (let pages = 0; url !== null && pages <= limits.pages; pages += 1) {
    const fetched = await fetchPage(url, { signal });
    const $ = load(fetched.text);
    if (pages === 0 && $('[data-post]').length === 0) {
      throw new SourceError('broken', `${address} shows no posts: it may be private or empty`);
    }
    yield { url, fetched };
    const before: string | undefined = $('a[data-before], link[rel="prev"]').first().attr('href');
    url = before === undefined ? null : (URL.parse(before, url)?.href ?? null);
  }
}

/** `t.me/channel` shows a card, `t.me/s/channel` the posts. */
export function previewAddress(address: string): string {
  const url = new URL(address);
  if (!url.pathname.startsWith('/s/')) url.pathname = `/s${url.pathname}`;
  return url.href;
}
