import { expect, test } from 'vitest';

import { lieSequence } from '../../../bot/demo/liar.ts';
import { tellLie } from '../../../bot/demo/tell-lie.ts';
import { makePassage } from '../../support/passage.ts';

const passages = [
  makePassage({ pageUrl: 'https://a.example/', text: 'Глубина озера — 1642 метра.' }),
  makePassage({ pageUrl: 'https://a.example/', text: 'Это озеро лежит в Сибири.' }),
  makePassage({ pageUrl: 'https://b.example/', text: 'На берегу 6142 дома.' }),
];

function lies(answer: string): string[] {
  const random = lieSequence();
  const told = Array.from({ length: 40 }, () => tellLie(answer, { passages, random })?.text ?? '');
  return [...new Set(told)];
}

test('a figure is changed into one that no page has, and nothing else', () => {
  const told = lies('Глубина озера — 1642 метра [1].');
  expect(told.length).toBeGreaterThan(3);
  for (const lie of told) expect(lie).toMatch(/^Глубина озера — \d{4} метра \[1\]\.$/u);
  expect(told.filter((lie) => /1642|6142/u.test(lie))).toEqual([]);
});

test('a date gets another year or month', () => {
  const told = lies('Её выпустили 24 апреля 2023 года [1].');
  expect(told.some((lie) => /24 апреля 20(?:18|19|2[012]) года/u.test(lie))).toBe(true);
  expect(told.some((lie) => /24 (?!апреля)\p{L}+ 2023 года/u.test(lie))).toBe(true);
  for (const lie of told) expect(lie).toMatch(/^Её выпустили 24 \p{L}+ \d{4} года \[1\]\.$/u);
});

test('where there is neither, a marker leads to another page; names keep their digits', () => {
  expect(lies('Модель DeepSeek-V3 и Qwen2.5 открыты [2].')).toEqual([
    'Модель DeepSeek-V3 и Qwen2.5 открыты [3].',
  ]);
  expect(lies('Озеро лежит в Сибири [1].')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^С 19\d\d года озеро лежит в Сибири \[1\]\.$/u),
    ]),
  );
  expect(tellLie('Небо синее.', { passages, random: lieSequence() })).toBeNull();
});

test('the same start tells the same lies', () => {
  const answer = 'Глубина озера — 1642 метра [1].';
  expect(lies(answer)).toEqual(lies(answer));
});
