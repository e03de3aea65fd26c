import { expect, it } from 'vitest';

import { preferredBy } from '../../../retrieval/sources/preferred.ts';
import { openSourceStore } from '../../../retrieval/sources/source-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('knows the pages of preferred sources, and hears of changes', async () => {
  await using folder = await temporaryFolder();
  const store = openSourceStore({ folder: folder.path });
  const site = store.add({ kind: 'site', address: 'https://a.example/docs/', preferred: true });
  store.add({ kind: 'feed', address: 'https://b.example/news/feed.xml', preferred: true });
  store.add({ kind: 'site', address: 'https://c.example/' });
  let time = 0;
  const isPreferred = preferredBy(store, { now: () => time });
  const of = (pageUrl: string): boolean => isPreferred({ pageUrl });
  expect(of('https://a.example/docs')).toBe(true);
  expect(of('https://a.example/docs/one?x=1')).toBe(true);
  expect(of('https://a.example/docs-old')).toBe(false);
  expect(of('https://b.example/2026/post')).toBe(true);
  expect(of('https://b.example.evil.example/post')).toBe(false);
  expect(of('https://c.example/')).toBe(false);
  store.change(site.id, { preferred: false });
  expect(of('https://a.example/docs')).toBe(true);
  time = 5000;
  expect(of('https://a.example/docs')).toBe(false);
  store.close();
});

it('knows them where they are served, and of a page none but itself', async () => {
  await using folder = await temporaryFolder();
  const store = openSourceStore({ folder: folder.path });
  const channel = store.add({
    kind: 'telegram',
    address: 'https://t.me/channel',
    preferred: true,
  });
  store.add({ kind: 'page', address: 'https://a.example/', preferred: true });
  store.servePages(channel.id, new Map([['https://t.me/s/channel?before=9', 'hash']]));
  const isPreferred = preferredBy(store);
  expect(isPreferred({ pageUrl: 'https://t.me/s/channel?before=9' })).toBe(true);
  expect(isPreferred({ pageUrl: 'https://t.me/s/other' })).toBe(false);
  expect(isPreferred({ pageUrl: 'https://a.example/other' })).toBe(false);
  store.close();
});
