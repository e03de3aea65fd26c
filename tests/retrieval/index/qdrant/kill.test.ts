import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { expect, test } from 'vitest';

import type { PassageIndex } from '../../../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../../../retrieval/index/qdrant-index.ts';
import { hybridQuery } from '../../../support/indexed-pages.ts';
import { passagesOf, WRITTEN_PAGES } from '../../../support/qdrant/index-writer.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';
import type { QdrantCall, QdrantStandIn } from '../../../support/qdrant/start-qdrant.ts';

interface KillPoint {
  name: string;
  when: 'before' | 'after';
  matches: (call: QdrantCall) => boolean;
}

const upserts = ({ route }: QdrantCall) => route === 'PUT /collections/istok/points';
const batches = ({ route }: QdrantCall) => route === 'POST /collections/istok/points/batch';
const mentions = (word: string) => (call: QdrantCall) =>
  batches(call) && JSON.stringify(call.body).includes(word);

const points: KillPoint[] = [
  { name: 'before points are added', when: 'before', matches: upserts },
  { name: 'when a part of a page is added', when: 'after', matches: upserts },
  { name: 'before the step that shows it', when: 'before', matches: mentions('"gone":["') },
  { name: 'after the step that shows it', when: 'after', matches: mentions('"gone":["') },
  { name: 'before it is tidied up', when: 'before', matches: mentions('"born":["served"]') },
  { name: 'after it is tidied up', when: 'after', matches: mentions('"born":["served"]') },
];

const kills = points.flatMap((point) => [3, 6, 8, 11, 15].map((round) => ({ ...point, round })));

test.each(kills)(
  'a page is whole and none older than was acknowledged, when killed $name ($round)',
  { timeout: 60_000 },
  async (kill) => {
    await using qdrant = await startQdrant();
    const lines = await runUntilKilled(qdrant, 'replace', kill);
    const index = await openQdrantIndex({ url: qdrant.url, collection: 'istok', pausesMs: [] });
    for (let page = 0; page < WRITTEN_PAGES; page += 1) {
      const acknowledged = lines.findLast((line) => line.startsWith(`${page} `));
      const { version, passages } = await seen(index, page);
      expect(version).toBeGreaterThanOrEqual(Number(acknowledged?.split(' ')[1] ?? 0));
      expect(passages).toBe(version === 0 ? 0 : passagesOf(version));
    }
    await leavesNothing(qdrant, index);
  },
);

test.each(kills)(
  'a source is whole and none older than was acknowledged, when killed $name ($round)',
  { timeout: 60_000 },
  async (kill) => {
    await using qdrant = await startQdrant();
    const lines = await runUntilKilled(qdrant, 'rebuild', kill);
    const index = await openQdrantIndex({ url: qdrant.url, collection: 'istok', pausesMs: [] });
    const versions = await Promise.all([1, 2].map((page) => seen(index, page)));
    const kept = await seen(index, 0);
    const served = Math.max(...versions.map(({ version }) => version));
    expect(served).toBeGreaterThanOrEqual(Number(lines.at(-1)?.split(' ')[1] ?? 0));
    expect(versions.map(({ version }) => version)).toEqual([served, served]);
    expect(kept.version).toBe(Math.min(1, served));
    for (const { version, passages } of [kept, ...versions]) {
      expect(passages).toBe(version === 0 ? 0 : passagesOf(version));
    }
    const rebuild = index.rebuildSource('docs');
    for (const url of await rebuild.done()) await rebuild.keep(url);
    await rebuild.discard();
    await leavesNothing(qdrant, index);
  },
);

async function seen(index: PassageIndex, page: number) {
  const { terms, dense } = await index.query(
    hybridQuery({ terms: { [page + 1]: 1 }, limit: 1000 }),
  );
  expect(dense).toEqual([]);
  const versions = new Set(terms.map(({ passage }) => Number(passage.text)));
  expect(versions.size).toBeLessThanOrEqual(1);
  return { version: [...versions][0] ?? 0, passages: terms.length };
}

/** A start long after the kill removes whatever nobody will ever see. */
async function leavesNothing(qdrant: QdrantStandIn, index: PassageIndex): Promise<void> {
  const { passages } = await index.count();
  await index.close();
  const later = await openQdrantIndex({
    url: qdrant.url,
    collection: 'istok',
    pausesMs: [],
    now: () => Date.now() + 7_200_000,
  });
  expect((await later.count()).passages).toBe(passages);
  const kinds = qdrant.points('istok').map(({ payload }) => payload['kind']);
  expect(kinds.filter((kind) => kind === 'passage')).toHaveLength(passages);
  expect(kinds.filter((kind) => kind !== 'passage')).toEqual([]);
  await later.close();
}

/** Resolves with what the program had printed when it was killed, at the so-manieth such request. */
async function runUntilKilled(
  qdrant: QdrantStandIn,
  work: 'replace' | 'rebuild',
  { when: moment, matches, round }: KillPoint & { round: number },
): Promise<string[]> {
  const program = new URL('../../../support/qdrant/index-writer.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, qdrant.url, work], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let left = round;
  qdrant.watch((call, when) => {
    if (when !== moment || !matches(call)) return;
    left -= 1;
    if (left === 0) child.kill('SIGKILL');
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  expect((await exited)[1]).toBe('SIGKILL');
  return lines;
}
