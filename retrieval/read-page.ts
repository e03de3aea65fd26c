import { PageError } from './errors.ts';
import type { FetchedPage } from './crawl/fetch-page.ts';
import type { Embedder } from './embed/embedder.ts';
import { extractPage } from './extract/extract-page.ts';
import type { IndexedPage, IndexedPassage, Scope } from './index/passage-index.ts';
import { passageId } from './passage-id.ts';
import { analyzePassage } from './text/analyze.ts';
import { canonicalUrl } from './text/canonical-url.ts';
import { chunkBlocks } from './text/chunk.ts';

export interface ReadPageOptions {
  scope: Scope;
  embedder: Embedder | null;
  /** Told when the embedder failed; the page is then indexed by its words alone. */
  onEmbedFailure: (error: unknown) => void;
  signal: AbortSignal;
}

/**
 * From what came over the wire to what the index keeps: text, passages, vectors.
 * @throws {PageError} when there is no text to read in it.
 */
export async function readPage(
  fetched: FetchedPage,
  { scope, embedder, onEmbedFailure, signal }: ReadPageOptions,
): Promise<IndexedPage> {
  const page = extractPage(fetched);
  const url = canonicalUrl(page.canonicalUrl ?? page.url);
  const chunks = chunkBlocks(page.blocks).slice(0, maxPassages);
  if (page.needsBrowser) throw new PageError('needs a browser to be read', { retryable: false });
  if (chunks.length === 0) throw new PageError('no text found on the page', { retryable: false });

  const passages = chunks.map(({ heading, text, place }, position): IndexedPassage => {
    const { title, site, language, publishedAt, fetchedAt } = page;
    const id = passageId({ scope, url, position });
    const about = { id, pageUrl: url, title, site, language, publishedAt, fetchedAt };
    const vectors = analyzePassage({ title, heading, text });
    return { ...about, heading, position, place, text, ...vectors, dense: null };
  });
  if (embedder !== null) await embed(passages, embedder, onEmbedFailure, signal);
  return { url, scope, sourceId: null, passages };
}

/** A book on one page would hold everybody up: this is about 48,000 words. */
const maxPassages = 400;

async function embed(
  passages: IndexedPassage[],
  embedder: Embedder,
  onEmbedFailure: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const vectors = await embedder.embedPassages(
      passages.map(({ title, text }) => `${title}\n${text}`),
      { signal },
    );
    for (const [at, passage] of passages.entries()) passage.dense = vectors[at] ?? null;
  } catch (error) {
    onEmbedFailure(error);
  }
}
