import { expect, it } from 'vitest';

import { revector } from '../../../retrieval/index/revector.ts';
import { analyzePassage } from '../../../retrieval/text/analyze.ts';
import { createHashedEmbedder } from '../../support/hashed-embedder.ts';
import { indexedPage } from '../../support/indexed-pages.ts';

const { signal } = new AbortController();
const sketches = Array.from({ length: 8 }, (_, id) => ({
  id,
  text: `Река ${id} течёт на юг.`,
  terms: { 1: 1 },
  dense: [1, 0],
}));
const page = indexedPage('https://a.example/', sketches);

it('makes all vectors of what a page says, and changes nothing else', async () => {
  const embedder = createHashedEmbedder({ dimensions: 8 });
  const made = await revector(page, { embedder, signal });
  const dense = await embedder.embedPassages(
    page.passages.map(({ title, text }) => `${title}\n${text}`),
    { signal },
  );
  expect(made).toEqual({
    ...page,
    passages: page.passages.map((passage, at) => ({
      ...passage,
      ...analyzePassage(passage),
      dense: dense[at],
    })),
  });
});

it('leaves no vector of the embedder that was, when there is none any more', async () => {
  const made = await revector(page, { embedder: null, signal });
  expect(made.passages.map(({ dense }) => dense)).toEqual(Array(8).fill(null));
});

it('takes one passage a round of the event loop, so that answers get in between', async () => {
  let round = 0;
  let rounds = setImmediate(goRound);
  function goRound(): void {
    round += 1;
    rounds = setImmediate(goRound);
  }
  const readIn: number[] = [];
  const passages = page.passages.map((passage) => ({
    ...passage,
    get heading() {
      readIn.push(round);
      return passage.heading;
    },
  }));
  await revector({ ...page, passages }, { embedder: null, signal });
  clearImmediate(rounds);
  expect(new Set(readIn).size).toBe(8);
});
