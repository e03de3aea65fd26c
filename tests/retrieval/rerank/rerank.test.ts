import { expect, it } from 'vitest';

import type { RankedPassage } from '../../../retrieval/passage.ts';
import { rerank } from '../../../retrieval/rerank/rerank.ts';
import type { Reranker } from '../../../retrieval/rerank/reranker.ts';
import { makePassage } from '../../support/passage.ts';

const { signal } = new AbortController();

function ranked(...texts: string[]): RankedPassage[] {
  return texts.map((text, at) => ({ ...makePassage({ text }), score: texts.length - at }));
}

function scoring(scores: Record<string, number>): Reranker & { asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    async score(_question, texts) {
      asked.push(texts);
      return texts.map((text) => scores[text.split('\n')[1] ?? ''] ?? 0);
    },
  };
}

it('puts the first passages in the reranker’s order and leaves the others behind them', async () => {
  const reranker = scoring({ a: 0.1, b: 0.9, c: 0.5, d: 100 });
  const passages = await rerank(ranked('a', 'b', 'c', 'd'), {
    question: 'q',
    reranker,
    first: 3,
    signal,
  });
  expect(passages.map(({ text, score }) => [text, score])).toEqual([
    ['b', 4],
    ['c', 3],
    ['a', 2],
    ['d', 1],
  ]);
  expect(reranker.asked).toHaveLength(1);
});

it('keeps the fused order among those that it finds equally good', async () => {
  const passages = await rerank(ranked('a', 'b', 'c'), {
    question: 'q',
    reranker: scoring({ c: 1 }),
    signal,
  });
  expect(passages.map(({ text }) => text)).toEqual(['c', 'a', 'b']);
});

it('asks nothing when there is nothing to put in order', async () => {
  const reranker = scoring({});
  expect(await rerank(ranked('a'), { question: 'q', reranker, signal })).toHaveLength(1);
  expect(reranker.asked).toEqual([]);
});
