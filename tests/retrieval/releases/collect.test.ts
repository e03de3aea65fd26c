import { describe, expect, test } from 'vitest';

import { collectReleases } from '../../../retrieval/releases/collect.ts';
import type { Appearance } from '../../../retrieval/releases/release.ts';
import { ReleaseSourceError } from '../../../retrieval/releases/release-source.ts';
import type { CollectOptions, ReleaseSource } from '../../../retrieval/releases/release-source.ts';
import { openReleaseStore } from '../../../retrieval/releases/release-store.ts';
import { model, paper } from '../../support/appearance.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-11T00:00:00Z');
const { signal } = new AbortController();

function source(
  name: string,
  collect: (options: CollectOptions) => readonly Appearance[] | Promise<readonly Appearance[]>,
): ReleaseSource {
  return {
    name,
    async *collect(options) {
      yield* await collect(options);
    },
  };
}

async function openStore() {
  const folder = await temporaryFolder();
  const store = openReleaseStore({ folder: folder.path });
  return {
    store,
    async [Symbol.asyncDispose]() {
      store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('a round of collecting', () => {
  test('learns in silence what is there when a source is read first', async () => {
    await using opened = await openStore();
    const { store } = opened;
    let shown = [model('acme/Lumira-2-7B')];
    const hub = source('hub', () => shown);
    const first = await collectReleases({ sources: [hub], store, signal, now: () => START });
    expect(first.sources).toEqual([
      { name: 'hub', found: 1, failed: null, notes: [], isFirst: true },
    ]);
    expect(first.changed[0]?.appearances[0]?.isLearned).toBe(true);
    shown = [...shown, model('beta/Korvax-1-7B', { at: '2026-03-11T03:00:00Z' })];
    const second = await collectReleases({ sources: [hub], store, signal, now: () => START + DAY });
    expect(second.changed.map(({ title }) => title)).toEqual(['Korvax-1-7B']);
    expect(second.changed[0]?.appearances[0]?.isLearned).toBeUndefined();
    expect(store.find('huggingface:acme/Lumira-2-7B')?.appearances[0]?.isLearned).toBe(true);
  });

  test('keeps what came before a source failed, and harms no other', async () => {
    await using opened = await openStore();
    const { store } = opened;
    const sources: ReleaseSource[] = [
      {
        name: 'half',
        async *collect({ conditions }) {
          conditions.remember('https://half.example/1', { etag: '"1"', lastModified: null });
          yield model('acme/Lumira-2-7B');
          throw new ReleaseSourceError('half: too many requests (HTTP 429)', {
            reason: 'rate-limited',
            retryAt: new Date(START + 2 * HOUR),
          });
        },
      },
      source('broken', () => {
        throw new TypeError('x is not a function');
      }),
      source('well', ({ conditions }) => {
        conditions.remember('https://well.example/1', { etag: '"2"', lastModified: null });
        return [paper('2603.01234', 'A Study of Many Things')];
      }),
    ];
    const report = await collectReleases({ sources, store, signal, now: () => START });
    expect(
      report.sources.map(({ name, found, failed }) => [
        name,
        found,
        failed?.reason,
        failed?.sentence,
      ]),
    ).toEqual([
      ['half', 1, 'rate-limited', 'half: too many requests (HTTP 429)'],
      ['broken', 0, 'unknown', 'broken: could not be read'],
      ['well', 1, undefined, undefined],
    ]);
    expect(report.changed).toHaveLength(2);
    // Asking by what came before the failure would leave the rest out for good.
    expect(store.validators('https://half.example/1')).toBeNull();
    expect(store.validators('https://well.example/1')).toEqual({ etag: '"2"', lastModified: null });
    expect(store.sources().map(({ name, succeededAt }) => [name, succeededAt])).toEqual([
      ['broken', null],
      ['half', null],
      ['well', new Date(START)],
    ]);
  });

  test('leaves a service alone until when it asked, and then reads what was missed', async () => {
    await using opened = await openStore();
    const { store } = opened;
    const since: Date[] = [];
    let isOut = false;
    const hub = source('hub', (options) => {
      since.push(options.since);
      if (!isOut) return [];
      throw new ReleaseSourceError('hub: too many requests', {
        reason: 'rate-limited',
        retryAt: new Date(START + 8 * HOUR),
      });
    });
    const round = (at: number) => collectReleases({ sources: [hub], store, signal, now: () => at });
    await round(START);
    isOut = true;
    await round(START + HOUR);
    isOut = false;
    const resting = await round(START + 2 * HOUR);
    expect(resting.sources[0]?.failed?.reason).toBe('rate-limited');
    expect(since).toHaveLength(2);
    const back = await round(START + 20 * DAY);
    expect(back.sources[0]?.failed).toBeNull();
    // As far back as its last good reading, and three days before that.
    expect(since[2]).toEqual(new Date(START - 3 * DAY));
  });

  test('does not wait for a source that heeds nothing', async () => {
    await using opened = await openStore();
    const { store } = opened;
    const stuck = source('stuck', () => new Promise(() => {}));
    const well = source('well', () => [model('acme/Lumira-2-7B')]);
    const report = await collectReleases({
      sources: [stuck, well],
      store,
      signal,
      now: () => START,
      deadlineMs: 20,
    });
    expect(report.sources[0]?.failed).toMatchObject({
      reason: 'timeout',
      sentence: 'stuck: not read to its end within 20 ms',
    });
    expect(report.changed).toHaveLength(1);
  });

  test('stores nothing when it is told to stop', async () => {
    await using opened = await openStore();
    const { store } = opened;
    const controller = new AbortController();
    const stop = new Error('stop');
    const hub = source('hub', () => {
      controller.abort(stop);
      return [model('acme/Lumira-2-7B')];
    });
    await expect(
      collectReleases({ sources: [hub], store, signal: controller.signal, now: () => START }),
    ).rejects.toBe(stop);
    expect(store.load({ changedSince: new Date(0) })).toEqual([]);
    expect(store.sources()).toEqual([]);
  });

  test('stands a clock that jumps a year ahead and back', async () => {
    await using opened = await openStore();
    const { store } = opened;
    const since: Date[] = [];
    const hub = source('hub', (options) => {
      since.push(options.since);
      return [model('acme/Lumira-2-7B', { at: '2026-03-10T08:00:00Z' })];
    });
    for (const at of [START, START + 365 * DAY, START + HOUR]) {
      await collectReleases({ sources: [hub], store, signal, now: () => at });
    }
    expect(store.load({ changedSince: new Date(0) })).toHaveLength(1);
    expect(since[2]).toEqual(new Date(START + HOUR - 3 * DAY));
  });
});
