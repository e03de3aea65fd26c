import { expect, it } from 'vitest';

import { fuseArms } from '../../../retrieval/index/fuse.ts';
import type { ArmHit, ArmHits } from '../../../retrieval/index/passage-index.ts';

const NO_HITS: ArmHits = { terms: [], grams: [], dense: [] };

it('adds up each arm’s scores, divided by its best and weighted', () => {
  const hits: ArmHits = {
    terms: [hit('a', 8), hit('b', 4)],
    grams: [hit('b', 100), hit('c', 50)],
    dense: [hit('c', 0.9), hit('a', 0.45)],
  };
  const fused = fuseArms(hits, { weights: { terms: 1, grams: 0.5, dense: 2 }, limit: 10 });
  expect(fused.map(({ id, score }) => [id, score])).toEqual([
    ['c', 2.25],
    ['a', 2],
    ['b', 1],
  ]);
});

it('orders equal scores by id, whichever arm came first', () => {
  const hits: ArmHits = { ...NO_HITS, terms: [hit('b', 3)], dense: [hit('a', 0.5)] };
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
