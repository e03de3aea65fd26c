import type { Embedder } from '../embed/embedder.ts';
import { nextTurn } from '../next-turn.ts';
import { analyzePassage } from '../text/analyze.ts';
import type { IndexedPage, IndexedPassage } from './passage-index.ts';

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
  const passages: IndexedPassage[] = [];
  for (const [at, passage] of page.passages.entries()) {
    // A rebuild goes on for minutes beside questions that are answered.
    await nextTurn();
    passages.push({ ...passage, ...analyzePassage(passage), dense: dense[at] ?? null });
  }
  return { ...page, passages };
}
