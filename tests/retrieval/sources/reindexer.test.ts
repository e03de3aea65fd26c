import { expect, it } from 'vitest';

import { createDiscovery } from '../../../retrieval/sources/discover/discover-pages.ts';
import { createReindexer } from '../../../retrieval/sources/reindexer.ts';
import type { Reindexer, ReindexerOptions } from '../../../retrieval/sources/reindexer.ts';
import { openSourceStore } from '../../../retrieval/sources/source-store.ts';
import type { SourceStore } from '../../../retrieval/sources/source-store.ts';
import { MemoryIndex } from '../../support/memory-index.ts';
import { articlePage, createScriptedWeb } from '../../support/scripted-web.ts';
import type { ScriptedWeb } from '../../support/scripted-web.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();

it('reads all sources that are not paused, one after another, and says how far it is', async () => {
  await using folder = await temporaryFolder();
  const { reindexer, store } = open(folder.path);
  for (const name of ['a', 'b', 'c'])
    store.add({ kind: 'page', address: `https://${name}.example/` });
  store.change('b.example', { paused: true });
  const seen: string[] = [];
  const results = await reindexer.run(null, {
    signal,
    onProgress: ({ source, at, of }) => seen.push(`${source.id} ${at}/${of}`),
  });
  expect(results.map(({ source, outcome }) => [source.id, outcome])).toEqual([
    ['a.example', 'done'],
    ['c.example', 'failed'],
  ]);
  expect(seen).toEqual(['a.example 1/2', 'c.example 2/2']);
  expect(await reindexer.run(['b.example'], { signal })).toMatchObject([{ outcome: 'done' }]);
  await expect(reindexer.run(['a.example', 'nobody'], { signal })).rejects.toThrow(
    'There is no source nobody.',
  );
  store.close();
});

it('is busy while it, or another program, reads', async () => {
  await using folder = await temporaryFolder();
  const one = open(folder.path);
  const other = open(folder.path);
  one.store.add({ kind: 'page', address: 'https://a.example/' });
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const fetchPage = one.web.fetchPage;
  one.web.fetchPage = async (url, options) => {
    asked.resolve();
    await goOn.promise;
    return fetchPage(url, options);
  };
  const running = one.reindexer.run(null, { signal });
  await asked.promise;
  const busy = { reason: 'busy', message: 'Sources are being read already.' };
  await expect(one.reindexer.run(null, { signal })).rejects.toMatchObject(busy);
  await expect(other.reindexer.run(null, { signal })).rejects.toMatchObject(busy);
  expect(await other.reindexer.runDue({ signal })).toEqual([]);
  goOn.resolve();
  expect(await running).toMatchObject([{ outcome: 'done' }]);
  expect(await other.reindexer.run(null, { signal })).toMatchObject([{ outcome: 'done' }]);
  one.store.close();
  other.store.close();
});

it('reads what is due and nothing else', async () => {
  await using folder = await temporaryFolder();
  let time = new Date('2026-11-22T12:00:00.000Z');
  const { reindexer, store } = open(folder.path, () => time);
  store.add({ kind: 'page', address: 'https://a.example/', everyHours: 24 });
  store.add({ kind: 'page', address: 'https://b.example/', everyHours: 1 });
  const due = async () => (await reindexer.runDue({ signal })).map(({ source }) => source.id);
  expect(await due()).toEqual(['a.example', 'b.example']);
  expect(await due()).toEqual([]);
  time = new Date('2026-11-22T13:00:00.000Z');
  expect(await due()).toEqual(['b.example']);
  store.close();
});

it('leaves out what was removed or paused before its turn came, and reads the rest', async () => {
  await using folder = await temporaryFolder();
  const { reindexer, store, web } = open(folder.path);
  for (const name of ['a', 'b', 'c', 'd'])
    store.add({ kind: 'page', address: `https://${name}.example/` });
  web.answers.set('https://d.example/', articlePage('Лена'));
  const { fetchPage } = web;
  web.fetchPage = async (url, options) => {
    if (url === 'https://a.example/') {
      store.remove('b.example');
      store.change('c.example', { paused: true });
    }
    return fetchPage(url, options);
  };
  const results = await reindexer.run(null, { signal });
  expect(results.map(({ source, outcome }) => [source.id, outcome])).toEqual([
    ['a.example', 'done'],
    ['d.example', 'done'],
  ]);
  store.close();
});

