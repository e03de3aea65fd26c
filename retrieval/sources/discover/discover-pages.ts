import { PageError } from '../../errors.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import { SourceError } from '../source.ts';
import type { Source, SourceKind } from '../source.ts';
import type { DiscoveredPage, DiscoverOptions, DiscoverPages } from './discover.ts';
import { discoverFeed } from './feed.ts';
import { createGithubDiscovery } from './github.ts';
import { discoverSite } from './site.ts';
import { discoverSitemap } from './sitemap.ts';
import { discoverTelegram } from './telegram.ts';

export interface DiscoveryOptions {
  githubApiUrl?: string;
  githubRawUrl?: string;
}

/** Finds pages as the source's kind demands. */
export function createDiscovery(options: DiscoveryOptions = {}): DiscoverPages {
  const ways: Record<SourceKind, DiscoverPages> = {
    page: discoverOne,
    sitemap: discoverSitemap,
    site: discoverSite,
    feed: discoverFeed,
    github: createGithubDiscovery(options),
    telegram: discoverTelegram,
  };
  return async function* discover(source, discovering) {
    try {
      yield* atMost(source, ways[source.kind](source, discovering), discovering);
    } catch (error) {
      if (!(error instanceof PageError) || discovering.signal.aborted) throw error;
      throw toSourceError(source, error);
    }
  };
}

async function* discoverOne({ address }: Source): AsyncGenerator<DiscoveredPage> {
  yield { url: address, fetched: null };
}

/** Each page once, and no more of them than the source may have. */
async function* atMost(
  source: Source,
  pages: AsyncIterable<DiscoveredPage>,
  { onNote }: DiscoverOptions,
): AsyncGenerator<DiscoveredPage> {
  const seen = new Set<string>();
  for await (const page of pages) {
    if (!URL.canParse(page.url) || !/^https?:/u.test(page.url)) continue;
    const canonical = canonicalUrl(page.url);
    if (seen.has(canonical)) continue;
    if (seen.size === source.limits.pages) {
      onNote(`only the first ${source.limits.pages} of its pages are read`);
      return;
    }
    seen.add(canonical);
    yield page;
  }
}

function toSourceError({ address }: Source, error: PageError): SourceError {
  const isForbidden = error.message === 'forbidden by robots.txt';
  return new SourceError(
    isForbidden ? 'forbidden' : 'unreachable',
    `${address} could not be read: ${error.message}`,
    { cause: error },
  );
}
