import { expect, test } from 'vitest';

import { MovableIndex } from '../../../../retrieval/index/movable-index.ts';
import { openQdrantIndex, replaceQdrantIndex } from '../../../../retrieval/index/qdrant-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';

test('an index with other vectors is built beside and takes over in one step, again and again', async () => {
  await using qdrant = await startQdrant();
  const { url } = qdrant;
  const { signal } = new AbortController();
  const first = await openQdrantIndex({ url, collection: 'istok' });
  await first.setProperty('space', 'one');
  await first.replacePage(indexedPage('https://a.example/', [{ id: 1, dense: [1, 0] }]));
  await first.close();
  for (const length of [3, 4, 5]) {
    const served = await openQdrantIndex({ url, collection: 'istok' });
    const built = await openQdrantIndex({ url, collection: 'istok-next' });
    const index = new MovableIndex(served);
    await index.moveTo(built, {
      signal,
      transform: async (page) => ({
        ...page,
        passages: page.passages.map((passage) => ({
          ...passage,
          dense: Float32Array.from({ length }, (_, at) => (at === 0 ? 1 : 0)),
        })),
      }),
    });
    expect((await served.count()).pages).toBe(1);
    await Promise.all([served.close(), built.close()]);
    await replaceQdrantIndex({ url, from: 'istok-next', to: 'istok' });
    const after = await openQdrantIndex({ url, collection: 'istok' });
    const dense = Array.from({ length }, (_, at) => (at === 0 ? 1 : 0));
    expect((await after.query(hybridQuery({ dense }))).dense).toHaveLength(1);
    await after.close();
    expect([...qdrant.aliases.keys()]).toEqual(['istok']);
    expect(qdrant.collections.size).toBe(1);
  }
});

test('an index that was cleared keeps no collection beside', async () => {
  await using qdrant = await startQdrant();
  const index = await openQdrantIndex({ url: qdrant.url, collection: 'istok' });
  await index.replacePage(indexedPage('https://a.example/', [{ id: 1, dense: [1, 0] }]));
  await index.clear();
  await index.clear();
  await index.close();
  expect(qdrant.collections.size).toBe(1);
  expect(qdrant.points('istok')).toEqual([]);
});
