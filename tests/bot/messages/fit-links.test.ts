import type { MessageEntity } from 'grammy/types';
import { expect, test } from 'vitest';

import { fitLinks } from '../../../bot/messages/fit-links.ts';

const PAGE = 'https://a.example/p';
const QUOTED = `${PAGE}#:~:text=one%20two%20three%20four%20five`;
const SHORTER = `${PAGE}#:~:text=one%20two%20three`;

test('leaves links alone that fit', () => {
  expect(urlsWithin(9_000, [QUOTED, PAGE])).toEqual([QUOTED, PAGE]);
});

test('shortens one quote after the other, and no more than it takes', () => {
  const whole = 3 * (32 + QUOTED.length);
  expect(urlsWithin(whole, [QUOTED, QUOTED, QUOTED])).toEqual([QUOTED, QUOTED, QUOTED]);
  expect(urlsWithin(whole - 1, [QUOTED, QUOTED, QUOTED])).toEqual([SHORTER, QUOTED, QUOTED]);
  const shorter = 3 * (32 + SHORTER.length);
  expect(urlsWithin(shorter, [QUOTED, QUOTED, QUOTED])).toEqual([SHORTER, SHORTER, SHORTER]);
  expect(urlsWithin(shorter - 1, [QUOTED, QUOTED, QUOTED])).toEqual([PAGE, SHORTER, SHORTER]);
});

test('drops no link, whatever the budget', () => {
  expect(urlsWithin(1, [QUOTED, PAGE])).toEqual([PAGE, PAGE]);
});

function urlsWithin(budgetUnits: number, urls: readonly string[]): string[] {
  const entities = urls.map((url, at): MessageEntity => {
    return { type: 'text_link', url, offset: 2 * at, length: 1 };
  });
  const fitted = fitLinks({ text: 'a '.repeat(urls.length), entities }, budgetUnits);
  return fitted.entities.flatMap((entity) => (entity.type === 'text_link' ? [entity.url] : []));
}
