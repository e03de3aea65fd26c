import type { FetchedPage } from '../crawl/fetch-page.ts';
import { decodeText } from '../crawl/charset.ts';
import { NEEDS_BROWSER, PageError } from '../errors.ts';
import { extractPage } from '../extract/extract-page.ts';
import type { ExtractedPage } from '../extract/extract-page.ts';
import type { IndexedPage, IndexedPassage, Scope } from '../index/passage-index.ts';
import { passageId } from '../passage-id.ts';
import type { Passage, ReadInPart } from '../passage.ts';
import { analyzePassage } from '../text/analyze.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { chunkBlocks } from '../text/chunk.ts';

export interface ReadPage extends IndexedPage {
  /** Of what was not read to its end. */
  readInPart?: ReadInPart;
}

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
): Promise<ReadPage> {
  if (fetched.fileName !== undefined) return passagesOfFile(fetched, fetched.fileName, scope);
  if (fetched.isChallenge === true) throw new PageError(NEEDS_BROWSER, { retryable: false });
  const page = await extractPage(fetched);
  const url = canonicalUrl(page.canonicalUrl ?? page.url);
  const all = chunkBlocks(page.blocks);
  const chunks = all.slice(0, maxPassages);
  if (page.needsBrowser) throw new PageError(NEEDS_BROWSER, { retryable: false });
  if (chunks.length === 0) throw new PageError('no text found on the page', { retryable: false });

  const passages = chunks.map(({ heading, text, place }, position): IndexedPassage => {
    const { title, site, language, publishedAt, fetchedAt } = page;
    const id = passageId({ scope, url, position });
    const about = { id, pageUrl: url, title, site, language, publishedAt, fetchedAt };
    const vectors = analyzePassage({ title, heading, text });
    return { ...about, heading, position, place, text, ...vectors, dense: null };
  });
  const isCut = all.length > maxPassages || (!isMarkup(fetched) && isLong(fetched.text));
  return { url, scope, sourceId: null, passages, ...inPart(page, chunks, isCut) };
}

/** Where the passages end before the pages that were read do, they are what was read. */
function inPart(
  { readInPart }: Pick<ExtractedPage, 'readInPart'>,
  chunks: readonly Pick<Passage, 'place'>[],
  isCut: boolean,
): { readInPart?: ReadInPart } {
  if (!isCut && readInPart === undefined) return {};
  const place = chunks.at(-1)?.place ?? null;
  const last = place?.unit === 'page' ? place.to : null;
  const { pages = null, of = null } = readInPart ?? {};
  return { readInPart: { read: of === null ? null : isCut ? last : pages, of } };
}

function isMarkup({ contentType }: PageToRead): boolean {
  return /html|xml/u.test(contentType);
}

/** What its sender calls it says more than the title that a program has put into it. */
async function passagesOfFile(fetched: PageToRead, name: string, scope: Scope): Promise<ReadPage> {
  const source = decoded(fetched);
  const page = await extractPage(source, FILE_LIMITS);
  const isCode = page.blocks.every(({ kind }) => kind === 'code');
  const chunks = chunkBlocks(page.blocks, isCode ? { targetWords: codeWords } : {});
  if (page.needsBrowser || chunks.length === 0) {
    throw new PageError('no text found in the file', { retryable: false });
  }
  const { url } = fetched;
  const { language, publishedAt, fetchedAt } = page;
  const stated = page.title === name ? null : page.title;
  const kept = chunks.slice(0, maxFilePassages);
  const passages = kept.map((chunk, position): IndexedPassage => {
    const { text, place } = chunk;
    const heading = chunk.heading ?? stated;
    const id = passageId({ scope, url, position });
    const about = { id, pageUrl: url, title: name, site: name, language, publishedAt, fetchedAt };
    const vectors = analyzePassage({ title: name, heading, text });
    return { ...about, heading, position, place, text, ...vectors, dense: null };
  });
  const isCut = chunks.length > maxFilePassages || isLong(source.text);
  return { url, scope, sourceId: null, passages, ...inPart(page, kept, isCut) };
}

function decoded(fetched: PageToRead): PageToRead {
  if (fetched.contentType === 'application/pdf') return fetched;
  const text = decodeText(fetched.bytes, null).replace(/^\uFEFF/u, '');
  const lost = text.slice(0, 100_000).match(/\uFFFD/gu)?.length ?? 0;
  if (lost > Math.min(text.length, 100_000) * mostLost) {
    throw new PageError('text in an unknown encoding', { retryable: false });
  }
  return { ...fetched, text };
}

/** A few damaged characters are no other encoding. */
const mostLost = 0.05;

/** Longer text than this is not read to its end: plain-text.ts, paragraphs.ts, source-code.ts. */
function isLong(text: string): boolean {
  return text.length > 2_000_000 || text.split('\n', 100_001).length > 100_000;
}

/** Somebody waits for this one file, and asks for what stands anywhere in it. */
const FILE_LIMITS = { maxPages: 1000, maxMs: 30_000 };

/** One or two functions, so that what is said of one names its lines. */
const codeWords = 40;

/** About 240,000 words. */
const maxFilePassages = 2000;

/** A book on one page would hold everybody up: this is about 48,000 words. */
const maxPassages = 400;
