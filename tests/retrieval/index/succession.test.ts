import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import type { IndexedPage, PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import {
  fillSuccessor,
  moveWhileServing,
  settleSuccession,
  standingOf,
} from '../../../retrieval/index/succession.ts';
import { compareSpace, noteSpace } from '../../../retrieval/index/vector-space.ts';
import { hybridQuery, indexedPage } from '../../support/indexed-pages.ts';
import { MemoryIndex } from '../../support/memory-index.ts';
import { startQdrant } from '../../support/qdrant/start-qdrant.ts';
import type { QdrantCall } from '../../support/qdrant/start-qdrant.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();

function pageOf(id: number, options: Parameters<typeof indexedPage>[2] = {}): IndexedPage {
  const sketch = { id, terms: { 1: 1, [id + 2]: 0.5 }, grams: { 7: 1 }, dense: [0.6, 0.8] };
  return indexedPage(`https://a.example/${id}`, [sketch], options);
}

/** Twenty pages: read for answers, of a source, and a chat's files. */
const pages = Array.from({ length: 20 }, (_, id) =>
  pageOf(id, [{}, { sourceId: 'docs' }, { scope: 'chat:5' as const }][id % 3]),
);

async function fill(index: PassageIndex, all: readonly IndexedPage[] = pages): Promise<void> {
  for (const page of all) await index.replacePage(page);
}

async function allPages(index: PassageIndex): Promise<IndexedPage[]> {
  const { pages: all } = await index.readPages({ cursor: null, limit: 1000 });
  return all.toSorted((one, other) => (one.url < other.url ? -1 : 1));
}

const sorted = pages.toSorted((one, other) => (one.url < other.url ? -1 : 1));

test('an empty index has nothing to move: its successor serves', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  expect(await settleSuccession(both)).toBe('successor');
});

test('the old index serves until all is moved, and is emptied when the successor takes over', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  expect(await settleSuccession(both)).toBe('old');
  const moved: number[] = [];
  await fillSuccessor(both, {
    signal,
    batchPages: 8,
    onProgress: (step) => moved.push(step.moved),
  });
  expect(moved).toEqual([8, 16, 20]);
  expect(await standingOf(both)).toBe('old');
  expect(await allPages(both.old)).toEqual(sorted);
  expect(await settleSuccession(both)).toBe('successor');
  expect(await allPages(both.successor)).toEqual(sorted);
  expect(await both.old.count()).toEqual({ pages: 0, passages: 0 });
  expect(await settleSuccession(both)).toBe('successor');
});

test('what the old index wrote and forgot after it was moved is written and forgotten', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  await fillSuccessor(both, { signal, batchPages: 8 });
  await both.old.deleteScope('chat:5');
  await both.old.replacePage(pageOf(30));
  const changed = indexedPage('https://a.example/0', [{ id: 40, terms: { 9: 1 } }]);
  await both.old.replacePage(changed);
  expect(await settleSuccession(both)).toBe('successor');
  const { successor } = both;
  const scopes = ['chat:5'] as const;
  expect(
    (await successor.query(hybridQuery({ terms: { 1: 1 }, scopes: [...scopes] }))).terms,
  ).toEqual([]);
  const all = await allPages(successor);
  expect(all.map(({ url }) => url)).toContain('https://a.example/30');
  expect(all.find(({ url }) => url === changed.url)).toEqual(changed);
  expect(all.filter(({ scope }) => scope !== 'public')).toEqual([]);
});

test('a successor that holds pages of its own serves, and loses none of them to a move', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  await both.successor.replacePage(pageOf(50));
  expect(await settleSuccession(both)).toBe('both-filled');
  await fillSuccessor(both, { signal });
  expect(await settleSuccession(both)).toBe('successor');
  const urls = (await allPages(both.successor)).map(({ url }) => url);
  expect(urls).toContain('https://a.example/50');
  expect(urls).toHaveLength(21);
});

test('a bot that moves its index serves from both, one after the other', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  const { index, move } = moveWhileServing(both);
  const seen: number[] = [];
  const moving = move({ signal, onProgress: ({ moved }) => seen.push(moved) });
  await index.replacePage(pageOf(30));
  await moving;
  expect((await index.count()).pages).toBe(21);
  expect((await both.successor.count()).pages).toBe(21);
  expect(await both.old.count()).toEqual({ pages: 0, passages: 0 });
  expect(seen.at(-1)).toBe(21);
  expect(await settleSuccession(both)).toBe('successor');
});

test('a kill after the successor took over costs nothing of what it wrote and forgot since', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  const clear = both.old.clear.bind(both.old);
  both.old.clear = () => Promise.reject(new Error('killed'));
  const { index, move } = moveWhileServing(both);
  await expect(move({ signal })).rejects.toThrow('killed');
  const changed = indexedPage('https://a.example/0', [{ id: 40, terms: { 9: 1 } }]);
  await index.replacePage(changed);
  await index.deleteScope('chat:5');
  expect(await standingOf(both)).toBe('successor');
  both.old.clear = clear;
  expect(await settleSuccession(both)).toBe('successor');
  const all = await allPages(both.successor);
  expect(all.find(({ url }) => url === changed.url)).toEqual(changed);
  expect(all.filter(({ scope }) => scope !== 'public')).toEqual([]);
  expect(await both.old.count()).toEqual({ pages: 0, passages: 0 });
});

