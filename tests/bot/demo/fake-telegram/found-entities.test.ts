import { expect, test } from 'vitest';

import { findEntities } from '../../../../bot/demo/fake-telegram/found-entities.ts';

test.each<[string, string[]]>([
  ['/ask кто?', ['bot_command /ask']],
  ['/ask@istok_bot кто?', ['bot_command /ask@istok_bot']],
  ['и/или, а/б, 24/7', []],
  ['Спроси /help.', ['bot_command /help']],
  ['привет, @anna_k и @bo', ['mention @anna_k']],
  ['пишите на a.b@mail.example', ['email a.b@mail.example']],
  [
    'https://ru.wikipedia.org/wiki/Ель_(дерево).',
    ['url https://ru.wikipedia.org/wiki/Ель_(дерево)'],
  ],
  ['(см. https://a.example/x?y=1&z=2)', ['url https://a.example/x?y=1&z=2']],
  ['«http://127.0.0.1:8080/a»', ['url http://127.0.0.1:8080/a']],
  ['сайт пример.рф или example.com/путь', ['url пример.рф', 'url example.com/путь']],
  ['конец предложения.Начало', []],
  ['https://a.example/#часть и #тег, но не #1', ['url https://a.example/#часть', 'hashtag #тег']],
  ['https://a.example/@name', ['url https://a.example/@name']],
])('in %j Telegram finds %j', (text, expected) => {
  const found = findEntities(text).map(
    ({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`,
  );
  expect(found).toEqual(expected);
});

test('nothing is found in code or under a link', () => {
  const given = [
    { type: 'code' as const, offset: 0, length: 5 },
    { type: 'text_link' as const, offset: 6, length: 5, url: 'https://a.example/' },
  ];
  expect(findEntities('/code /link /ask', given)).toEqual([
    ...given,
    { type: 'bot_command', offset: 12, length: 4 },
  ]);
});
