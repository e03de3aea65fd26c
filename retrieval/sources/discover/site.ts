import { load } from 'cheerio/slim';

import type { FetchedPage } from '../../crawl/fetch-page.ts';
import { PageError } from '../../errors.ts';
import { simplifySource } from '../../extract/simplify-source.ts';
import { nextTurn } from '../../next-turn.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import { isGone } from '../is-gone.ts';
import type { Source } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions } from './discover.ts';
import { slicesAfter } from './slices.ts';

/**
 * The pages of a site below its beginning, by following links as deep as its limit: those nearest
 * to the beginning first.
 */
export async function* discoverSite(
  { address, limits }: Source,
  { fetchPage, onExpected, onGap, signal }: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  const known = new Set([canonicalUrl(address)]);
  let prefix = address;
  let level = [address];
  /** Pages of all levels that are known. */
  let ahead = 0;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth += 1) {
    const next: string[] = [];
    ahead += level.length;
    for (const url of level) {
      let fetched: FetchedPage;
      try {
        fetched = await fetchPage(url, { signal });
      } catch (error) {
        if (!(error instanceof PageError) || url === address) throw error;
        if (!isGone(error)) onGap();
        // Whoever takes it sees the same fault and counts it.
        yield { url, fetched: null };
        continue;
      }
      if (url === address) prefix = prefixOf(address, fetched.url);
      // Led away, as to a form to log in or to another site.
      else if (!isBelow(new URL(fetched.url), prefix)) continue;
      yield { url, fetched };
      for (const link of await linksBelow(fetched, prefix)) {
        const canonical = canonicalUrl(link);
        if (known.has(canonical) || known.size > limits.pages * 4) continue;
        known.add(canonical);
        if (depth < limits.depth) next.push(link);
      }
      onExpected(ahead + next.length);
    }
    level = next;
  }
}

/**
 * Addresses that a page links to on the same host and below the prefix, without files of pictures. A
 * slice of the page a turn: a tree of all of it is made where it is read, and not twice here.
 */
export async function linksBelow(
  { contentType, text, url }: FetchedPage,
  prefix: string,
): Promise<string[]> {
  if (!/html/u.test(contentType)) return [];
  await nextTurn();
  const { html } = simplifySource(text);
  const links = new Set<string>();
  let base: string | null = null;
  for (const slice of slicesAfter(html, ANCHOR_END, SLICE_LENGTH)) {
    await nextTurn();
    const $ = load(slice);
    base ??= URL.parse($('base[href]').first().attr('href') ?? url, url)?.href ?? url;
    for (const anchor of $('a[href]')) {
      if (/(?:^|\s)nofollow(?:\s|$)/iu.test($(anchor).attr('rel') ?? '')) continue;
      const link = URL.parse($(anchor).attr('href') ?? '', base);
      if (link === null || !/^https?:$/u.test(link.protocol)) continue;
      if (!isBelow(link, prefix) || NO_PAGE.test(link.pathname)) continue;
      link.hash = '';
      links.add(link.href);
    }
  }
  return [...links];
}

/**
 * Below what a site's pages lie whose beginning led there: `a.example` may answer as `www.a.example`,
 * `/docs` as `/docs/`. One of its pages, as `/docs/` may lead to, is no beginning.
 */
function prefixOf(address: string, landed: string): string {
  const [asked, there] = [new URL(address), new URL(landed)];
  if (there.pathname === `${asked.pathname}/`) return there.href;
  return there.pathname.startsWith(folderOf(asked)) ? new URL(asked.pathname, there).href : landed;
}

function isBelow({ host, pathname }: URL, prefix: string): boolean {
  const beginning = new URL(prefix);
  return host === beginning.host && pathname.startsWith(folderOf(beginning));
}

function folderOf({ pathname }: URL): string {
  return pathname.replace(/[^/]*$/u, '');
}

const ANCHOR_END = /<\/a\s*>/giu;
const SLICE_LENGTH = 16_384;

const NO_PAGE =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|map|woff2?|ttf|mp[34]|webm|zip|gz|tar|tgz|rar|7z|exe|dmg|apk|deb|rpm|iso|whl)$/iu;
