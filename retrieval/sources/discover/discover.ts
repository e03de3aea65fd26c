import type { FetchedPage, PageFetcher } from '../../crawl/fetch-page.ts';
import type { Source } from '../source.ts';

/** A page of a source. */
export interface DiscoveredPage {
  url: string;
  /** When it had to be fetched to be found, as it came; else null. */
  fetched: FetchedPage | null;
}

export interface DiscoverOptions {
  /** Asks the server each time, for what is kept may be old. */
  fetchPage: PageFetcher['fetchPage'];
  /** Told in one sentence what was left out: `the sitemap lists 100,000 addresses, 500 are read`. */
  onNote: (sentence: string) => void;
  /** Told how many pages there may be, as soon and as often as more is known. */
  onExpected: (pages: number) => void;
  /**
   * Told when something that leads to pages could not be read this time: those of its pages that are
   * not found are not gone.
   */
  onGap: () => void;
  signal: AbortSignal;
}

/**
 * Finds the pages of a source, each once, at most as many as its limit.
 * @throws {SourceError} when its beginning cannot be read
 */
export type DiscoverPages = (
  source: Source,
  options: DiscoverOptions,
) => AsyncIterable<DiscoveredPage>;
