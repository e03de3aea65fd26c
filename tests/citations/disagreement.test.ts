import { describe, expect, test } from 'vitest';

import { findDisagreement, type Disagreement } from '../../citations/disagreement.ts';
import { makePassage } from '../support/passage.ts';

describe('findDisagreement', () => {
  test('shows both pages, the one that bears the claim out first', () => {
    const found = find(
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 52 000 человек.',
      'Город стоит на реке. Население города Заречный составляет 37 тысяч человек.',
    );
    expect(
      found && [
        found.kind,
        ...found.between.map(({ passage, quote, fact }) => [passage.pageUrl, quote, fact]),
      ],
    ).toEqual([
      'figure',
      [
        'https://host1.example/',
        'Население города Заречный составляет 37 тысяч человек.',
        '37 тысяч человек',
      ],
      ['https://host0.example/', 'Население города Заречный — 52 000 человек.', '52 000 человек'],
    ]);
  });

  test.each([
    [
      'a date',
      'Модель Исток-7 вышла 12 мая 2024 года.',
      'Модель Исток-7 вышла 12.05.2024.',
      'Модель Исток-7 вышла 14 мая 2024 года.',
    ],
    [
      'a year',
      'The Brook Bridge was opened in 1911.',
      'The Brook Bridge was opened in 1911.',
      'In 1921, the Brook Bridge was opened.',
    ],
    [
      'a copula for a dash',
      'Население города Заречный составляет 37 тысяч человек.',
      'Население города Заречный составляет 37 тысяч человек.',
      'Население города Заречный — 52 000 человек.',
    ],
    [
      'a unit',
      'The Brook Bridge is 1.6 km long.',
      'The Brook Bridge is 1,600 metres long.',
      'The Brook Bridge is 1,450 metres long.',
    ],
    [
      'a subject that opens the sentence',
      'Каргоозеро имеет глубину 42 метра.',
      'Каргоозеро имеет глубину 42 метра.',
      'Каргоозеро имеет глубину 37 метров.',
    ],
    [
      'a subject in another case',
      'Каргоозеро имеет глубину 42 метра.',
      'Каргоозеро имеет глубину 42 метра.',
      'Глубина Каргоозера составляет 37 метров.',
    ],
    [
      'a common word that the page uses as a name',
      'Мост основан в 1911 году.',
      'Мост основан в 1911 году.',
      'Мост основан в 1921 году. Об этом говорят в городе Мост.',
    ],
    [
      'a subject in full and in short',
      'The European Union has 27 members.',
      'The European Union has 27 members.',
      'The EU has 28 members.',
    ],
  ])('finds another value of %s', (_, claim, ...texts) => {
    expect(find(claim, ...texts)).not.toBeNull();
  });

  test.each<[string, string, string, string]>([
    [
      'the same value written otherwise',
      'The Brook Bridge is 1.6 km long.',
      'The Brook Bridge is 1,600 metres long.',
      'The Brook Bridge is 1.6 kilometres long.',
    ],
    [
      'a rounded value',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 234 человека.',
    ],
    [
      'an approximate value',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — около 38 тысяч человек.',
    ],
    [
      'a less exact date',
      'Модель Исток-7 вышла 12 мая 2024 года.',
      'Модель Исток-7 вышла 12 мая 2024 года.',
      'Модель Исток-7 вышла в мае 2024 года.',
    ],
    [
      'another year',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 тысяч человек.',
      'В 1979 году население города Заречный — 12 тысяч человек.',
    ],
    [
      'another thing',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Верхний — 12 тысяч человек.',
    ],
    [
      'another property',
      'The Brook Bridge is 1,600 metres long.',
      'The Brook Bridge is 1,600 metres long.',
      'The Brook Bridge is 45 metres wide.',
    ],
    [
      'what is not named',
      'Город имеет 5 мостов.',
      'Город имеет 5 мостов.',
      'Город имеет 7 мостов.',
    ],
    [
      'a forecast',
      'Население города Заречный — 37 тысяч человек.',
      'Население города Заречный — 37 тысяч человек.',
      'По прогнозу, население города Заречный — 52 тысячи человек.',
    ],
    [
      'two values in one sentence',
      'The Brook Bridge was opened in 1911.',
      'The Brook Bridge was opened in 1911.',
      'The Brook Bridge was opened in 1921 and reopened in 1930.',
    ],
  ])('is silent about %s', (_, claim, ...texts) => {
    expect(find(claim, ...texts)).toBeNull();
  });

  test('is silent about one page that differs within itself, and without a figure', () => {
    const texts = ['Мост открыт в Заречном в 1911 году. Мост открыт в Заречном в 1921 году.'];
    expect(find('Мост открыт в Заречном в 1911 году.', ...texts)).toBeNull();
    expect(find('Мост открыт.', ...texts, ...texts)).toBeNull();
    expect(findDisagreement('Мост открыт в 1911 году.', [])).toBeNull();
  });
});

function find(claim: string, ...texts: string[]): Disagreement | null {
  return findDisagreement(
    claim,
    texts.map((text, at) => makePassage({ text, pageUrl: `https://host${at}.example/` })),
  );
}
