import { expect, test } from 'vitest';

import type { Embedder } from '../../../../retrieval/embed/embedder.ts';
import { openQdrantInSpace } from '../../../../retrieval/index/open-qdrant-in-space.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';

/** Every text is the first axis of as many dimensions. */
function embedderOf(model: string, length: number): Embedder {
  const vector = () => Float32Array.from({ length }, (_, at) => (at === 0 ? 1 : 0));
  return {
    model,
    embedPassages: async (texts) => texts.map(vector),
    embedQuery: async () => vector(),
  };
}

test('vectors of another embedder are made anew beside, and served from then on', async () => {
  await using qdrant = await startQdrant();
  const { signal } = new AbortController();
  const open = (embedder: Embedder | null, takesOver = true) =>
    openQdrantInSpace({ url: qdrant.url, collection: 'istok', analysis: 2, embedder, takesOver });
  const first = await open(embedderOf('a', 2));
  await first.index.replacePage(indexedPage('https://a.example/', [{ id: 1, dense: [1, 0] }]));
  await first.index.close();

  const other = embedderOf('b', 2);
  const second = await open(other);
  expect(second.difference).toBe('embedder');
  const query = hybridQuery({ dense: [1, 0] });
  expect((await second.index.query(query)).dense).toEqual([]);
  await second.rebuild({ signal });
  expect((await second.index.query(query)).dense).toHaveLength(1);
  await second.index.replacePage(indexedPage('https://b.example/', [{ id: 2, dense: [1, 0] }]));

  const beside = await open(other, false);
  expect((await beside.index.query(query)).dense).toHaveLength(2);
  await Promise.all([beside.index.close(), second.index.close()]);
  expect([...qdrant.aliases.keys()].toSorted()).toEqual(['istok', 'istok-next']);

  const third = await open(other);
  expect(third.difference).toBe('none');
  expect((await third.index.query(query)).dense).toHaveLength(2);
  await third.index.close();
  expect([...qdrant.aliases.keys()]).toEqual(['istok']);
  expect(qdrant.collections.size).toBe(1);
});
