import type { Embedder } from '../../../retrieval/embed/embedder.ts';
import { openQdrantInSpace } from '../../../retrieval/index/open-qdrant-in-space.ts';
import { SECOND_EMBEDDER } from '../constant-embedder.ts';

export function openAs(embedder: Embedder, url: string) {
  return openQdrantInSpace({ url, collection: 'istok', analysis: 2, embedder, pausesMs: [] });
}

/** A program to be killed: makes the index anew for the second embedder, and starts once more. */
if (import.meta.main) {
  const url = process.argv[2] ?? '';
  const { index, rebuild } = await openAs(SECOND_EMBEDDER, url);
  await rebuild({ signal: new AbortController().signal });
  await index.close();
  const again = await openAs(SECOND_EMBEDDER, url);
  await again.index.close();
}