test('an old index that was emptied does not empty its successor after a kill', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  await fillSuccessor(both, { signal });
  const clear = both.old.clear.bind(both.old);
  both.old.clear = async () => {
    await clear();
    throw new Error('killed');
  };
  await expect(settleSuccession(both)).rejects.toThrow('killed');
  both.old.clear = clear;
  expect(await settleSuccession(both)).toBe('successor');
  expect(await allPages(both.successor)).toEqual(sorted);
});

test('what was copied before everything was deleted does not come back', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(
    both.old,
    pages.filter(({ scope }) => scope === 'chat:5'),
  );
  await cutShort(both);
  await both.old.deleteScope('chat:5');
  expect(await settleSuccession(both)).toBe('successor');
  expect(await both.successor.count()).toEqual({ pages: 0, passages: 0 });
});

test('a bot that goes on with a move brings nothing back that was deleted since', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  await cutShort(both);
  expect(await settleSuccession(both)).toBe('old');
  await both.old.deleteScope('chat:5');
  const { index, move } = moveWhileServing(both);
  await move({ signal });
  const left = sorted.filter(({ scope }) => scope === 'public');
  expect(await allPages(index)).toEqual(left);
});

test('what a rebuild had staged before the move ended is copied when it is committed after', async () => {
  await using folder = await temporaryFolder();
  const both = {
    old: await openEmbeddedIndex({ folder: folder.path }),
    successor: new MemoryIndex(),
  };
  for (const id of [1, 2]) await both.old.replacePage(pageOf(id, { sourceId: 'docs' }));
  const rebuild = both.old.rebuildSource('docs');
  const changed = indexedPage('https://a.example/1', [{ id: 40 }], { sourceId: 'docs' });
  await rebuild.stage(changed);
  await both.old.replacePage(pageOf(3));
  await fillSuccessor(both, { signal });
  await rebuild.commit();
  expect(await settleSuccession(both)).toBe('successor');
  expect(await allPages(both.successor)).toEqual([changed, pageOf(3)]);
  await both.old.close();
});

test('of two programs that move the index the later one does, and nothing is lost', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await fill(both.old);
  const { index, move } = moveWhileServing(both);
  const begun = Promise.withResolvers<void>();
  const second = begun.promise.then(() => move({ signal }));
  const first = fillSuccessor(both, { signal, batchPages: 1, onProgress: () => begun.resolve() });
  await expect(first).rejects.toThrow('another program has begun to move the index');
  await second;
  expect(await allPages(index)).toEqual(sorted);
  expect(await settleSuccession(both)).toBe('successor');
  expect(await allPages(both.successor)).toEqual(sorted);
});

test('vectors of two embedders never meet where both are filled: all is made anew later', async () => {
  const both = { old: new MemoryIndex(), successor: new MemoryIndex() };
  await noteSpace(both.old, { analysis: 2, embedder: 'first' });
  await noteSpace(both.successor, { analysis: 2, embedder: 'second' });
  await both.old.replacePage(pageOf(1));
  await both.successor.replacePage(pageOf(50));
  await fillSuccessor(both, { signal });
  const query = hybridQuery({ dense: [0.6, 0.8] });
  const found = async () => (await both.successor.query(query)).dense.map(({ passage }) => passage);
  expect(await found()).toMatchObject([{ pageUrl: 'https://a.example/50' }]);
  expect(await settleSuccession(both)).toBe('successor');
  expect(await found()).toMatchObject([{ pageUrl: 'https://a.example/50' }]);
  expect((await both.successor.count()).pages).toBe(2);
  for (const embedder of ['first', 'second']) {
    const difference = await compareSpace(both.successor, { analysis: 2, embedder });
    expect(difference).toBe('analysis');
  }
});

/** All pages but one are copied when the command stops. */
async function cutShort(both: { old: PassageIndex; successor: PassageIndex }): Promise<void> {
  const stop = new AbortController();
  const moving = fillSuccessor(both, {
    signal: stop.signal,
    batchPages: 1,
    onProgress: ({ moved, total }) => moved === total - 1 && stop.abort(),
  });
  await expect(moving).rejects.toThrow('aborted');
}

const kills = [
  { name: 'before a page is written', when: 'before', route: /PUT .*istok\/points$/u },
  { name: 'after a page is written', when: 'after', route: /PUT .*istok\/points$/u },
  { name: 'before a step', when: 'before', route: /points\/batch$/u },
  { name: 'after a step', when: 'after', route: /points\/batch$/u },
].flatMap((point) => [1, 3, 6, 9, 12].map((round) => ({ ...point, round })));

test.each(kills)(
  'a move killed $name ($round) goes on, and nothing is lost or doubled',
  { timeout: 60_000 },
  async ({ when: moment, route, round }) => {
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    const old = await openEmbeddedIndex({ folder: folder.path });
    await fill(old);
    const program = new URL('../../support/qdrant/index-mover.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [program, folder.path, qdrant.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let left = round;
    qdrant.watch((call: QdrantCall, when) => {
      if (when !== moment || !route.test(call.route)) return;
      left -= 1;
      if (left === 0) child.kill('SIGKILL');
    });
    const [, ended] = await once(child, 'exit');
    expect(ended).toBe('SIGKILL');
    const successor = await openQdrantIndex({ url: qdrant.url, collection: 'istok' });
    expect(await settleSuccession({ old, successor })).toBe('old');
    expect(await allPages(old)).toEqual(sorted);
    await fillSuccessor({ old, successor }, { signal, batchPages: 3 });
    expect(await settleSuccession({ old, successor })).toBe('successor');
    expect(await allPages(successor)).toEqual(sorted);
    expect(await successor.count()).toEqual({ pages: 20, passages: 20 });
    await Promise.all([old.close(), successor.close()]);
  },
);
