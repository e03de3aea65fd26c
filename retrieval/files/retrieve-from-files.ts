import type { Embedder } from '../embed/embedder.ts';
import { fuseArms } from '../index/fuse.ts';
import type { AnsweringIndex } from '../index/passage-index.ts';
import type { Passage, RankedPassage } from '../passage.ts';
import { analyzeQuery } from '../text/analyze.ts';

import type { AskedFiles } from './asked-files.ts';

export interface FileRetrievalOptions {
  index: Pick<AnsweringIndex, 'query' | 'readPage'>;
  embedder: Embedder | null;
  /** Passages handed on. */
  limit: number;
  /** Told that meaning could not be asked: words alone are then. */
  onEmbedFailure: (error: unknown) => void;
  signal: AbortSignal;
}

/**
 * What a chat's files say to a question, best first; of a short file all of it, for it may say so in
 * other words. In their order where they are wanted whole: a long one then as its beginning and
 * passages from all over the rest. @throws {IndexError}
 */
export async function retrieveFromFiles(
  question: string,
  { pages, inOrder = false }: AskedFiles,
  { index, embedder, limit, onEmbedFailure, signal }: FileRetrievalOptions,
): Promise<RankedPassage[]> {
  const texts = await Promise.all(pages.map((page) => index.readPage(page)));
  const all = texts.flat();
  if (inOrder) {
    const most = passagesIn(limit * 2 * charactersOfPassage, all);
    const each = Math.max(1, Math.floor(most / Math.max(1, pages.length)));
    return texts.flatMap((passages) => spread(passages, each)).map(unranked);
  }
  const dense =
    embedder === null
      ? null
      : await embedder.embedQuery(question, { signal }).catch((error: unknown) => {
          onEmbedFailure(error);
          return null;
        });
  signal.throwIfAborted();
  const hits = await index.query({
    ...analyzeQuery(question),
    dense,
    scopes: pages.map(({ scope }) => scope),
    limit: limit * 8,
  });
  const most = Math.max(limit, passagesIn(limit * charactersOfPassage, all));
  const ranked = fuseArms(hits, { limit: most, perPage: most, question });
  if (all.length > most) return ranked;
  const found = new Set(ranked.map(({ id }) => id));
  return [...ranked, ...all.filter(({ id }) => !found.has(id)).map(unranked)];
}

/** Of code passages are short: more of them are read. */
function passagesIn(characters: number, passages: readonly Passage[]): number {
  const total = passages.reduce((sum, { text }) => sum + text.length, 0);
  return Math.floor((characters * passages.length) / Math.max(1, total));
}

/** Of 120 words. */
const charactersOfPassage = 800;

/** The first half as it stands, the rest at even distances. */
function spread(passages: readonly Passage[], most: number): readonly Passage[] {
  if (passages.length <= most) return passages;
  const head = Math.ceil(most / 2);
  const rest = passages.slice(head);
  const step = rest.length / (most - head);
  const taken = Array.from({ length: most - head }, (_, at) => rest[Math.floor(at * step)]);
  return [...passages.slice(0, head), ...taken.filter((passage) => passage !== undefined)];
}

function unranked(passage: Passage): RankedPassage {
  return { ...passage, score: 0 };
}
