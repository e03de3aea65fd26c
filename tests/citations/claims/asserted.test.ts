import { describe, expect, test } from 'vitest';

import { isAsserted, toldBy } from '../../../citations/claims/asserted.ts';

describe('isAsserted', () => {
  test.each([
    'Орион-5 вышел в 2019 году',
    'Глубина Байкала 1637 м',
    'Орион-5 — 2019 год',
    'Вакцины вызывают аутизм',
    'Эйфелева башня — символ Берлина',
    'Acme bought Globex',
    'Orion-3 was released in 2020',
  ])('takes a heading that states something for a claim: %s', (text) => {
    expect(isAsserted({ text, isHeading: true })).toBe(true);
  });

  test.each([
    'Итог',
    '1. История',
    'Шаг 2',
    '5 фактов о Байкале',
    'Модели и канал Ориона',
    'Итоги 2024 года',
    'Тарифы и лимиты Orion API',
    'Ответ',
    'Key features of Orion-3',
    'Что умеет Орион',
    'Орион — краткий обзор',
  ])('takes no other heading for one: %s', (text) => {
    expect(isAsserted({ text, isHeading: true })).toBe(false);
  });

  test.each([
    ['Орион-5 вышел в 2019 году:', true],
    ['Вот 5 фактов:', false],
    ['Вот что известно:', false],
    ['Орион умеет:', false],
    ['Did you know that Acme bought Globex?', true],
    ['А вы знали, что Орион купила Acme?', true],
    ['Орион-5 вышел в 2019 году, не так ли?', true],
    ['Почему Орион-5 вышел в 2019 году?', true],
    ['Рассказать подробнее?', false],
    ['Would you like more details about Orion?', false],
  ])('hears what lead-ins and questions state by the way: %s', (text, expected) => {
    expect(isAsserted({ text, isHeading: false })).toBe(expected);
  });
});

describe('toldBy', () => {
  test.each([
    ['Did you know that Acme bought Globex in 2014?', 'Acme bought Globex in 2014.'],
    ['Знаете ли вы, что мёд не портится?', 'Мёд не портится.'],
    ['Орион-5 вышел в 2019 году, не так ли?', 'Орион-5 вышел в 2019 году, не так ли?'],
  ])('keeps of a question what it tells: %s', (text, expected) => {
    expect(toldBy(text)).toBe(expected);
  });
});
