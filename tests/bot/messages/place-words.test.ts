import { expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { describePage } from '../../../bot/messages/page-line.ts';
import { placeWords } from '../../../bot/messages/place-words.ts';
import type { Place } from '../../../retrieval/passage.ts';

const { ru, en } = createLocales();

test.each<[Place, string, string]>([
  [{ unit: 'page', from: 4, to: 4 }, 'с. 4', 'p. 4'],
  [{ unit: 'page', from: 3, to: 4 }, 'с. 3–4', 'pp. 3–4'],
  [{ unit: 'line', from: 12, to: 12 }, 'строка 12', 'line 12'],
  [{ unit: 'line', from: 12, to: 30 }, 'строки 12–30', 'lines 12–30'],
  [{ unit: 'line', from: 1200, to: 1230 }, 'строки 1200–1230', 'lines 1200–1230'],
])('%o is said in words', (place, russian, english) => {
  expect(placeWords(place, ru)).toBe(russian);
  expect(placeWords(place, en)).toBe(english);
});

test('a page that has no such places has no words for one', () => {
  expect(placeWords(null, ru)).toBe('');
});

test('the place stands last in the line of a source', () => {
  const source = {
    url: 'https://site.example/report.pdf',
    title: 'Отчёт',
    site: 'site.example',
    publishedAt: '2024-05-09',
    place: { unit: 'page', from: 4, to: 4 },
  } as const;
  expect(describePage(source, ru).text).toBe('Отчёт — site.example, 9 мая 2024 г., с. 4');
  expect(describePage({ ...source, publishedAt: null }, en).text).toBe(
    'Отчёт — site.example, p. 4',
  );
});
