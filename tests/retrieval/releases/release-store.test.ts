import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { mergeAppearances } from '../../../retrieval/releases/merge.ts';
import { openReleaseStore } from '../../../retrieval/releases/release-store.ts';
import type { Appearance } from '../../../retrieval/releases/release.ts';
import { model, paper } from '../../support/appearance.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const at = new Date('2026-03-11T00:00:00Z');
const day = 86_400_000;
const none = { absorbed: [], sources: [] };

describe('the store of releases', () => {
  test('gives back what it was given, after it was closed too', async () => {
    await using folder = await temporaryFolder();
    const seen = [
      model('acme/Lumira-2-7B', { aliases: ['huggingface-id:65f0'], papers: ['2603.01234'] }),
    ];
    const { changed } = mergeAppearances([], seen, { now: at });
    const first = openReleaseStore({ folder: folder.path });
    first.record({ ...none, changed, at });
    first.close();
    const store = openReleaseStore({ folder: folder.path });
    expect(store.load({ changedSince: at })).toEqual(changed);
    expect(store.find('huggingface:acme/Lumira-2-7B')).toEqual(changed[0]);
    const later = new Date(at.getTime() + day);
    expect(store.load({ changedSince: later })).toEqual([]);
    expect(store.load({ changedSince: later, holding: ['huggingface-id:65f0'] })).toEqual(changed);
    store.record({
      changed: [],
      absorbed: ['huggingface:acme/Lumira-2-7B'],
      sources: [],
      at: later,
    });
    expect(store.load({ changedSince: at, holding: ['huggingface-id:65f0'] })).toEqual([]);
    store.close();
  });

  test('tells how popular a thing was, a quarter of a day apart', async () => {
    await using folder = await temporaryFolder();
    const store = openReleaseStore({ folder: folder.path });
    for (const [hours, likes] of [
      [0, 1],
      [1, 5],
      [7, 20],
      [30, 90],
    ] as const) {
      const now = new Date(at.getTime() + (hours * day) / 24);
      const { changed } = mergeAppearances([], [model('acme/Lumira-2-7B', { likes })], { now });
      store.record({ ...none, changed, at: now });
    }
    const likesAt = (hours: number): number | null | undefined =>
      store.popularityAt(
        'huggingface:acme/Lumira-2-7B',
        new Date(at.getTime() + (hours * day) / 24),
      )?.popularity.likes;
    expect([likesAt(-5), likesAt(2), likesAt(8), likesAt(31)]).toEqual([1, 1, 20, 90]);
    expect(store.popularityAt('huggingface:other/thing', at)).toBeNull();
    store.close();
  });

  test('finds what became part of another by the id that it had', async () => {
    await using folder = await temporaryFolder();
    const store = openReleaseStore({ folder: folder.path });
    const round = (seen: Appearance[], days: number): void => {
      const now = new Date(at.getTime() + days * day);
      const known = store.load({ changedSince: new Date(0) });
      const { changed, absorbed } = mergeAppearances(known, seen, { now });
      store.record({ changed, absorbed, sources: [], at: now });
    };
    round([paper('2603.01234', 'A study of cranes in winter')], 0);
    round([model('acme/Lumira-2-7B')], 1);
    round([model('acme/Lumira-2-7B', { papers: ['2603.01234'] })], 2);
    const found = store.find('huggingface:acme/Lumira-2-7B');
    expect(found?.links).toMatchObject({
      huggingface: 'https://huggingface.co/acme/Lumira-2-7B',
      paper: 'https://arxiv.org/abs/2603.01234',
    });
    expect(store.find('arxiv:2603.01234')).toEqual(found);
    expect(store.find('huggingface:acme/Lumira-2')).toBeNull();
    store.close();
  });

  test('sets a damaged file aside and says so', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(
      join(folder.path, 'releases.sqlite'),
      'not a database at all, by no means'.repeat(50),
    );
    const problems: string[] = [];
    const store = openReleaseStore({
      folder: folder.path,
      onProblem: (problem) => problems.push(problem),
    });
    expect(store.load({ changedSince: new Date(0) })).toEqual([]);
    store.close();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^The list of releases was damaged: it was set aside as releases/u);
    expect(readdirSync(folder.path).some((name) => name.includes('.damaged-'))).toBe(true);
  });
});
