import { describe, expect, test } from 'vitest';

import { chooseReleases } from '../../../retrieval/releases/choose.ts';
import type { ChooseOptions } from '../../../retrieval/releases/choose.ts';
import { mergeAppearances } from '../../../retrieval/releases/merge.ts';
import type { Appearance } from '../../../retrieval/releases/release.ts';
import { code, model, paper, post } from '../../support/appearance.ts';

const now = new Date('2026-03-12T00:00:00Z');

function choose(appearances: readonly Appearance[], options: Partial<ChooseOptions> = {}) {
  const { changed } = mergeAppearances([], appearances, { now });
  return chooseReleases(changed, {
    now,
    atMost: 5,
    isTaken: () => false,
    popularityAt: () => null,
    ...options,
  });
}

const titles = (chosen: readonly { release: { title: string } }[]): string[] =>
  chosen.map(({ release }) => release.title);

describe('choosing releases', () => {
  test('takes what people look at, and says why', () => {
    const { chosen } = choose([
      model('acme/Lumira-2-7B', { likes: 120 }),
      model('beta/Korvax-1-7B', { likes: 3 }),
    ]);
    expect(chosen).toMatchObject([
      {
        release: { title: 'Lumira-2-7B' },
        reasons: [{ kind: 'popular', measure: 'likes', value: 120 }],
      },
    ]);
  });

  test('takes what grows, though it is not much yet', () => {
    const { chosen } = choose([model('acme/Lumira-2-7B', { likes: 45 })], {
      popularityAt: (_id, at) => ({
        at,
        popularity: { downloads: null, likes: 4, upvotes: null, stars: null },
      }),
    });
    expect(chosen[0]?.reasons).toContainEqual({
      kind: 'growing',
      measure: 'likes',
      from: 4,
      to: 45,
      hours: 24,
    });
  });

  test('takes releases of watched repositories, but no repairs and trials', () => {
    const { chosen } = choose([
      code('acme/serve-kit', 'v0.7.0'),
      code('beta/tool-kit', 'v1.4.3'),
      code('gamma/flow-kit', 'v2.0.0-rc1'),
    ]);
    expect(chosen.map(({ reasons }) => reasons)).toEqual([
      [{ kind: 'watched', repository: 'acme/serve-kit' }],
    ]);
  });

  test('matches topics by their stems and in both scripts, and says which match nothing', () => {
    const speech = model('acme/Lumira-ASR-7B', {
      likes: 200,
      tags: ['automatic-speech-recognition', 'ru'],
    });
    const other = model('beta/Korvax-1-7B', { likes: 200 });
    const { chosen, unmatched } = choose([speech, other], {
      topics: ['speech recognitions', 'люмира', 'protein folding'],
    });
    expect(titles(chosen)).toEqual(['Lumira-ASR-7B']);
    expect(chosen[0]?.reasons).toContainEqual({ kind: 'topic', topic: 'speech recognitions' });
    expect(unmatched).toContain('protein folding');
    expect(unmatched).not.toContain('speech recognitions');
  });

  test('blames no topic where there was nothing to match', () => {
    const learned = { ...model('acme/Lumira-ASR-7B', { likes: 200 }), isLearned: true };
    const { chosen, unmatched } = choose([learned], { topics: ['Lumira'] });
    expect([chosen, unmatched]).toEqual([[], []]);
  });

  test('takes what has a word to include for less, and never what has one to exclude', () => {
    const little = paper('2603.01234', 'Распознавание русской речи', {
      popularity: { downloads: null, likes: null, upvotes: 6, stars: null },
    });
    expect(titles(choose([little]).chosen)).toEqual([]);
    const included = choose([little], { include: ['русский'] });
    expect(included.chosen[0]?.reasons[0]).toEqual({ kind: 'include', word: 'русский' });
    expect(titles(choose([little], { include: ['русский'], exclude: ['речь'] }).chosen)).toEqual(
      [],
    );
  });

  test('keeps to its cap, with different publishers first, and lets the others wait', () => {
    const { chosen, waiting } = choose(
      [
        model('acme/Lumira-2-7B', { likes: 900 }),
        model('acme/Qorvan-1-7B', { likes: 800 }),
        model('beta/Korvax-1-7B', { likes: 400 }),
      ],
      { atMost: 2 },
    );
    expect(titles(chosen)).toEqual(['Lumira-2-7B', 'Korvax-1-7B']);
    expect(titles(waiting)).toEqual(['Qorvan-1-7B']);
  });

  test('takes nothing that is taken, also under the id of what became part of it', () => {
    const popular = model('acme/Lumira-2-7B', { likes: 900 });
    expect(choose([popular], { isTaken: (id) => id === popular.id }).chosen).toEqual([]);
    const { changed } = mergeAppearances([], [popular], { now });
    const joined = changed.map((release) => ({ ...release, absorbed: ['arxiv:2603.01234'] }));
    const { chosen } = chooseReleases(joined, {
      now,
      atMost: 5,
      isTaken: (id) => id === 'arxiv:2603.01234',
      popularityAt: () => null,
    });
    expect(chosen).toEqual([]);
  });

  test('takes nothing old, nothing learned, and no copies alone', () => {
    const { chosen } = choose([
      model('acme/Lumira-2-7B', { likes: 900, at: '2026-02-20T00:00:00Z' }),
      model('beta/Korvax-1-7B', { likes: 900, isLearned: true }),
      model('q/Zorban-7B-GGUF', { likes: 900, bases: [['gamma/Zorban-7B', 'quantized']] }),
      post('a', 'Новости недели', [], { at: '2026-01-01T00:00:00Z' }),
    ]);
    expect(chosen).toEqual([]);
  });
});
