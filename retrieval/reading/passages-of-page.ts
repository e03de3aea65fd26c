import type { FetchedPage } from '../crawl/fetch-page.ts';
import { NEEDS_BROWSER, PageError } from '../errors.ts';
import { extractPage } from '../extract/extract-page.ts';
import type { IndexedPage, IndexedPassage, Scope } from '../index/passage-index.ts';
import { passageId } from '../passage-id.ts';
import { analyzePassage } from '../text/analyze.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { chunkBlocks } from '../text/chunk.ts';

/** What of a fetched page its text is made of. */
export type PageToRead = Omit<FetchedPage, 'requestedUrl'>;

/**
 * From what came over the wire to passages with their words and 4-grams; `dense` is null. It takes
 * milliseconds for a usual page and seconds for a hostile one, all in one go: page-reader.ts does it
 * in another thread.
 *
 * @throws {PageError} when there is no text to read in it.
 */
export async function passagesOfPage(
  fetched: PageToRead,
  { scope }: { scope: Scope },
): Promise<IndexedPage> {
  const page = await extractPage(fetched);
  const url = canonicalUrl(page.canonicalUrl ?? page.url);
  const chunks = chunkBlocks(page.blocks).slice(0, maxPassages);
  if (page.needsBrowser) throw new PageError(NEEDS_BROWSER, { retryable: false });
  if (chunks.length === 0) throw new PageError('no text found on the page', { retryable: false });

  const passages = chunks.map(({ heading, text, place }, position): IndexedPassage => {
    const { title, site, language, publishedAt, fetchedAt } = page;
    const id = passageId({ scope, url, position });
    const about = { id, pageUrl: url, title, site, language, publishedAt, fetchedAt };
    const vectors = analyzePassage({ title, heading, text });
    return { ...about, heading, position, place, text, ...vectors, dense: null };
  });
  return { url, scope, sourceId: null, passages };
}

/** A book on one page would hold everybody up: this is about 48,000 words. */
const maxPassages = 400;
