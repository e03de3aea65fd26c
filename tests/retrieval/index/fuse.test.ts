import { describe, expect, it } from 'vitest';

import { fuseArms } from '../../../retrieval/index/fuse.ts';
import type { ArmHit, ArmHits } from '../../../retrieval/index/passage-index.ts';

const NO_HITS: ArmHits = { terms: [], grams: [], dense: [] };

it('adds up the scores of words and 4-grams, each divided by the best and weighted', () => {
  const hits: ArmHits = {
    ...NO_HITS,
    terms: [hit('a', 8), hit('b', 4)],
    grams: [hit('b', 100), hit('c', 50)],
  };
  const fused = fuseArms(hits, { weights: { terms: 1, grams: 0.5, dense: 1 }, limit: 10 });
  expect(fused.map(({ id, score }) => [id, score])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 0.25],
  ]);
});

describe('meaning', () => {
  it('counts in full, from its last to its best, where it agrees on the best', () => {
    const hits: ArmHits = {
      ...NO_HITS,
      terms: [hit('a', 8), hit('b', 6)],
      dense: [hit('a', 0.9), hit('b', 0.8), hit('c', 0.7)],
    };
    expect(fuseArms(hits, { limit: 10 }).map(({ id, score }) => [id, score])).toEqual([
      ['a', 2],
      ['b', expect.closeTo(1.25)],
      ['c', 0],
    ]);
  });

  it('changes nothing where it agrees on none of the best', () => {
    const hits: ArmHits = {
      ...NO_HITS,
      terms: [hit('a', 8), hit('b', 7.9)],
      dense: [hit('c', 0.9), hit('b', 0.8), hit('a', 0.1)],
    };
    expect(fuseArms(hits, { limit: 2 }).map(({ id, score }) => [id, score])).toEqual([
      ['a', 1],
      ['b', 7.9 / 8],
    ]);
  });

  it('leads where words find nothing of the question', () => {
    const terms = [hit('a', 8)];
    const dense = [hit('c', 0.9), hit('b', 0.8), hit('a', 0.1)];
    const asked = (question: string) =>
      fuseArms({ ...NO_HITS, terms, dense }, { limit: 10, question }).map(({ id }) => id);
    expect(asked('a')).toEqual(['a', 'b', 'c']);
    expect(asked('Сколько весит слон?')).toEqual(['a', 'c', 'b']);
  });

  it('is the whole order where no word was found at all', () => {
    const dense = [hit('c', 0.9), hit('b', 0.8), hit('a', 0.1)];
    expect(fuseArms({ ...NO_HITS, dense }, { limit: 10 }).map(({ id }) => id)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});

it('orders equal scores by id, whichever arm came first', () => {
  const hits: ArmHits = { ...NO_HITS, terms: [hit('b', 3)], grams: [hit('a', 0.5)] };
  expect(fuseArms(hits, { limit: 10 }).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('takes at most three passages of a page and fills up from others', () => {
  const terms = ['a1', 'a2', 'a3', 'a4', 'b1', 'a5', 'c1'].map((id, at) => hit(id, 10 - at));
  const ids = (perPage?: number) =>
    fuseArms(
      { ...NO_HITS, terms },
      { limit: 5, ...(perPage === undefined ? {} : { perPage }) },
    ).map(({ id }) => id);
  expect(ids()).toEqual(['a1', 'a2', 'a3', 'b1', 'c1']);
  expect(ids(1)).toEqual(['a1', 'b1', 'c1']);
});

it('keeps to the limit', () => {
  const terms = ['a1', 'b1', 'c1'].map((id, at) => hit(id, 10 - at));
  expect(fuseArms({ ...NO_HITS, terms }, { limit: 2 })).toHaveLength(2);
  expect(fuseArms({ ...NO_HITS, terms }, { limit: 0 })).toEqual([]);
});

it('gives nothing for nothing', () => {
  expect(fuseArms(NO_HITS, { limit: 10 })).toEqual([]);
});

/** The page is the first letter of the id. */
function hit(id: string, score: number): ArmHit {
  return {
    passage: {
      id,
      pageUrl: `https://${id[0]}.example/`,
      title: 'T',
      site: 's',
      language: 'en',
      publishedAt: null,
      fetchedAt: '2026-11-01T12:00:00.000Z',
      heading: null,
      position: 0,
      place: null,
      text: id,
    },
    score,
  };
}
