import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { openIndex } from '../../bot/open-index.ts';
import type { OpenIndexOptions } from '../../bot/open-index.ts';
import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../retrieval/index/qdrant-index.ts';
import { fillSuccessor } from '../../retrieval/index/succession.ts';
import { noteSpace } from '../../retrieval/index/vector-space.ts';
import { ANALYSIS_VERSION } from '../../retrieval/text/analyze.ts';
import { FIRST_EMBEDDER, SECOND_EMBEDDER } from '../support/constant-embedder.ts';
import { hybridQuery, indexedPage } from '../support/indexed-pages.ts';
import { startQdrant } from '../support/qdrant/start-qdrant.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const page = indexedPage('https://a.example/', [{ id: 1, terms: { 1: 1 } }]);
const file = indexedPage('chat-file:5/1', [{ id: 2, terms: { 1: 1 } }], { scope: 'chat:5' });

async function fill(folder: string): Promise<void> {
  const index = await openEmbeddedIndex({ folder: join(folder, 'index') });
  await noteSpace(index, { analysis: ANALYSIS_VERSION, embedder: null });
  await index.replacePage(page);
  await index.replacePage(file);
  await index.close();
}

function open(
  folder: string,
  url: string,
  move: OpenIndexOptions['move'],
  embedder: Embedder | null = null,
) {
  const log: string[] = [];
  const moved = Promise.withResolvers<void>();
  const made = Promise.withResolvers<void>();
  const logger = createLogger({
    level: 'info',
    secrets: [],
    destination: {
      write(line) {
        log.push(line);
        if (line.includes('has moved to Qdrant')) moved.resolve();
        if (line.includes('has been made anew and serves')) made.resolve();
      },
    },
  });
  const config = readConfig({ DATA_DIR: folder, QDRANT_URL: url });
  return {
    log,
    moved: moved.promise,
    made: made.promise,
    opening: openIndex(config, { logger, move, embedder }),
  };
}

