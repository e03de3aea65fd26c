import { load } from 'cheerio';

import { PageError } from '../../errors.ts';
import { SourceError } from '../source.ts';
import type { Source } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions } from './discover.ts';

/** The protocol's own limit. */
const SITEMAP_BYTES = 50 * 2 ** 20;

/** Sitemaps that an index may lead to, through indexes of indexes. */
const MOST_SITEMAPS = 50;

/**
 * The addresses that a sitemap lists, those changed last first where it says when; a sitemap of
 * sitemaps is followed. https://www.sitemaps.org/protocol.html
 */
export async function* discoverSitemap(
  { address, limits }: Source,
  { fetchPage, onNote, signal }: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  const queue = [address];
  const visited = new Set<string>();
  let listed = 0;
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (visited.has(url)) continue;
    if (visited.size === MOST_SITEMAPS) {
      onNote(`only the first ${MOST_SITEMAPS} of its sitemaps are read`);
      return;
    }
    visited.add(url);
    const sitemap = await readSitemap(url, address, { fetchPage, onNote, signal });
    queue.push(...sitemap.sitemaps);
    listed += sitemap.pages.length;
    if (sitemap.pages.length > limits.pages) {
      onNote(`it lists ${listed} addresses, of which ${limits.pages} are read`);
    }
    for (const page of sitemap.pages.slice(0, limits.pages + 1)) yield { url: page, fetched: null };
  }
}

interface Sitemap {
  pages: string[];
  sitemaps: string[];
}

async function readSitemap(
  url: string,
  beginning: string,
  { fetchPage, onNote, signal }: DiscoverOptions,
): Promise<Sitemap> {
  try {
    const { text } = await fetchPage(url, { signal, maxBytes: SITEMAP_BYTES });
    return parseSitemap(text, url);
  } catch (error) {
    signal.throwIfAborted();
    const isExpected = error instanceof PageError || error instanceof SourceError;
    // One that is broken among many is left out; the first one is the source itself.
    if (!isExpected || url === beginning) throw error;
    onNote(`the sitemap ${url} was left out: ${error.message}`);
    return { pages: [], sitemaps: [] };
  }
}

/** @throws {SourceError} `broken` */
export function parseSitemap(text: string, url: string): Sitemap {
  const $ = load(text, { xml: true });
  const read = (selector: string): { address: string; changed: string }[] =>
    $(selector)
      .toArray()
      .map((element) => ({
        address: $(element).children('loc').first().text().trim(),
        changed: $(element).children('lastmod').first().text().trim(),
      }))
      .filter(({ address }) => address !== '' && URL.canParse(address, url));
  const sitemaps = read('sitemapindex > sitemap');
  const pages = read('urlset > url');
  if (sitemaps.length + pages.length === 0) {
    if ($('urlset, sitemapindex').length > 0) return { pages: [], sitemaps: [] };
    throw new SourceError('broken', `${url} is no sitemap`);
  }
  const newestFirst = pages.toSorted((one, other) => (one.changed < other.changed ? 1 : -1));
  const isDated = pages.some(({ changed }) => changed !== '');
  return {
    pages: (isDated ? newestFirst : pages).map(({ address }) => new URL(address, url).href),
    sitemaps: sitemaps.map(({ address }) => new URL(address, url).href),
  };
}
