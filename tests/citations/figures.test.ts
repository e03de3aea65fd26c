import { describe, expect, test } from 'vitest';

import { compareFigures, findFigures, type Figure } from '../../citations/figures.ts';

describe('findFigures', () => {
  test.each([
    ['671 млрд', 671e9],
    ['671B', 671e9],
    ['671 billion', 671e9],
    ['671 миллиард', 671e9],
    ['671 000 000 000', 671e9],
    ['671,000,000,000', 671e9],
    ['37,6', 37.6],
    ['37.6', 37.6],
    ['1,234 people', 1234],
    ['1,234.5', 1234.5],
    ['1.234.567', 1_234_567],
    ["10'000", 10_000],
    ['128K', 128_000],
    ['5,576 млн долл.', 5_576_000],
    ['6½', 6.5],
    ['½', 0.5],
    ['-5 °C', -5],
    ['минус 5', -5],
    ['2-го', 2],
    ['21st', 21],
    ['двадцать пять', 25],
    ['twenty-one', 21],
    ['сорок тысяч', 40_000],
    ['трёх', 3],
    ['второй', 2],
    ['third', 3],
    ['XIX век', 19],
    ['two hundred', 200],
    ['one hundred and fifty', 150],
    ['сто пятьдесят', 150],
    ['две тысячи пятьсот', 2500],
    ['триста сорок два', 342],
    ['полтора миллиона', 1_500_000],
    ['one million', 1_000_000],
    ['две трети', 2 / 3],
    ['three quarters', 0.75],
    ['2/3', 2 / 3],
    ['девятнадцатый', 19],
    ['nineteenth', 19],
  ])('reads %s', (text, value) => {
    expect(only(text).values).toContain(value);
  });

  test.each([
    ['15%', 'percent'],
    ['15 процентов', 'percent'],
    ['15 per cent', 'percent'],
    ['$15', 'usd'],
    ['15 млн долларов', 'usd'],
    ['15 рублей', 'rub'],
    ['15 км', 'km'],
    ['15km', 'km'],
    ['671 млрд параметров', 'parameter'],
    ['671 млрд обучаемых параметров', 'parameter'],
    ['в 2017 году', 'year'],
    ['in 2017', 'year'],
    ['2017', 'year'],
    ['1980-х', 'decade'],
    ['1980s', 'decade'],
    ['5 лет', 'year-span'],
    ['2 года', 'year-span'],
    ['19 век', 'century'],
    ['1500 метров', 'm'],
    ['12 яблок', null],
  ])('gives %s its unit', (text, unit) => {
    expect(only(text).unit).toBe(unit);
  });

  test.each(['GPT-4o', 'DeepSeek-V3', 'H100', 'один из них', 'one of them', 'per second', ''])(
    'finds no figure in %j',
    (text) => {
      expect(findFigures(text)).toEqual([]);
    },
  );

  test('reads a comma either way in Russian, and one way in English', () => {
    expect(only('1,234 тонны').values).toEqual([1.234, 1234]);
    expect(only('1,234 tonnes').values).toEqual([1234]);
    expect(only('1.234 tonnes').values).toEqual([1.234]);
  });
});

describe('compareFigures', () => {
  test.each([
    ['671 млрд параметров', '671B parameters', 'same'],
    ['15%', '15 процентов', 'same'],
    ['15', '15%', 'same'],
    ['$15', '15 долларов', 'same'],
    ['$15', '15 рублей', 'different'],
    ['15%', '16%', 'different'],
    ['5', '-5', 'different'],
    ['около 670 млрд', '671 млрд', 'same'],
    ['671 млрд', 'около 670 млрд', 'close'],
    ['более 300', '308', 'same'],
    ['более 300', '296', 'different'],
    ['более 300', '3000', 'different'],
    ['менее 300', '290', 'same'],
    ['менее 300', 'более 300', 'different'],
    ['не более 300', '290', 'same'],
    ['1,6 км', '1600 м', 'same'],
    ['1,6 км', '1500 м', 'different'],
    ['2.5 tonnes', '2,500 kg', 'same'],
    ['90 минут', 'полтора часа', 'same'],
    ['90 км/ч', '90 километров в час', 'same'],
    ['90 км/ч', '25 м/с', 'same'],
    ['90 км/ч', '90 м/с', 'different'],
    ['5 процентов', '5 процентных пунктов', 'different'],
    ['15 км', '15 кв. км', 'different'],
    ['15 км²', '15 square kilometres', 'same'],
    ['670 млрд', '671 млрд', 'different'],
    ['около 600 млрд', '671 млрд', 'different'],
    ['13 млн человек', '13 010 112 человек', 'same'],
    ['13,1 млн', '13 149 803', 'same'],
    ['13 млн человек', '13 910 112 человек', 'different'],
    ['1,6 км', '1642 м', 'same'],
    ['1900 человек', '1937 человек', 'different'],
    ['в 1940 году', 'в 1937 году', 'different'],
    ['1063 feet', '324 m', 'same'],
    ['1500 feet', '324 m', 'different'],
    ['83 600 г.', '83,6 кг.', 'same'],
    ['5 мг', '5 мкг', 'different'],
    ['12 квадратных километров', '12 км²', 'same'],
    ['12 кубических километров', '12 км²', 'different'],
    ['75 % жителей', '3/4 жителей', 'same'],
    ['75 % жителей', 'три четверти жителей', 'same'],
    ['57 % жителей', '3/4 жителей', 'different'],
    ['100 Mbps', '100 Мбит/с', 'same'],
    ['100 MBps', '100 Mbps', 'different'],
    ['100 МБ/с', '800 Мбит/с', 'same'],
    ['$20 per year', '$20 per month', 'different'],
    ['990 рублей в месяц', '990 ₽/мес.', 'same'],
    ['990 рублей', '990 ₽/мес.', 'same'],
    ['$240 a year', '$20 monthly', 'same'],
    ['Python 3.1', 'Python 3.10', 'different'],
    ['Python 3.10', 'Python 3.10', 'same'],
    ['14:30', '2:30 pm', 'same'],
    ['14:30', '2:30 дня', 'same'],
    ['2:30 am', '2:30 pm', 'different'],
    ['15:30', '14:30', 'different'],
    ['10 утра', '10 вечера', 'different'],
    ['753 году н. э.', '753 году до н. э.', 'different'],
    ['753 году', '753 году до н. э.', 'different'],
    ['753 BC', '753 году до нашей эры', 'same'],
    ['V век', 'V век до н. э.', 'different'],
  ])('finds %s and %s %s', (claim, found, result) => {
    expect(compareFigures(only(claim), only(found))).toBe(result);
  });
});

function only(text: string): Figure {
  const [figure, ...others] = findFigures(text);
  expect(others).toEqual([]);
  if (figure === undefined) throw new Error(`no figure in ${text}`);
  return figure;
}

test('a range before our era is before it from its beginning', () => {
  expect(findFigures('с 264 по 146 год до н. э.').map(({ values }) => values)).toEqual([
    [-264],
    [-146],
  ]);
});

test.each(['3 дня', '16:9', 'счёт 3:1'])('finds no time of day in %s', (text) => {
  expect(findFigures(text).map(({ unit }) => unit)).not.toContain('clock');
});

test('a scale after three decimals leaves one way to read them in Russian', () => {
  expect(findFigures('заняло 2,788 миллиона часов').map(({ values }) => values)).toEqual([
    [2_788_000],
  ]);
  expect(compareFigures(only('2,788 миллиарда часов'), only('2,788 миллиона часов'))).toBe(
    'different',
  );
});