it('stops when it was held up for so long that another program reads', async () => {
  await using folder = await temporaryFolder();
  const index = new MemoryIndex();
  let time = new Date('2026-11-22T12:00:00.000Z');
  const one = open(folder.path, () => time, { index, renewMs: 1, concurrency: 1 });
  const other = open(folder.path, () => time, { index });
  one.store.add({ kind: 'site', address: 'https://a.example/' });
  for (const { web } of [one, other]) {
    web.answers.set('https://a.example/', articlePage('Начало', ['/1', '/2']));
    web.answers.set('https://a.example/1', articlePage('Волга'));
    web.answers.set('https://a.example/2', articlePage('Ока'));
  }
  const ended = Promise.withResolvers<void>();
  const { fetchPage } = one.web;
  one.web.fetchPage = async (url, options) => {
    if (url !== 'https://a.example/2') return fetchPage(url, options);
    // As if its process had slept: its turn is over when it wakes up.
    time = new Date('2026-11-22T13:00:00.000Z');
    expect(other.store.takeTurn('the other', time)).toBe(true);
    options.signal.addEventListener('abort', () => ended.resolve());
    await ended.promise;
    return fetchPage(url, options);
  };
  expect(await one.reindexer.run(null, { signal })).toMatchObject([{ outcome: 'interrupted' }]);
  other.store.giveTurnBack('the other');
  expect(await other.reindexer.run(null, { signal })).toMatchObject([
    { outcome: 'done', counts: { found: 3, failed: 0 } },
  ]);
  expect(await index.count()).toMatchObject({ pages: 3 });
  one.store.close();
  other.store.close();
});

it('reads pages that two sources have only when they change', async () => {
  await using folder = await temporaryFolder();
  const index = new MemoryIndex();
  const { reindexer, store, web } = open(folder.path, undefined, { index });
  web.answers.set('https://a.example/', articlePage('Начало', ['/1', '/2']));
  web.answers.set('https://a.example/1', articlePage('Волга'));
  web.answers.set('https://a.example/2', articlePage('Ока'));
  web.answers.set('https://a.example/feed', feedOf('/1', '/2'));
  store.add({ kind: 'site', address: 'https://a.example/' });
  store.add({ kind: 'feed', address: 'https://a.example/feed' });
  const changed = async () => {
    const results = await reindexer.run(['a.example', 'a.example-feed'], { signal });
    return results.map(({ counts }) => counts.changed);
  };
  expect(await changed()).toEqual([3, 2]);
  expect(await changed()).toEqual([0, 0]);
  web.answers.set('https://a.example/1', articlePage('Кама'));
  expect(await changed()).toEqual([1, 1]);
  expect(await changed()).toEqual([0, 0]);
  // What went with the one is read again for the other.
  web.answers.set('https://a.example/feed', feedOf('/1'));
  await changed();
  expect(await index.count()).toMatchObject({ pages: 2 });
  expect(await changed()).toEqual([1, 0]);
  expect(await index.count()).toMatchObject({ pages: 3 });
  store.close();
});

it('leaves the sources after the one that was cancelled', async () => {
  await using folder = await temporaryFolder();
  const { reindexer, store } = open(folder.path);
  for (const name of ['a', 'b']) store.add({ kind: 'page', address: `https://${name}.example/` });
  const stop = new AbortController();
  const results = await reindexer.run(null, {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  expect(results.map(({ source, outcome }) => [source.id, outcome])).toEqual([
    ['a.example', 'cancelled'],
  ]);
  store.close();
});

/** Both programs may have an index of their own: it is not what is tried here. */
function feedOf(...paths: string[]): string {
  const items = paths.map((path) => `<item><link>https://a.example${path}</link></item>`);
  return `<rss version="2.0"><channel>${items.join('')}</channel></rss>`;
}

function open(
  folder: string,
  now: () => Date = () => new Date(),
  options: Partial<Pick<ReindexerOptions, 'index' | 'renewMs' | 'concurrency'>> = {},
): { reindexer: Reindexer; store: SourceStore; web: ScriptedWeb } {
  const store = openSourceStore({ folder });
  const web = createScriptedWeb({
    'https://a.example/': articlePage('Волга'),
    'https://b.example/': articlePage('Ока'),
  });
  const reindexer = createReindexer({
    store,
    index: new MemoryIndex(),
    discover: createDiscovery(),
    fetchPage: (url, options) => web.fetchPage(url, options),
    embedder: null,
    now,
    ...options,
  });
  return { reindexer, store, web };
}
