import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import type { PassageIndex } from '../../../../retrieval/index/passage-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('shows what another program wrote, replaced, rebuilt and removed', async () => {
  await using folder = await temporaryFolder();
  const [one, other] = await Promise.all([open(folder.path), open(folder.path)]);
  await one.replacePage(page('a', 1));
  expect(await found(other)).toEqual(['1']);
  await other.replacePage(page('b', 2));
  await one.replacePage(page('a', 3));
  expect(await found(one)).toEqual(['2', '3']);
  expect(await found(other)).toEqual(['2', '3']);
  const rebuild = other.rebuildSource('docs');
  await rebuild.stage(page('b', 4));
  expect(await found(one)).toEqual(['2', '3']);
  expect(await one.rebuildSource('docs').done()).toEqual(new Set(['https://a.example/b']));
  await rebuild.commit();
  expect(await found(one)).toEqual(['4']);
  await one.deleteSource('docs');
  expect(await found(other)).toEqual([]);
  expect(await other.count()).toEqual({ pages: 0, passages: 0 });
  await Promise.all([one.close(), other.close()]);
});

it('shows what another program wrote while its own pages were on their way', async () => {
  await using folder = await temporaryFolder();
  const [one, other] = await Promise.all([open(folder.path), open(folder.path)]);
  const writes = Array.from({ length: 20 }, (_, at) => [
    one.replacePage(page(`one-${at}`, at)),
    other.replacePage(page(`other-${at}`, at + 20)),
  ]);
  await Promise.all(writes.flat());
  const all = Array.from({ length: 40 }, (_, at) => String(at)).toSorted();
  expect(await found(one)).toEqual(all);
  expect(await found(other)).toEqual(all);
  await Promise.all([one.close(), other.close()]);
});

/** Each has a writer and a scanner of its own, as in two processes. */
function open(folder: string): Promise<PassageIndex> {
  return openEmbeddedIndex({ folder, looksEveryMs: 0 });
}

function page(name: string, id: number) {
  return indexedPage(`https://a.example/${name}`, [{ id, terms: { 1: 1 }, text: String(id) }], {
    sourceId: 'docs',
  });
}

async function found(index: PassageIndex): Promise<string[]> {
  const { terms } = await index.query(hybridQuery({ terms: { 1: 1 }, limit: 99 }));
  return terms.map(({ passage }) => passage.text).toSorted();
}
