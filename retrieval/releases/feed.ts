import { load } from 'cheerio/slim';
import { parseFeed } from 'feedsmith';

import type { PageFetcher } from '../crawl/fetch-page.ts';
import { linesOfHtml, plainTextOfHtml } from '../search/plain-text-of-html.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { addressesIn } from './addresses.ts';
import { requestPage } from './page-request.ts';
import { clean, dateOf } from './read-items.ts';
import type { Appearance } from './release.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { ReleaseSource } from './release-source.ts';

export interface FeedOptions {
  address: string;
  fetchPage: PageFetcher['fetchPage'];
  maxBytes?: number;
  /** Of one reading, the first ones of the feed. */
  mostItems?: number;
  now?: () => number;
}

/** What an RSS, Atom, RDF or JSON feed announces. */
export function createFeed({
  address,
  fetchPage,
  maxBytes = 10_000_000,
  mostItems = 500,
  now = Date.now,
}: FeedOptions): ReleaseSource {
  const name = `feed ${address}`;
  return {
    name,
    async *collect({ signal, onNote }) {
      const { text, url } = await requestPage(fetchPage, { name, url: address, maxBytes, signal });
      const { publisher, items } = readFeed(name, text);
      if (items.length > mostItems) {
        onNote(`${name}: only the first ${mostItems} of ${items.length} items are read`);
      }
      let unread = 0;
      for (const item of items.slice(0, mostItems)) {
        const appearance = readable(() =>
          toAppearance(item, { publisher, feedUrl: url, now: now() }),
        );
        if (appearance === null) unread += 1;
        else yield appearance;
      }
      if (unread > 0 && unread === items.length) {
        throw new ReleaseSourceError(`${name}: none of its ${unread} items can be read`, {
          reason: 'unreadable',
        });
      }
      if (unread > 0) onNote(`${name}: ${unread} of ${items.length} items cannot be read`);
    },
  };
}

/** What the kinds of feeds have in common. */
interface Item {
  id: string | undefined;
  link: string | undefined;
  title: string | undefined;
  html: string | undefined;
  published: unknown;
  updated: unknown;
  tags: string[];
}

function readFeed(name: string, text: string): { publisher: string | null; items: Item[] } {
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(text);
  } catch (cause) {
    throw new ReleaseSourceError(`${name}: it is no feed`, { reason: 'unreadable', cause });
  }
  switch (parsed.format) {
    case 'atom': {
      const { title, entries = [] } = parsed.feed;
      const items = entries.map((entry): Item => {
        const links = entry.links ?? [];
        const page = links.find(({ rel = 'alternate' }) => rel === 'alternate') ?? links[0];
        return {
          id: entry.id,
          link: page?.href,
          title: entry.title?.value,
          html: entry.content?.value ?? entry.summary?.value,
          published: entry.published,
          updated: entry.updated,
          tags: (entry.categories ?? []).flatMap(({ term }) => term ?? []),
        };
      });
      return { publisher: named(title?.value), items };
    }
    case 'json': {
      const { title, items = [] } = parsed.feed;
      return {
        publisher: named(title),
        items: items.map((item) => ({
          id: item.id,
          link: item.url,
          title: item.title,
          html: item.content_html ?? item.content_text ?? item.summary,
          published: item.date_published,
          updated: item.date_modified,
          tags: item.tags ?? [],
        })),
      };
    }
    case 'rss': {
      const { title, items = [] } = parsed.feed;
      return {
        publisher: named(title),
        items: items.map((item) => ({
          id: item.guid?.value,
          link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
          title: item.title,
          html: item.content?.encoded ?? item.description,
          published: item.pubDate ?? item.dc?.dates?.[0],
          updated: undefined,
          tags: (item.categories ?? []).flatMap(({ name: tag }) => tag ?? []),
        })),
      };
    }
    default: {
      const { title, items = [] } = parsed.feed;
      return {
        publisher: named(title),
        items: items.map((item) => ({
          id: undefined,
          link: item.link,
          title: item.title,
          html: item.content?.encoded ?? item.description,
          published: item.dc?.dates?.[0],
          updated: undefined,
          tags: [],
        })),
      };
    }
  }
}

function named(title: unknown): string | null {
  const text = typeof title === 'string' ? clean(plainTextOfHtml(title), 200) : '';
  return text === '' ? null : text;
}

/** Markup may be nested deeper than can be followed: that is one item's fault, not the feed's. */
function readable(read: () => Appearance | null): Appearance | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function toAppearance(
  item: Item,
  { publisher, feedUrl, now }: { publisher: string | null; feedUrl: string; now: number },
): Appearance | null {
  const url = webAddress(item.link, feedUrl);
  const html = item.html ?? '';
  const summary = linesOfHtml(html, 4000);
  const title = clean(plainTextOfHtml(item.title ?? ''), 300) || clean(summary, 120);
  if (title === '' || (url === null && (item.id ?? '') === '')) return null;
  // Ids are unique within their feed, and some are no more than a count.
  const feed = new URL(feedUrl);
  const own = `feed:${feed.host}${feed.pathname}:${item.id ?? ''}`;
  return {
    // Ids are made anew by some feeds, while their pages stay where they are.
    id: url === null ? own : `feed:${canonicalUrl(url)}`,
    service: 'feed',
    kind: 'post',
    url: url ?? feedUrl,
    title,
    publisher,
    summary,
    publishedAt: dateOf(item.published ?? item.updated, now),
    updatedAt: dateOf(item.updated, now),
    links: linksOf(html, url ?? feedUrl).filter((link) => link !== url),
    tags: item.tags.map((tag) => clean(tag, 80)).slice(0, 50),
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    ...(url === null || (item.id ?? '') === '' ? {} : { aliases: [own] }),
  };
}

/** Addresses that it links to, and that it writes out. */
export function linksOf(html: string, base: string): string[] {
  const source = html.slice(0, 400_000);
  const $ = load(source, {}, false);
  const linked = $('a[href]')
    .toArray()
    .flatMap((element) => webAddress($(element).attr('href'), base) ?? []);
  return [...new Set([...linked, ...addressesIn($.root().text())])].slice(0, 100);
}

function webAddress(written: string | undefined, base: string): string | null {
  const url = written === undefined ? null : URL.parse(written.trim(), base);
  return url !== null && /^https?:$/u.test(url.protocol) ? url.href : null;
}