/** Runs the command to its end. */
async function moveIndex(settings: Record<string, string>) {
  const program = new URL('../../bot/cli/move-index.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], {
    cwd: settings['DATA_DIR'],
    env: { ...process.env, QDRANT_URL: '', ...settings },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

test('an index that is new is kept in Qdrant at once', async () => {
  await using qdrant = await startQdrant();
  await using folder = await temporaryFolder();
  const { log, opening } = open(folder.path, qdrant.url, 'conclude');
  const { index, close } = await opening;
  await index.replacePage(page);
  await close();
  expect(log).toEqual([]);
  expect(qdrant.points('istok').some(({ payload }) => payload['url'] === page.url)).toBe(true);
});

test('one that is filled serves until the command has moved it, files of chats too', async () => {
  await using qdrant = await startQdrant();
  await using folder = await temporaryFolder();
  await fill(folder.path);
  const before = open(folder.path, qdrant.url, 'conclude');
  const running = await before.opening;
  expect(before.log.join('')).toContain(
    '2 pages are still in the embedded index and are served from there: \\"npm run move-index\\" copies them into Qdrant',
  );
  expect(await moveIndex({ DATA_DIR: folder.path, QDRANT_URL: qdrant.url })).toEqual({
    code: 0,
    out: 'Qdrant holds 2 pages, 2 passages. The bot answers from them once it is started again.\n',
    err: '',
  });
  expect(await running.index.count()).toEqual({ pages: 2, passages: 2 });
  const beside = await open(folder.path, qdrant.url, 'nothing').opening;
  await beside.close();
  expect(await running.index.count()).toEqual({ pages: 2, passages: 2 });
  await running.close();
  const after = open(folder.path, qdrant.url, 'conclude');
  const { index, close } = await after.opening;
  expect((await index.readPages({ cursor: null, limit: 9 })).pages).toEqual([page, file]);
  expect(after.log).toEqual([]);
  await close();
  const old = await openEmbeddedIndex({ folder: join(folder.path, 'index') });
  expect(await old.count()).toEqual({ pages: 0, passages: 0 });
  await old.close();
});

test('one that is filled moves while the bot runs when that is wanted', async () => {
  await using qdrant = await startQdrant();
  await using folder = await temporaryFolder();
  await fill(folder.path);
  const { moved, log, opening } = open(folder.path, qdrant.url, 'move');
  const { index, close } = await opening;
  expect((await index.count()).pages).toBe(2);
  await moved;
  expect((await index.count()).pages).toBe(2);
  await close();
  expect(log.join('')).toContain('The index has moved to Qdrant, which serves it now.');
  const again = await open(folder.path, qdrant.url, 'conclude').opening;
  expect((await again.index.count()).pages).toBe(2);
  await again.close();
});

test('a move that fails leaves the old one serving, and says so', async () => {
  await using qdrant = await startQdrant();
  await using folder = await temporaryFolder();
  await fill(folder.path);
  qdrant.fail(/points$/u, { kind: 'refuse', status: 500, message: 'No space left on device' });
  const result = await moveIndex({ DATA_DIR: folder.path, QDRANT_URL: qdrant.url });
  const { host } = new URL(qdrant.url);
  expect(result).toEqual({ code: 1, out: '', err: `the disk of Qdrant at ${host} is full\n` });
  const { index, close } = await open(folder.path, qdrant.url, 'conclude').opening;
  expect((await index.count()).pages).toBe(2);
  await close();
});

function pageBy(id: number, dense: number[]) {
  return indexedPage(`https://a.example/${id}`, [{ id, terms: { 1: 1 }, dense }]);
}

async function fillBy(folder: string): Promise<void> {
  const index = await openEmbeddedIndex({ folder: join(folder, 'index') });
  await noteSpace(index, { analysis: ANALYSIS_VERSION, embedder: 'first' });
  for (const id of [1, 2, 3]) await index.replacePage(pageBy(id, [1, 0]));
  await index.close();
}

/** How many passages each arm finds, asked with a vector of the second embedder. */
async function found(index: PassageIndex) {
  const { terms, dense } = await index.query(hybridQuery({ terms: { 1: 1 }, dense: [0.6, 0.8] }));
  return { terms: terms.length, dense: dense.length };
}

async function vectorsOf(index: PassageIndex) {
  const { pages } = await index.readPages({ cursor: null, limit: 9 });
  const vectors = pages.flatMap(({ passages }) =>
    passages.map(({ dense }) =>
      dense === null ? null : [...dense].map((value) => value.toFixed(1)),
    ),
  );
  return vectors.map(String).toSorted();
}

test('while a filled index waits to be moved, words alone rank what another embedder made', async () => {
  await using qdrant = await startQdrant();
  await using folder = await temporaryFolder();
  await fillBy(folder.path);
  const { index, close } = await open(folder.path, qdrant.url, 'conclude', SECOND_EMBEDDER).opening;
  await index.replacePage(pageBy(4, [0.6, 0.8]));
  expect(await found(index)).toEqual({ terms: 4, dense: 0 });
  await close();
  // The old embedder is set again: what it made ranks by meaning as before.
  const again = await open(folder.path, qdrant.url, 'conclude', FIRST_EMBEDDER).opening;
  expect(await vectorsOf(again.index)).toEqual(['1.0,0.0', '1.0,0.0', '1.0,0.0', 'null']);
  expect(await found(again.index)).toEqual({ terms: 4, dense: 3 });
  await again.close();
});

test.each(['conclude', 'move'] as const)(
  'a move that was cut short before the embedder was changed ends in vectors of the new one (%s)',
  async (move) => {
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    await fillBy(folder.path);
    await cutShort(folder.path, qdrant.url);
    const unfinished = open(folder.path, qdrant.url, move, SECOND_EMBEDDER);
    const { index, close } = await unfinished.opening;
    await index.replacePage(pageBy(4, [0.6, 0.8]));
    expect(await found(index)).toEqual({ terms: 4, dense: 0 });
    const settings = { DATA_DIR: folder.path, QDRANT_URL: qdrant.url };
    await (move === 'move' ? unfinished.moved : moveIndex(settings));
    expect(await found(index)).toEqual({ terms: 4, dense: 0 });
    await index.replacePage(pageBy(5, [0.6, 0.8]));
    expect(await found(index)).toEqual({ terms: 5, dense: 0 });
    await close();

    const beside = await open(folder.path, qdrant.url, 'nothing', SECOND_EMBEDDER).opening;
    expect((await found(beside.index)).dense).toBe(0);
    await beside.close();
    const anew = open(folder.path, qdrant.url, 'conclude', SECOND_EMBEDDER);
    const served = await anew.opening;
    await anew.made;
    expect((await found(served.index)).dense).toBe(5);
    expect(await vectorsOf(served.index)).toEqual(Array.from({ length: 5 }, () => '0.6,0.8'));
    await served.close();
  },
);

/** Copies one page of what is in the folder, and stops there. */
async function cutShort(folder: string, url: string): Promise<void> {
  const old = await openEmbeddedIndex({ folder: join(folder, 'index') });
  const successor = await openQdrantIndex({ url, collection: 'istok' });
  const stop = new AbortController();
  const moving = fillSuccessor(
    { old, successor },
    { signal: stop.signal, batchPages: 1, onProgress: () => stop.abort() },
  );
  await expect(moving).rejects.toThrow('aborted');
  expect((await successor.count()).pages).toBe(1);
  await Promise.all([old.close(), successor.close()]);
}

test('without an address the command says what is missing', async () => {
  await using folder = await temporaryFolder();
  expect(await moveIndex({ DATA_DIR: folder.path })).toEqual({
    code: 2,
    out: '',
    err: 'QDRANT_URL is not set, so there is nowhere to move the index to.\n',
  });
});
