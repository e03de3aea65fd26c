import { expect, test } from 'vitest';

import type { PassageIndex } from '../../../../retrieval/index/passage-index.ts';
import { FIRST_EMBEDDER, SECOND_EMBEDDER } from '../../../support/constant-embedder.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { openAs } from '../../../support/qdrant/space-changer.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';
import type { QdrantCall } from '../../../support/qdrant/start-qdrant.ts';
import { runToKill } from '../../../support/run-to-kill.ts';

const PAGES = 165;
const { signal } = new AbortController();

const mentions = (route: RegExp, word: string) => (call: QdrantCall) =>
  route.test(call.route) && JSON.stringify(call.body ?? null).includes(word);
const adds = mentions(/^PUT .*\/points$/u, '"passage"');
const notes = mentions(/^PUT .*\/points$/u, '"moved-to"');
const swaps = mentions(/^POST \/collections\/aliases$/u, '"delete_alias"');
const drops = mentions(/^DELETE \/collections\//u, '');

const kills = [
  ...[1, 2, 3, 4, 5].flatMap((round) => [
    { name: 'when pages are added', matches: adds, when: 'after', round, time: 1 },
    { name: 'before it notes how far it is', matches: notes, when: 'before', round, time: 1 },
  ]),
  // There is one swap: killed there, five times each.
  ...[1, 2, 3, 4, 5].flatMap((time) => [
    { name: 'before the swap', matches: swaps, when: 'before', round: 1, time },
    { name: 'after the swap', matches: swaps, when: 'after', round: 1, time },
    { name: 'before the old vectors go', matches: drops, when: 'before', round: 1, time },
  ]),
];

test.concurrent.each(kills)(
  'vectors that are made anew never meet the old ones, and all come, when killed $name ($round, $time)',
  { timeout: 120_000 },
  async ({ matches, when: moment, round }) => {
    await using qdrant = await startQdrant();
    const first = await openAs(FIRST_EMBEDDER, qdrant.url);
    const pages = Array.from({ length: PAGES }, (_, id) =>
      indexedPage(`https://a.example/${id}`, [{ id, dense: [1, 0] }]),
    );
    await Promise.all(pages.map((page) => first.index.replacePage(page)));
    await first.index.close();

    let left = round;
    const killed = await runToKill({
      file: 'tests/support/qdrant/space-changer.ts',
      args: [qdrant.url],
      onStart(kill) {
        qdrant.watch((call, when) => {
          if (when !== moment || !matches(call)) return;
          left -= 1;
          if (left === 0) kill();
        });
      },
    });
    expect(killed).toMatchObject({ signal: 'SIGKILL', err: '' });

    const opened = await openAs(SECOND_EMBEDDER, qdrant.url);
    const isMade = opened.difference === 'none';
    expect(await found(opened.index)).toBe(isMade ? PAGES : 0);
    expect((await opened.index.count()).pages).toBe(PAGES);
    await (isMade ? Promise.resolve() : opened.rebuild({ signal }));
    expect(await vectorsOf(opened.index)).toEqual(['0.6,0.8']);
    await opened.index.close();
    const last = await openAs(SECOND_EMBEDDER, qdrant.url);
    expect(last.difference).toBe('none');
    expect(await found(last.index)).toBe(PAGES);
    expect(await vectorsOf(last.index)).toEqual(['0.6,0.8']);
    await last.index.close();
  },
);

test('a collection that a kill left over is not taken for the one that was made anew', async () => {
  await using qdrant = await startQdrant();
  const change = async (embedder: typeof FIRST_EMBEDDER): Promise<void> => {
    const { index, rebuild } = await openAs(embedder, qdrant.url);
    await rebuild({ signal });
    await index.close();
    await (await openAs(embedder, qdrant.url)).index.close();
  };
  const begun = await openAs(FIRST_EMBEDDER, qdrant.url);
  await begun.index.replacePage(indexedPage('https://a.example/1', [{ id: 1, dense: [1, 0] }]));
  await begun.index.close();
  await change(SECOND_EMBEDDER);
  // Swapped, and killed before the collection that served till then was deleted.
  const served = qdrant.aliases.get('istok') ?? '';
  const deleting = new RegExp(`^DELETE /collections/${served}$`, 'u');
  qdrant.fail(deleting, { kind: 'refuse', status: 500, message: 'killed' });
  await expect(change(FIRST_EMBEDDER)).rejects.toThrow('HTTP 500');
  qdrant.heal();

  const serving = await openAs(SECOND_EMBEDDER, qdrant.url);
  await serving.index.replacePage(
    indexedPage('https://a.example/2', [{ id: 2, dense: [0.6, 0.8] }]),
  );
  const stop = new AbortController();
  stop.abort();
  await expect(serving.rebuild({ signal: stop.signal })).rejects.toThrow('aborted');
  await serving.index.close();
  const { index } = await openAs(SECOND_EMBEDDER, qdrant.url);
  expect((await index.count()).pages).toBe(2);
  await index.close();
});

async function found(index: PassageIndex): Promise<number> {
  return (await index.query(hybridQuery({ dense: [0.6, 0.8], limit: 1000 }))).dense.length;
}

async function vectorsOf(index: PassageIndex): Promise<string[]> {
  const { pages } = await index.readPages({ cursor: null, limit: 1000 });
  const vectors = pages.flatMap(({ passages }) =>
    passages.map(({ dense }) => [...(dense ?? [])].map((value) => value.toFixed(1)).join(',')),
  );
  return [...new Set(vectors)];
}
