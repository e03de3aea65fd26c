import { describe, expect, test } from 'vitest';

import { linkAddress, shorterAddresses } from '../../../bot/messages/link-address.ts';
import { quoteUrl } from '../../../citations/text-fragment.ts';
import { objectionTo } from '../../support/telegram.ts';

describe('an address in a link', () => {
  test.each([
    ['https://a.example', 'https://a.example/'],
    ['HTTPS://A.Example/x?y=1#z', 'https://a.example/x?y=1#z'],
    ['https://ru.example/вода', 'https://ru.example/%D0%B2%D0%BE%D0%B4%D0%B0'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
    ['https://name:password@a.example/x', 'https://a.example/x'],
    ['https://a.example/a b"c<d>', 'https://a.example/a%20b%22c%3Cd%3E'],
    ['https://a.example/\u202Ex', 'https://a.example/%E2%80%AEx'],
    ['http://127.0.0.1:8000/p', 'http://127.0.0.1:8000/p'],
    ['http://[::1]:8000/p', 'http://[::1]:8000/p'],
  ])('%s goes as %s, which Telegram takes', (address, taken) => {
    expect(linkAddress(address)).toBe(taken);
    const link = { type: 'text_link', url: taken, offset: 0, length: 5 } as const;
    expect(objectionTo('слово', [link])).toBeNull();
  });

  test.each([
    'javascript:alert(1)',
    'ftp://a.example/',
    'tg://user?id=1',
    'http://localhost:8080/',
    'https://intranet/page',
    'https://a.example:0/',
    'https://a.example:99999/',
    'not an address',
    `https://a.example/${'x'.repeat(2_000)}`,
  ])('%s goes nowhere', (address) => {
    expect(linkAddress(address)).toBeNull();
  });
});

test('gives up words of a quote before the quote', () => {
  const page = 'https://ru.example/wiki';
  expect(shorterAddresses(quoteUrl(page, 'one two three four five six'))).toEqual([
    `${page}#:~:text=one%20two%20three`,
    page,
  ]);
  const long = 'one two three four five six seven eight nine ten eleven twelve';
  expect(shorterAddresses(quoteUrl(page, long))).toEqual([
    `${page}#:~:text=one%20two%20three`,
    page,
  ]);
  expect(shorterAddresses(`${page}#part:~:text=one%20two`)).toEqual([`${page}#part`]);
  expect(shorterAddresses(page)).toEqual([]);
});
