import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { openIndex } from '../../bot/open-index.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import type { IndexedPage, PassageIndex } from '../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../retrieval/index/qdrant-index.ts';
import { moveWhileServing, settleSuccession } from '../../retrieval/index/succession.ts';
import { noteSpace } from '../../retrieval/index/vector-space.ts';
import { ANALYSIS_VERSION } from '../../retrieval/text/analyze.ts';
import { indexedPage } from '../support/indexed-pages.ts';
import { startQdrant } from '../support/qdrant/start-qdrant.ts';
import type { QdrantCall, QdrantStandIn } from '../support/qdrant/start-qdrant.ts';
import { runToKill } from '../support/run-to-kill.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();

/** Enough for several steps of the command: pages of the web, of a source, and chats' files. */
const pages = Array.from({ length: 165 }, (_, id) =>
  pageOf(id, [{}, { sourceId: 'docs' }, { scope: 'chat:5' as const }][id % 3]),
);

interface KillPoint {
  name: string;
  when: 'before' | 'after';
  matches: (call: QdrantCall) => boolean;
}

const adds = ({ route, body }: QdrantCall) =>
  route === 'PUT /collections/istok/points' && JSON.stringify(body).includes('"passage"');
const shows = ({ route, body }: QdrantCall) =>
  route === 'POST /collections/istok/points/batch' && JSON.stringify(body).includes('"gone":["');
const notes = ({ route, body }: QdrantCall) =>
  route === 'PUT /collections/istok/points' && JSON.stringify(body).includes('"moved-to"');
const concludes = (call: QdrantCall) => notes(call) && JSON.stringify(call.body).includes('"all"');

const points: KillPoint[] = [
  { name: 'before pages are added', when: 'before', matches: adds },
  { name: 'when pages are added', when: 'after', matches: adds },
  { name: 'before they are shown', when: 'before', matches: shows },
  { name: 'when they are shown', when: 'after', matches: shows },
  { name: 'before it notes how far it is', when: 'before', matches: notes },
];

test.concurrent.each(
  points.flatMap((point) => [1, 2, 3, 4, 5].map((round) => ({ ...point, round }))),
)(
  'npm run move-index killed $name ($round) goes on, and nothing is lost, doubled or brought back',
  { timeout: 120_000 },
  async (kill) => {
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    await fill(folder.path);
    const command = {
      file: 'bot/cli/move-index.ts',
      settings: { DATA_DIR: folder.path, QDRANT_URL: qdrant.url },
    };
    const killed = await runToKill({ ...command, onStart: (end) => killAt(qdrant, kill, end) });
    expect(killed.signal).toBe('SIGKILL');

    const running = await openAsBot(folder.path, qdrant.url);
    expect(await allPages(running.index)).toEqual(sorted(pages));
    await running.index.deleteScope('chat:5');
    await running.index.replacePage(pageOf(500));
    await running.close();

    const again = await runToKill(command);
    expect(again).toMatchObject({ code: 0, err: '' });
    const after = await openAsBot(folder.path, qdrant.url);
    expect(await allPages(after.index)).toEqual(
      sorted([...pages.filter(({ scope }) => scope === 'public'), pageOf(500)]),
    );
    await after.close();
    const old = await openEmbeddedIndex({ folder: join(folder.path, 'index') });
    expect(await old.count()).toEqual({ pages: 0, passages: 0 });
    await old.close();
  },
);

const servingPoints: (KillPoint & { round: number })[] = [
  ...[1, 3, 5, 7, 9].map((round) => ({
    round,
    name: 'when pages are added',
    when: 'after' as const,
    matches: adds,
  })),
  ...[1, 2, 3, 4, 5].map((round) => ({
    round,
    name: 'when they are shown',
    when: 'after' as const,
    matches: shows,
  })),
];

test.concurrent.each([
  ...servingPoints,
  // Only one step says that the successor holds all: killed there, five times each.
  ...[1, 2, 3, 4, 5].flatMap((time) => [
    {
      name: `before the switch, time ${time}`,
      when: 'before' as const,
      matches: concludes,
      round: 1,
    },
    {
      name: `after the switch, time ${time}`,
      when: 'after' as const,
      matches: concludes,
      round: 1,
    },
  ]),
])(
  'a program that serves while it moves, killed $name ($round), has lost nothing that it acknowledged',
  { timeout: 120_000 },
  async (kill) => {
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    await fill(folder.path);
    const killed = await runToKill({
      file: 'tests/support/qdrant/serving-mover.ts',
      args: [join(folder.path, 'index'), qdrant.url],
      onStart: (end) => killAt(qdrant, kill, end),
    });
    expect(killed).toMatchObject({ signal: 'SIGKILL', err: '' });
    const acknowledged = killed.out.split('\n').filter((line) => line !== '');

    const old = await openEmbeddedIndex({ folder: join(folder.path, 'index') });
    const successor = await openQdrantIndex({ url: qdrant.url, collection: 'istok' });
    const both = { old, successor };
    let index: PassageIndex = successor;
    if ((await settleSuccession(both)) === 'old') {
      const moving = moveWhileServing(both);
      await moving.move({ signal });
      ({ index } = moving);
    }
    const all = await allPages(index);
    const urls = all.map(({ url }) => url);
    expect(urls).toEqual([...new Set(urls)]);
    expect(urls).toEqual(expect.arrayContaining([...acknowledged, ...pages.map(({ url }) => url)]));
    expect(await old.count()).toEqual({ pages: 0, passages: 0 });
    await Promise.all([old.close(), successor.close()]);
  },
);

function pageOf(id: number, options: Parameters<typeof indexedPage>[2] = {}): IndexedPage {
  const sketch = { id, terms: { 1: 1, [id + 2]: 0.5 }, grams: { 7: 1 }, dense: [0.6, 0.8] };
  return indexedPage(`https://a.example/${id}`, [sketch], options);
}

async function fill(folder: string): Promise<void> {
  const index = await openEmbeddedIndex({ folder: join(folder, 'index') });
  await noteSpace(index, { analysis: ANALYSIS_VERSION, embedder: null });
  await Promise.all(pages.map((page) => index.replacePage(page)));
  await index.close();
}

function openAsBot(folder: string, url: string) {
  const logger = createLogger({ level: 'error', secrets: [], destination: { write: () => {} } });
  const config = readConfig({ DATA_DIR: folder, QDRANT_URL: url });
  return openIndex(config, { logger, move: 'conclude', embedder: null });
}

function killAt(
  qdrant: QdrantStandIn,
  { when: moment, matches, round }: KillPoint & { round: number },
  kill: () => void,
): void {
  let left = round;
  qdrant.watch((call, when) => {
    if (when !== moment || !matches(call)) return;
    left -= 1;
    if (left === 0) kill();
  });
}

async function allPages(index: PassageIndex): Promise<IndexedPage[]> {
  return sorted((await index.readPages({ cursor: null, limit: 1000 })).pages);
}

function sorted(all: readonly IndexedPage[]): IndexedPage[] {
  return all.toSorted((one, other) => (one.url < other.url ? -1 : 1));
}
