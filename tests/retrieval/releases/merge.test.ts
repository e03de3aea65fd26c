import { describe, expect, test } from 'vitest';

import { mergeAppearances } from '../../../retrieval/releases/merge.ts';
import type { Appearance, Release } from '../../../retrieval/releases/release.ts';
import { code, model, paper, post } from '../../support/appearance.ts';

const now = new Date('2026-03-12T00:00:00Z');
const later = new Date('2026-03-13T00:00:00Z');

/** The ids of each release's appearances, in order. */
function groups(releases: readonly Release[]): string[][] {
  return releases
    .map(({ appearances }) =>
      appearances.map(({ id }) => id.replace(/^huggingface:/u, '')).toSorted(),
    )
    .toSorted();
}

function merged(...appearances: Appearance[]): string[][] {
  const together = groups(mergeAppearances([], appearances, { now }).changed);
  // One after another, and the other way round, must come to the same.
  for (const order of [appearances, appearances.toReversed()]) {
    let known: Release[] = [];
    for (const appearance of order)
      known = apply(known, mergeAppearances(known, [appearance], { now }));
    expect(groups(known)).toEqual(together);
  }
  return together;
}

function apply(
  known: readonly Release[],
  { changed, absorbed }: { changed: Release[]; absorbed: string[] },
): Release[] {
  const gone = new Set([...absorbed, ...changed.map(({ id }) => id)]);
  return [...known.filter(({ id }) => !gone.has(id)), ...changed];
}

describe('one release', () => {
  test('is a model, its paper by the card’s tag, and the code of the same owner', () => {
    const { changed } = mergeAppearances(
      [],
      [
        model('acme/Lumira-2-7B', { papers: ['2603.01234'] }),
        paper('2603.01234', 'Scaling Small Models', { summary: 'We train Lumira-2.' }),
        code('acme-ai/Lumira-2', 'v1.0'),
      ],
      { now },
    );
    expect(changed).toMatchObject([
      {
        id: 'arxiv:2603.01234',
        title: 'Lumira-2-7B',
        kind: 'model',
        links: {
          github: 'https://github.com/acme-ai/Lumira-2',
          huggingface: 'https://huggingface.co/acme/Lumira-2-7B',
          paper: 'https://arxiv.org/abs/2603.01234',
        },
        firstSeenAt: now,
        changedAt: now,
      },
    ]);
  });

  test('is a model and the paper that has its name, without any link', () => {
    expect(
      merged(
        model('acme/Lumira-2-7B-Instruct'),
        paper('2603.01234', 'Lumira 2: An Open Model for Retrieval', {
          at: '2026-03-04T00:00:00Z',
        }),
      ),
    ).toHaveLength(1);
    expect(
      merged(
        model('acme/Lumira-2-7B'),
        paper('2603.01234', 'Scaling Small Models', { summary: 'We introduce Lumira-2, a model.' }),
      ),
    ).toHaveLength(1);
  });

  test('is all sizes and variants that a publisher puts out together', () => {
    const { changed } = mergeAppearances(
      [],
      [
        model('acme/Lumira-2-7B'),
        model('acme/Lumira-2-70B-Instruct', { at: '2026-03-11T08:00:00Z' }),
        model('acme/Lumira-2-70B-Base'),
      ],
      { now },
    );
    expect(changed.map(({ title }) => title)).toEqual(['Lumira-2']);
  });

  test('is a model with the copies that others make of it, however they tell', () => {
    expect(
      merged(
        model('acme/Lumira-2-7B'),
        model('quants/Lumira-2-7B-GGUF', { bases: [['acme/Lumira-2-7B', 'quantized']] }),
        model('others/Lumira-2-7B-bnb-4bit', { at: '2026-03-11T08:00:00Z' }),
        model('more/acme_Lumira-2-7B-Q4_K_M-GGUF', { at: '2026-03-11T09:00:00Z' }),
        model('mirror/Lumira-2-7B', {
          bases: [['acme/Lumira-2-7B', 'finetune']],
          at: '2026-03-12T08:00:00Z',
        }),
      ),
    ).toHaveLength(1);
  });

  test('is a paper at arXiv and among the daily ones, v1 and v2', () => {
    const daily: Appearance = {
      ...paper('2603.01234', 'A Study of Many Things'),
      id: 'huggingface:papers/2603.01234',
      service: 'huggingface',
      url: 'https://huggingface.co/papers/2603.01234',
    };
    expect(merged(paper('2603.01234', 'A Study of Many Things'), daily)).toHaveLength(1);
    const [first] = mergeAppearances([], [paper('2603.01234', 'A Study of Many Things')], {
      now,
    }).changed;
    const second = mergeAppearances(
      first === undefined ? [] : [first],
      [paper('2603.01234', 'A Study of Many Things (Extended)', { updatedAt: later })],
      { now: later },
    );
    expect(second.changed).toMatchObject([
      {
        id: 'arxiv:2603.01234',
        title: 'A Study of Many Things (Extended)',
        changedAt: later,
        firstSeenAt: now,
      },
    ]);
  });

  test('is a paper and the repository that it calls its code', () => {
    expect(
      merged(
        paper('2603.01234', 'A Study of Many Things', { links: ['https://github.com/jo/things'] }),
        code('jo/things', 'v1.0'),
      ),
    ).toHaveLength(1);
  });

  test('is what posts say of it, by their links or by its name in their title', () => {
    expect(
      merged(
        model('acme/Lumira-2-7B'),
        post('a', 'A new model', ['https://huggingface.co/acme/Lumira-2-7B?x=1']),
        post('b', 'Вышла Lumira 2: открытые веса'),
      ),
    ).toHaveLength(1);
  });

  test('is a renamed repository, still with its copies', () => {
    const before = model('acme/Lumira-2-7B', { aliases: ['huggingface-id:65f0'] });
    const known = mergeAppearances([], [before], { now }).changed;
    const after = model('acme/Lumira-2-7B-v1', { aliases: ['huggingface-id:65f0'] });
    const copy = model('q/lumira-gguf', { bases: [['acme/Lumira-2-7B', 'quantized']] });
    const { changed, absorbed } = mergeAppearances(known, [after, copy], { now: later });
    expect(
      changed.map(({ id, appearances }) => [id, appearances.map(({ title }) => title)]),
    ).toEqual([['huggingface:acme/Lumira-2-7B', ['Lumira-2-7B-v1', 'lumira-gguf']]]);
    expect(absorbed).toEqual([]);
  });
});

