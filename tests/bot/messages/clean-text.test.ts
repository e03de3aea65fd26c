import { expect, test } from 'vitest';

import { cleanText, isVisible } from '../../../bot/messages/clean-text.ts';
import { objectionTo } from '../../support/telegram.ts';

test.each([
  ['Обычный текст\nв две строки', 'Обычный текст\nв две строки'],
  ['a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
  ['a\tb\u0000c\u001Fd', 'a b c d'],
  ['\u202Eнаоборот\u202C', 'наоборот'],
  ['A\u030Angstro\u0308m', 'Ångstro\u0308m'],
  ['ж\u030A\u0333\u033F', 'ж'],
  ['половина \uD83D знака', 'половина \uFFFD знака'],
  ['👩‍🚀 й ক্ষি', '👩‍🚀 й ক্ষি'],
])('%j becomes %j, which Telegram leaves as it is', (text, cleaned) => {
  expect(cleanText(text)).toBe(cleaned);
  expect(objectionTo(cleaned)).toBeNull();
});

test('Telegram leaves every character of Unicode alone once it is cleaned', () => {
  const changed: string[] = [];
  for (let from = 0; from <= LAST_CHARACTER; from += 1_000) {
    const codes = Array.from({ length: 1_000 }, (_, at) => Math.min(from + at, LAST_CHARACTER));
    const text = codes.map((code) => `a${String.fromCodePoint(code)}`).join('');
    const objection = objectionTo(cleanText(`${text}a`));
    if (objection !== null) changed.push(`${from}: ${objection}`);
  }
  expect(changed).toEqual([]);
});

test('knows what nobody can see', () => {
  expect([' \n', '', '\u200B\u2060', '\u3164', '\uFE0F'].map(isVisible)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(['.', 'я', ' 😀'].map(isVisible)).toEqual([true, true, true]);
});

const LAST_CHARACTER = 0x10_ff_ff;
