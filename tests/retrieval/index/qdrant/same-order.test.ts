import { expect, test } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import { fuseArms } from '../../../../retrieval/index/fuse.ts';
import type { PassageIndex } from '../../../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../../../retrieval/index/qdrant-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import type { Weights } from '../../../support/indexed-pages.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Numbers from 0 to 1 that are always the same. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const DIMENSIONS = 48;
/** So few that passages often score the same. */
const WEIGHTS = [0.5, 1, 1.25, 2];

test(
  'a thousand passages come in the order of the embedded index, the first ten after fusion alike',
  { timeout: 60_000 },
  async () => {
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    const embedded = await openEmbeddedIndex({ folder: folder.path });
    const onServer = await openQdrantIndex({ url: qdrant.url, collection: 'istok' });
    const random = createRandom(7);
    const vector = () => unit(Array.from({ length: DIMENSIONS }, () => random() - 0.5));
    const tokens = (count: number, kinds: number): Weights =>
      Object.fromEntries(
        Array.from({ length: count }, () => [
          Math.floor(random() ** 2 * kinds),
          WEIGHTS[Math.floor(random() * WEIGHTS.length)] ?? 1,
        ]),
      );
    const pages = Array.from({ length: 100 }, (_, page) =>
      indexedPage(
        `https://a.example/${page}`,
        Array.from({ length: 10 }, (__, at) => ({
          id: Math.floor(random() * 1e9) * 1000 + page * 10 + at,
          terms: tokens(12, 300),
          grams: tokens(40, 2000),
          dense: vector(),
        })),
      ),
    );
    await Promise.all(
      [embedded, onServer].map((index) =>
        Promise.all(pages.map((page) => index.replacePage(page))),
      ),
    );
    for (let round = 0; round < 60; round += 1) {
      const query = hybridQuery({
        terms: ones(tokens(4, 300)),
        grams: ones(tokens(20, 2000)),
        ...(round % 3 === 0 ? {} : { dense: vector() }),
        limit: 50,
      });
      const first = async (index: PassageIndex) =>
        fuseArms(await index.query(query), { limit: 10 }).map(({ id }) => id);
      expect(await first(onServer)).toEqual(await first(embedded));
    }
    await Promise.all([embedded.close(), onServer.close()]);
  },
);

function ones(weights: Weights): Weights {
  return Object.fromEntries(Object.keys(weights).map((token) => [token, 1]));
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
