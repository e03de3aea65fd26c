import { load } from 'cheerio/slim';

import { PageError } from '../../errors.ts';
import { nextTurn } from '../../next-turn.ts';
import { isGone } from '../is-gone.ts';
import { SourceError } from '../source.ts';
import type { Source } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions } from './discover.ts';
import { slicesAfter } from './slices.ts';

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
  options: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  const { onExpected, onNote } = options;
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
    const sitemap = await readSitemap(url, { beginning: address, most: limits.pages + 1 }, options);
    queue.push(...sitemap.sitemaps);
    listed += sitemap.listed;
    onExpected(listed);
    if (sitemap.listed > limits.pages) {
      onNote(`it lists ${listed} addresses, of which ${limits.pages} are read`);
    }
    for (const page of sitemap.pages) yield { url: page, fetched: null };
  }
}

export interface Sitemap {
  /** No more than were asked for, those changed last first. */
  pages: string[];
  /** How many pages it lists. */
  listed: number;
  sitemaps: string[];
}

async function readSitemap(
  url: string,
  { beginning, most }: { beginning: string; most: number },
  { fetchPage, onGap, onNote, signal }: DiscoverOptions,
): Promise<Sitemap> {
  try {
    const { text } = await fetchPage(url, { signal, maxBytes: SITEMAP_BYTES });
    const sitemap = await parseSitemap(text, { url, most, signal });
    if (!SITEMAP_END.test(text.slice(-END_LENGTH))) {
      onNote(`what follows in ${url} was left out: damaged`);
      onGap();
    }
    return sitemap;
  } catch (error) {
    signal.throwIfAborted();
    const isExpected = error instanceof PageError || error instanceof SourceError;
    // One that is broken among many is left out; the first one is the source itself.
    if (!isExpected || url === beginning) throw error;
    onNote(`the sitemap ${url} was left out: ${error.message}`);
    if (!isGone(error)) onGap();
    return { pages: [], listed: 0, sitemaps: [] };
  }
}

/**
 * A slice a turn: the tree of a whole one, of tens of megabytes, takes seconds and hundreds of
 * megabytes more.
 *
 * @throws {SourceError} `broken`
 */
export async function parseSitemap(
  text: string,
  { url, most, signal }: { url: string; most: number; signal: AbortSignal },
): Promise<Sitemap> {
  let newest: Entry[] = [];
  const sitemaps: Entry[] = [];
  let listed = 0;
  let isSitemap = false;
  for (const slice of slicesAfter(text, ENTRY_END, SLICE_LENGTH)) {
    await nextTurn();
    signal.throwIfAborted();
    const $ = load(slice, { xml: true });
    isSitemap ||= $('urlset, sitemapindex').length > 0;
    if (!isSitemap) throw new SourceError('broken', `${url} is no sitemap`);
    const read = (name: string): Entry[] =>
      $(name)
        .toArray()
        .map((element) => ({
          address: $(element).children('loc').first().text().trim(),
          changed: $(element).children('lastmod').first().text().trim(),
        }))
        .filter(({ address }) => address !== '' && URL.canParse(address, url));
    const pages = read('url');
    listed += pages.length;
    newest = [...newest, ...pages].toSorted(newestFirst).slice(0, most);
    if (sitemaps.length <= MOST_SITEMAPS) sitemaps.push(...read('sitemap'));
  }
  if (!isSitemap) throw new SourceError('broken', `${url} is no sitemap`);
  const absolute = ({ address }: Entry): string => new URL(address, url).href;
  return { pages: newest.map(absolute), listed, sitemaps: sitemaps.map(absolute) };
}

interface Entry {
  address: string;
  /** A date, or '' where it does not say. */
  changed: string;
}

const ENTRY_END = /<\/(?:url|sitemap)\s*>/giu;
/** A server that broke off leaves a list without its end: what it does not name may be there. */
const SITEMAP_END = /<(?:\/(?:\w+:)?(?:urlset|sitemapindex)|(?:urlset|sitemapindex)[^<>]*\/)\s*>/iu;
/** In characters: some write a comment behind it. */
const END_LENGTH = 2048;
/** In characters: takes a millisecond or two. */
const SLICE_LENGTH = 16_384;

/** What says nothing comes last, in its order. */
function newestFirst(one: Entry, other: Entry): number {
  if (one.changed === other.changed) return 0;
  return one.changed < other.changed ? 1 : -1;
}
