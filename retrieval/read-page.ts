import type { FetchedPage } from './crawl/fetch-page.ts';
import type { Embedder } from './embed/embedder.ts';
import type { IndexedPassage, Scope } from './index/passage-index.ts';
import type { PageReader } from './reading/page-reader.ts';
import type { ReadPage } from './reading/passages-of-page.ts';
import type { SiteBoilerplate } from './site-boilerplate.ts';

export interface ReadPageOptions {
  scope: Scope;
  /** Finds the passages; by default in this thread, which a large page holds up for seconds. */
  read?: PageReader['read'] | undefined;
  embedder: Embedder | null;
  /** Leaves out what all pages of the site say; by default nothing is. */
  boilerplate?: SiteBoilerplate | undefined;
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
  { scope, read = readHere, embedder, boilerplate, onEmbedFailure, signal }: ReadPageOptions,
): Promise<ReadPage> {
  const whole = await read(fetched, { scope, signal });
  const page = boilerplate?.leaveOut(whole) ?? whole;
  if (embedder !== null) await embed(page.passages, embedder, onEmbedFailure, signal);
  return page;
}

/** Loaded on use: a program that reads in other threads does not need the parsers in this one. */
const readHere: PageReader['read'] = async (fetched, { scope }) => {
  const { passagesOfPage } = await import('./reading/passages-of-page.ts');
  return passagesOfPage(fetched, { scope });
};

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
