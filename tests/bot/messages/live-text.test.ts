import { describe, expect, test } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { readingFrame, searchingFrame, textFrame } from '../../../bot/messages/live-text.ts';

const ru = createLocale('ru');
const en = createLocale('en');

test('says what is being done', () => {
  expect(searchingFrame(ru)).toEqual({ text: 'Ищу…', entities: [] });
  expect(searchingFrame(ru, { inOtherWords: true }).text).toBe('Ищу другими словами…');
  expect(readingFrame(1, ru).text).toBe('Читаю 1 страницу…');
  expect(readingFrame(3, ru).text).toBe('Читаю 3 страницы…');
  expect(readingFrame(8, ru).text).toBe('Читаю 8 страниц…');
  expect(searchingFrame(en).text).toBe('Searching…');
  expect(searchingFrame(en, { inOtherWords: true }).text).toBe('Searching in other words…');
  expect(readingFrame(1, en).text).toBe('Reading 1 page…');
  expect(readingFrame(8, en).text).toBe('Reading 8 pages…');
});

describe('a text that is being written', () => {
  test('is rendered', () => {
    const frame = textFrame('## Итог\n\nЭто **важно** [1]');
    expect({ text: frame.text, entities: frame.entities }).toEqual({
      text: 'Итог\n\nЭто важно [1]',
      entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'bold', offset: 10, length: 5 },
      ],
    });
  });

  test.each([
    ['Открыл Флеминг [1', 'Открыл Флеминг'],
    ['Открыл Флеминг [', 'Открыл Флеминг'],
    ['Это **ва', 'Это ва'],
    ['Это **важно*', 'Это важно'],
    ['Это **', 'Это'],
    ['Дальше `', 'Дальше'],
    ['Пуст [1][2', 'Пуст [1]'],
    ['2 * 2', '2 * 2'],
  ])('does not show a sign whose end is still to come: %s', (written, shown) => {
    expect(textFrame(written).text).toBe(shown);
  });

  test('opens no address, since it may be half written', () => {
    expect(textFrame('Вот [страница](https://a.example/) и https://b.example/pa').entities).toEqual(
      [],
    );
  });

  test('of quotes is shown as it is', () => {
    expect(textFrame(' 1. Не *разметка* ', { isQuoted: true }).text).toBe('1. Не *разметка*');
  });
});
