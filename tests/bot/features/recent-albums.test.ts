import { expect, test } from 'vitest';

import { createRecentAlbums } from '../../../bot/features/recent-albums.ts';

test('an album is new once, also when another chat sends one at the same time', () => {
  const albums = createRecentAlbums();
  const seen = [1, 2, 1, 2, 1, 2].map((chatId) => albums.isNew(chatId, `of ${chatId}`));
  expect(seen).toEqual([true, true, false, false, false, false]);
  expect(albums.isNew(1, 'another')).toBe(true);
});

test('what is in no album is always new', () => {
  const albums = createRecentAlbums();
  expect([albums.isNew(1, undefined), albums.isNew(1, undefined)]).toEqual([true, true]);
});

test('only so many chats are remembered', () => {
  const albums = createRecentAlbums({ keptChats: 2 });
  for (const chatId of [1, 2, 1, 3]) albums.isNew(chatId, 'a');
  expect([albums.isNew(1, 'a'), albums.isNew(2, 'a')]).toEqual([false, true]);
});
