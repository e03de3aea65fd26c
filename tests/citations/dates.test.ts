import { describe, expect, test } from 'vitest';

import { compareDates, findDates, type DateMention } from '../../citations/dates.ts';

describe('findDates', () => {
  test.each([
    '12 марта 2024',
    '12 марта 2024 года',
    '12-го марта 2024 г.',
    'March 12, 2024',
    'March 12th, 2024',
    'Mar. 12, 2024',
    '12 March 2024',
    '12th of March 2024',
    '2024-03-12',
    '12.03.2024',
    '12/03/2024',
  ])('reads %s as one day', (text) => {
    expect(findDates(text)).toMatchObject([{ year: 2024, month: 3, day: 12 }]);
  });

  test.each([
    ['в марте 2024 года', { year: 2024, month: 3, day: null }],
    ['in March 2024', { year: 2024, month: 3, day: null }],
    ['12 мая', { year: null, month: 5, day: 12 }],
    ['May 12', { year: null, month: 5, day: 12 }],
    ['31 августа', { year: null, month: 8, day: 31 }],
  ])('leaves out what %s leaves out', (text, date) => {
    expect(findDates(text)).toMatchObject([date]);
  });

  test.each(['5–7 марта 2024', 'с 5 по 7 марта 2024', 'March 5–7, 2024'])(
    'reads the two ends of %s',
    (text) => {
      expect(findDates(text)).toMatchObject([
        { year: 2024, month: 3, day: 5 },
        { year: 2024, month: 3, day: 7 },
      ]);
    },
  );

  test.each(['you may 12', '45 марта', 'маяк 2024', '10.13.2024', '1.2.3', '2024', 'марка 12', ''])(
    'finds no date in %j',
    (text) => {
      expect(findDates(text)).toEqual([]);
    },
  );

  test('says where dates stand', () => {
    const text = 'Родился 5 мая 1990, умер 6 июня 2020 года.';
    expect(findDates(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '5 мая 1990',
      '6 июня 2020 года',
    ]);
  });
});

describe('compareDates', () => {
  test.each([
    ['12 марта 2024', 'March 12, 2024', 'same'],
    ['12 марта', '2024-03-12', 'same'],
    ['март 2024', '12.03.2024', 'same'],
    ['12 марта 2024', '12 марта', 'vague'],
    ['12 марта 2024', 'март 2024', 'vague'],
    ['12 марта 2024', '12 марта 2023', 'different'],
    ['12 марта 2024', '13 марта 2024', 'different'],
    ['12 марта 2024', '12 мая 2024', 'different'],
    ['3 апреля 2024', '04/03/2024', 'same'],
    ['4 марта 2024', '04/03/2024', 'same'],
  ])('finds %s and %s %s', (claim, found, result) => {
    expect(compareDates(first(claim), first(found))).toBe(result);
  });
});

function first(text: string): DateMention {
  const [date] = findDates(text);
  if (date === undefined) throw new Error(`no date in ${text}`);
  return date;
}