describe('two releases', () => {
  test.each<[string, Appearance[]]>([
    [
      'are two versions, weeks apart',
      [model('acme/Lumira-V3'), model('acme/Lumira-V3.1', { at: '2026-03-28T08:00:00Z' })],
    ],
    [
      'are two kinds of one brand',
      [model('acme/Lumira-2-Coder-7B'), model('acme/Lumira-2-Math-7B')],
    ],
    [
      'are a model and what someone tuned of it, though it names the same paper',
      [
        model('acme/Lumira-2-7B', { papers: ['2603.01234'] }),
        paper('2603.01234', 'Lumira-2 Technical Report'),
        model('jo/Lumira-2-7B-medical', {
          bases: [['acme/Lumira-2-7B', 'finetune']],
          papers: ['2603.01234'],
        }),
      ],
    ],
    [
      'are a model and the old paper of a method that it uses',
      [
        model('acme/Lumira-2-7B', { papers: ['2106.09685'] }),
        paper('2106.09685', 'LoRA: Low-Rank Adaptation', { at: '2021-06-17T00:00:00Z' }),
      ],
    ],
    [
      'are a model and a study of it by others',
      [model('acme/Lumira-2-7B'), paper('2603.01234', 'Evaluating Lumira-2 on Long Tables')],
    ],
    [
      'are exercises of two people under one name',
      [model('jo/gpt2-finetuned'), model('ann/gpt2-finetuned')],
    ],
    [
      'are two versions of a tool',
      [code('acme/serve-kit', 'v0.6.0'), code('acme/serve-kit', 'v0.7.0')],
    ],
    [
      'are a tool and a model that it came to support',
      [
        model('acme/Lumira-2-7B'),
        code('tools/servekit', 'v1.2.0', {
          links: ['https://github.com/tools/servekit', 'https://huggingface.co/acme/Lumira-2-7B'],
        }),
      ],
    ],
  ])('%s', (_name, appearances) => {
    expect(merged(...appearances)).toHaveLength(2);
  });

  test('stay two when a post sums up both', () => {
    expect(
      merged(
        model('acme/Lumira-2-7B'),
        model('beta/Korvax-1-7B'),
        post('week', 'Lumira-2, Korvax-1 и другие', [
          'https://huggingface.co/acme/Lumira-2-7B',
          'https://huggingface.co/beta/Korvax-1-7B',
        ]),
      ),
    ).toHaveLength(3);
  });

  test('become one by a later link, under the id of the first, which names the other', () => {
    const known = mergeAppearances(
      [],
      [
        model('acme/spark-7B'),
        paper('2603.01234', 'Sparse Things at Scale', { at: '2026-03-11T00:00:00Z' }),
      ],
      { now },
    ).changed;
    expect(known).toHaveLength(2);
    const { changed, absorbed } = mergeAppearances(
      known,
      [model('acme/spark-7B', { papers: ['2603.01234'] })],
      { now: later },
    );
    const [kept] = changed;
    expect(changed).toHaveLength(1);
    expect(kept?.changedAt).toEqual(later);
    expect([kept?.id, ...(kept?.absorbed ?? [])].toSorted()).toEqual([
      'arxiv:2603.01234',
      'huggingface:acme/spark-7B',
    ]);
    expect(absorbed).toEqual(kept?.absorbed);
  });
});

describe('what is seen again', () => {
  test('changes nothing when it is the same, and is no news when it is only more popular', () => {
    const known = mergeAppearances([], [model('acme/Lumira-2-7B', { likes: 1 })], { now }).changed;
    expect(
      mergeAppearances(known, [model('acme/Lumira-2-7B', { likes: 1 })], { now: later }).changed,
    ).toEqual([]);
    expect(
      mergeAppearances(known, [model('acme/Lumira-2-7B', { likes: 9 })], { now: later }).changed,
    ).toMatchObject([{ changedAt: now, appearances: [{ popularity: { likes: 9 } }] }]);
  });

  test('loses no date and no figure to a reply that says less', () => {
    const known = mergeAppearances([], [model('acme/Lumira-2-7B', { likes: 5 })], { now }).changed;
    const bare = model('acme/Lumira-2-7B', {
      at: null,
      popularity: { downloads: 3, likes: null, upvotes: null, stars: null },
    });
    expect(mergeAppearances(known, [bare], { now: later }).changed).toMatchObject([
      {
        publishedAt: new Date('2026-03-10T08:00:00Z'),
        appearances: [{ popularity: { downloads: 3, likes: 5 } }],
      },
    ]);
  });
});
