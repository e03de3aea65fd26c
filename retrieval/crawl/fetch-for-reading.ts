import { NEEDS_BROWSER, PageError } from '../errors.ts';
import type { FetchedPage, PageFetcher } from './fetch-page.ts';

/**
 * Fetches for whoever reads what comes: a page behind a challenge comes too, without text. Reading it
 * fails for the same reason, unless a service reads it.
 */
export function fetchForReading(fetchPage: PageFetcher['fetchPage']): PageFetcher['fetchPage'] {
  return async (url, options) => {
    try {
      return await fetchPage(url, options);
    } catch (error) {
      if (error instanceof PageError && error.message === NEEDS_BROWSER) return challenged(url);
      throw error;
    }
  };
}

function challenged(url: string): FetchedPage {
  return {
    requestedUrl: url,
    url,
    contentType: 'text/html',
    text: '',
    bytes: new Uint8Array(),
    etag: null,
    lastModified: null,
    fetchedAt: new Date().toISOString(),
    from: 'network',
    isChallenge: true,
  };
}
