import { parseFeed } from 'feedsmith';

import { SourceError } from '../source.ts';
import type { Source } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions } from './discover.ts';

/** The pages that an RSS, Atom, RDF or JSON feed announces, in its order. */
export async function* discoverFeed(
  { address }: Source,
  { fetchPage, onExpected, signal }: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  const { text, url } = await fetchPage(address, { signal });
  const links = feedLinks(text, url);
  onExpected(links.length);
  for (const link of links) yield { url: link, fetched: null };
}

/** @throws {SourceError} `broken` */
export function feedLinks(text: string, url: string): string[] {
  const links = readLinks(text, url).flatMap((link) => URL.parse(link, url)?.href ?? []);
  return [...new Set(links)];
}

function readLinks(text: string, url: string): string[] {
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(text);
  } catch (error) {
    throw new SourceError('broken', `${url} is no feed`, { cause: error });
  }
  switch (parsed.format) {
    case 'atom': {
      return (parsed.feed.entries ?? []).flatMap(({ links = [] }) => {
        const page = links.find(({ rel = 'alternate' }) => rel === 'alternate') ?? links[0];
        return page?.href ?? [];
      });
    }
    case 'json': {
      return (parsed.feed.items ?? []).flatMap((item) => item.url ?? []);
    }
    case 'rss': {
      return (parsed.feed.items ?? []).flatMap(({ link, guid }) => {
        // An id that is an address is one unless it says that it is not.
        const permanent = guid?.isPermaLink === false ? undefined : guid?.value;
        return link ?? permanent ?? [];
      });
    }
    default: {
      return (parsed.feed.items ?? []).flatMap(({ link }) => link ?? []);
    }
  }
}
