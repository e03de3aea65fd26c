import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import type { IndexedPage } from '../../../../retrieval/index/passage-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('packs one page a round of the event loop when many come at once', async () => {
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  let round = 0;
  let rounds = setImmediate(goRound);
  function goRound(): void {
    round += 1;
    rounds = setImmediate(goRound);
  }
  const packedIn: number[] = [];
  const pages = Array.from({ length: 8 }, (_, at): IndexedPage => {
    const page = indexedPage(`https://a.example/${at}`, [{ id: at, terms: { 1: 1 } }]);
    return {
      ...page,
      get passages() {
        packedIn.push(round);
        return page.passages;
      },
    };
  });
  await Promise.all(pages.map((page) => index.replacePage(page)));
  clearImmediate(rounds);
  expect(packedIn).toHaveLength(8);
  expect(new Set(packedIn).size).toBe(8);
  const { terms } = await index.query(hybridQuery({ terms: { 1: 1 }, limit: 20 }));
  expect(terms).toHaveLength(8);
  await index.close();
});

it('refuses a page that cannot be packed and writes those around it', async () => {
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const outcomes = await Promise.allSettled([
    index.replacePage(indexedPage('https://a.example/1', [{ id: 1, terms: { 1: 1 } }])),
    index.replacePage(
      indexedPage('https://a.example/2', [
        { id: 2, terms: { 1: 1 }, dense: [1, 0] },
        { id: 3, terms: { 1: 1 }, dense: [1, 0, 0] },
      ]),
    ),
    index.replacePage(indexedPage('https://a.example/3', [{ id: 4, terms: { 1: 1 } }])),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await index.count()).toEqual({ pages: 2, passages: 2 });
  await index.close();
});
