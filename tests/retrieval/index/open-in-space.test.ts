import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import type { Embedder } from '../../../retrieval/embed/embedder.ts';
import { EmbedError } from '../../../retrieval/errors.ts';
import { openInSpace } from '../../../retrieval/index/open-in-space.ts';
import type { PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { analyzeQuery } from '../../../retrieval/text/analyze.ts';
import { createHashedEmbedder } from '../../support/hashed-embedder.ts';
import { indexedPage } from '../../support/indexed-pages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();
const small = createHashedEmbedder({ dimensions: 8 });
const large = createHashedEmbedder({ dimensions: 16 });

it('is rebuilt for another embedder while it serves, and keeps what it was rebuilt to', async () => {
  await using folder = await temporaryFolder();
  const { path } = folder;
  const first = await openInSpace({ folder: path, analysis: 1, embedder: small });
  expect(first.difference).toBe('none');
  for (const at of [1, 2, 3]) await keep(first.index, at, small);
  await first.index.close();

  const second = await openInSpace({ folder: path, analysis: 1, embedder: large });
  expect(second.difference).toBe('embedder');
  // Words alone, whatever vectors there are.
  expect(await found(second.index, large)).toEqual({ terms: 3, dense: 0 });
  await keep(second.index, 4, large);
  expect(await found(second.index, large)).toEqual({ terms: 4, dense: 0 });
  await second.rebuild({ signal });
  expect(await found(second.index, large)).toEqual({ terms: 4, dense: 4 });
  await keep(second.index, 5, large);
  await second.index.close();

  const third = await openInSpace({ folder: path, analysis: 1, embedder: large });
  expect(third.difference).toBe('none');
  expect(existsSync(join(path, 'next'))).toBe(false);
  expect(await found(third.index, large)).toEqual({ terms: 5, dense: 5 });
  await third.index.close();
});

it('is rebuilt for another analysis, and uses its vectors meanwhile', async () => {
  await using folder = await temporaryFolder();
  const first = await openInSpace({ folder: folder.path, analysis: 1, embedder: small });
  await keep(first.index, 1, small);
  await first.index.close();
  const second = await openInSpace({ folder: folder.path, analysis: 2, embedder: small });
  expect(second.difference).toBe('analysis');
  expect((await found(second.index, small)).dense).toBe(1);
  await second.rebuild({ signal });
  // The page was written with one word of its own; now it has those of its text.
  const { terms } = await second.index.query({ ...query('исток'), dense: null });
  expect(terms).toHaveLength(1);
  await second.index.close();
});

it('serves on when the embedder fails, and goes on with the rebuild later', async () => {
  await using folder = await temporaryFolder();
  const { path } = folder;
  const first = await openInSpace({ folder: path, analysis: 1, embedder: null });
  for (const at of [1, 2]) await keep(first.index, at, null);
  await first.index.close();
  const failing: Embedder = {
    ...large,
    embedPassages: () => Promise.reject(new EmbedError('no connection', { retryable: true })),
  };
  const second = await openInSpace({ folder: path, analysis: 1, embedder: failing });
  expect(second.difference).toBe('embedder');
  await expect(second.rebuild({ signal })).rejects.toThrow('no connection');
  expect(await found(second.index, large)).toEqual({ terms: 2, dense: 0 });
  await second.index.close();
  const third = await openInSpace({ folder: path, analysis: 1, embedder: large });
  await third.rebuild({ signal });
  expect(await found(third.index, large)).toEqual({ terms: 2, dense: 2 });
  await third.index.close();
});

it('is not rebuilt because the embedder is switched off', async () => {
  await using folder = await temporaryFolder();
  const first = await openInSpace({ folder: folder.path, analysis: 1, embedder: small });
  await keep(first.index, 1, small);
  await first.index.close();
  const second = await openInSpace({ folder: folder.path, analysis: 1, embedder: null });
  expect(second.difference).toBe('none');
  await second.index.close();
});

async function keep(index: PassageIndex, at: number, embedder: Embedder | null): Promise<void> {
  const text = `Исток реки ${at}.`;
  const [dense] = (await embedder?.embedPassages([text], { signal })) ?? [];
  const { terms, grams } = analyzeQuery('река');
  const page = indexedPage(`https://a.example/${at}`, [{ id: at, text }]);
  const passages = page.passages.map((passage) => ({
    ...passage,
    terms,
    grams,
    dense: dense ?? null,
  }));
  await index.replacePage({ ...page, passages });
}

async function found(index: PassageIndex, embedder: Embedder) {
  const dense = await embedder.embedQuery('Исток реки', { signal });
  const hits = await index.query({ ...query('река'), dense });
  return { terms: hits.terms.length, dense: hits.dense.length };
}

function query(text: string) {
  return { ...analyzeQuery(text), scopes: ['public' as const], limit: 10 };
}
