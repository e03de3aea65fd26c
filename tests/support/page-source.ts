import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { ReleaseSource } from '../../retrieval/releases/release-source.ts';

/** A source that fetches pages of a loopback server as pages of the web. */
export async function openPageSource(
  baseUrl: string,
  create: (fetchPage: PageFetcher['fetchPage']) => ReleaseSource,
): Promise<AsyncDisposable & { source: ReleaseSource }> {
  const fetcher = createPageFetcher({
    userAgent: 'IstokTest',
    allowPrivateHosts: [new URL(baseUrl).host],
    minGapMs: 0,
  });
  return {
    source: create(fetcher.fetchPage),
    [Symbol.asyncDispose]: () => fetcher.close(),
  };
}
