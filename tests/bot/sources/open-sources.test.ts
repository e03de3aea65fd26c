import { expect, it } from 'vitest';

import { articlePage } from '../../support/scripted-web.ts';
import { openTestSources } from '../../support/sources-desk.ts';

const A = 'https://a.example/';
const B = 'https://b.example/';
const { signal } = new AbortController();

it('reads what an index has lost at once, each source once, and none that is paused', async () => {
  await using stage = await openTestSources({ [A]: articlePage('Волга'), [B]: articlePage('Ока') });
  const { desk, index, web } = stage;
  desk.store.add({ kind: 'page', address: A });
  const paused = desk.store.add({ kind: 'page', address: B });
  await desk.reindexer.run(null, { signal });
  desk.store.change(paused.id, { paused: true });
  // As when the file was damaged, and set aside.
  await index.clear();
  web.asked.length = 0;
  await desk.look();
  expect(web.asked).toEqual([A]);
  expect(await index.count()).toMatchObject({ pages: 1 });
  await index.clear();
  await desk.look();
  expect(web.asked).toEqual([A]);
});

it('reads nothing that is there and not due', async () => {
  await using stage = await openTestSources({ [A]: articlePage('Волга') });
  const { desk, web } = stage;
  desk.store.add({ kind: 'page', address: A });
  await desk.look();
  expect(web.asked).toEqual([A]);
  await desk.look();
  expect(web.asked).toEqual([A]);
});
