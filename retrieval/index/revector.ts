import type { Embedder } from '../embed/embedder.ts';
import { analyzePassage } from '../text/analyze.ts';
import type { IndexedPage } from './passage-index.ts';

/** Makes all vectors of a page anew from what it says. @throws {EmbedError} */
export async function revector(
  page: IndexedPage,
  { embedder, signal }: { embedder: Embedder | null; signal: AbortSignal },
): Promise<IndexedPage> {
  const dense =
    embedder === null
      ? []
      : await embedder.embedPassages(
          page.passages.map(({ title, text }) => `${title}\n${text}`),
          { signal },
        );
  const passages = page.passages.map((passage, at) => ({
    ...passage,
    ...analyzePassage(passage),
    dense: dense[at] ?? null,
  }));
  return { ...page, passages };
}
