import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { NO_COUNTS } from '../../../retrieval/sources/source.ts';
import { openSourceStore } from '../../../retrieval/sources/source-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOON = new Date('2026-11-22T12:00:00.000Z');
const at = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);
const later = (hours: number): Date => new Date(NOON.getTime() + hours * 3_600_000);

describe('sources', () => {
  it('are kept with what was asked for', async () => {
    await using folder = await temporaryFolder();
    const first = openSourceStore({ folder: folder.path });
    const docs = first.add({
      kind: 'site',
      address: 'https://www.a.example/docs/',
      limits: { pages: 50 },
      everyHours: 6,
      preferred: true,
    });
    const other = first.add({ kind: 'feed', address: 'https://a.example/docs?feed=1' });
    expect(docs).toMatchObject({
      id: 'a.example-docs',
      address: 'https://www.a.example/docs/',
      limits: { pages: 50, depth: 3 },
      everyHours: 6,
      paused: false,
      preferred: true,
    });
    expect(other.id).toBe('a.example-docs-2');
    first.close();
    const second = openSourceStore({ folder: folder.path });
    expect(second.list()).toEqual([docs, other]);
    expect(second.change(docs.id, { paused: true, limits: { pages: 5, depth: 1 } })).toEqual({
      ...docs,
      paused: true,
      limits: { pages: 5, depth: 1 },
    });
    second.remove(docs.id);
    expect(second.list()).toEqual([other]);
    expect(second.find(docs.id)).toBeNull();
    second.close();
  });

  it('come only once, however their address is written', async () => {
    await using folder = await temporaryFolder();
    const store = openSourceStore({ folder: folder.path });
    store.add({ kind: 'page', address: 'https://a.example/x?b=2&a=1' });
    const again = () => store.add({ kind: 'site', address: 'HTTPS://A.example/x/?a=1&b=2#top' });
    expect(again).toThrow(expect.objectContaining({ reason: 'already-there' }));
    expect(store.list()).toHaveLength(1);
    expect(() => store.change('nobody', { paused: true })).toThrow('There is no source nobody.');
    store.close();
  });

  it.each([
    ['site', 'https://a.example/docs/', 'http://www.a.example/docs', 'https://a.example/blog/'],
    ['github', 'https://github.com/o/n', 'https://GitHub.com/O/n.git', 'https://github.com/o/m'],
    [
      'github',
      'https://github.com/o/n/tree/main',
      'https://github.com/o/n',
      'https://github.com/n',
    ],
    ['telegram', 'https://t.me/channel', 'https://telegram.me/s/Channel', 'https://t.me/s/other'],
    ['telegram', 'https://t.me/s/channel/15', 'https://t.me/channel', 'https://t.me/channel2'],
  ] as const)('are one %s at %s and %s, but not at %s', async (kind, address, alias, other) => {
    await using folder = await temporaryFolder();
    const store = openSourceStore({ folder: folder.path });
    const { id } = store.add({ kind, address });
    expect(() => store.add({ kind, address: alias })).toThrow(`It is there already, as ${id}.`);
    expect(store.add({ kind, address: other }).address).toBe(other);
    store.close();
  });

  it('are due when they were never read, were cut short, or their time has come', async () => {
    await using folder = await temporaryFolder();
    const store = openSourceStore({ folder: folder.path });
    const ids = ['daily', 'hourly', 'paused', 'cut', 'fresh'];
    for (const id of ids) {
      store.add({
        kind: 'page',
        address: `https://${id}/`,
        everyHours: id === 'hourly' ? 1 : 24,
      });
    }
    store.change('paused', { paused: true });
    for (const id of ['daily', 'hourly', 'cut']) store.beginRun(id, NOON);
    for (const id of ['daily', 'hourly']) {
      store.endRun(id, { outcome: 'done', error: null, now: NOON });
    }
    const due = (now: Date) => store.due(now).map(({ id }) => id);
    expect(due(later(0.5))).toEqual(['fresh', 'cut']);
    expect(due(later(1))).toEqual(['fresh', 'hourly', 'cut']);
    expect(due(later(24))).toEqual(['fresh', 'daily', 'hourly', 'cut']);
    store.close();
  });
});

describe('a run', () => {
  it('is gone on with when it was cut short', async () => {
    await using folder = await temporaryFolder();
    const store = openSourceStore({ folder: folder.path });
    const { id } = store.add({ kind: 'page', address: 'https://a.example/' });
    expect(store.latestRun(id)).toBeNull();
    expect(store.beginRun(id, NOON)).toEqual(NO_COUNTS);
    const counts = { ...NO_COUNTS, found: 7, changed: 3 };
    store.recordRun(id, counts);
    store.stagePage(id, 'https://a.example/', 'hash');
    expect(store.beginRun(id, later(1))).toEqual(counts);
    expect(store.latestRun(id)).toMatchObject({ startedAt: NOON.toISOString(), endedAt: null });
    expect(store.stagedPages(id)).toEqual(new Map([['https://a.example/', 'hash']]));
    store.servePages(id, store.stagedPages(id));
    store.endRun(id, { outcome: 'failed', error: 'unreachable', now: later(2) });
    expect(store.latestRun(id)).toEqual({
      startedAt: NOON.toISOString(),
      endedAt: later(2).toISOString(),
      outcome: 'failed',
      error: 'unreachable',
      counts,
    });
    expect(store.stagedPages(id).size).toBe(0);
    expect(store.pages(id).get('https://a.example/')).toBe('hash');
    expect(store.beginRun(id, later(3))).toEqual(NO_COUNTS);
    store.remove(id);
    expect(store.latestRun(id)).toBeNull();
    expect(store.pages(id).size).toBe(0);
    store.close();
  });
});

describe('the turn', () => {
  it('is of one program at a time, until it is given back or not renewed', async () => {
    await using folder = await temporaryFolder();
    const one = openSourceStore({ folder: folder.path, turnMs: 30_000 });
    const other = openSourceStore({ folder: folder.path, turnMs: 30_000 });
    expect(one.takeTurn('one', at(0))).toBe(true);
    expect(other.takeTurn('other', at(20))).toBe(false);
    expect(one.takeTurn('one', at(25))).toBe(true);
    expect(other.takeTurn('other', at(50))).toBe(false);
    expect(other.takeTurn('other', at(56))).toBe(true);
    expect(one.takeTurn('one', at(57))).toBe(false);
    one.giveTurnBack('one');
    expect(one.takeTurn('one', at(58))).toBe(false);
    other.giveTurnBack('other');
    expect(one.takeTurn('one', at(59))).toBe(true);
    one.close();
    other.close();
  });
});

it('sets a damaged list aside and says so', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(join(folder.path, 'sources.sqlite'), 'no database '.repeat(1000));
  const problems: string[] = [];
  const store = openSourceStore({
    folder: folder.path,
    onProblem: (sentence) => problems.push(sentence),
  });
  expect(store.list()).toEqual([]);
  expect(problems[0]).toMatch(/^The list of sources was damaged: it was set aside as sources\./u);
  const aside = readdirSync(folder.path).filter((name) => name.includes('.damaged-'));
  expect(aside).toHaveLength(1);
  store.close();
});
