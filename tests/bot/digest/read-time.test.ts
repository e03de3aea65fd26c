import { describe, expect, test } from 'vitest';

import { readTime } from '../../../bot/digest/read-time.ts';

// A Monday, 15:00 in Moscow.
const NOW = new Date('2026-11-02T12:00:00Z');

function read(text: string, { now = NOW, timeZone = 'Europe/Moscow' } = {}): string | null {
  const found = readTime(text, { now, timeZone });
  if (found === null) return null;
  return Temporal.Instant.fromEpochMilliseconds(found.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

describe('a time that an editor writes', () => {
  test.each([
    ['18:30', '2026-11-02T18:30'],
    ['в 18.30', '2026-11-02T18:30'],
    ['9', '2026-11-03T09:00'],
    ['в 9 утра', '2026-11-03T09:00'],
    ['в 9 вечера', '2026-11-02T21:00'],
    ['сегодня в 20:00', '2026-11-02T20:00'],
    ['Сегодня вечером', '2026-11-02T20:00'],
    ['завтра в 9', '2026-11-03T09:00'],
    ['завтра', '2026-11-03T10:00'],
    ['Завтра утром.', '2026-11-03T10:00'],
    ['послезавтра в 12:15', '2026-11-04T12:15'],
    ['25.11 14:30', '2026-11-25T14:30'],
    ['25.11.2026, 14:30', '2026-11-25T14:30'],
    ['25.11.26 в 8', '2026-11-25T08:00'],
    ['25 ноября в 14:30', '2026-11-25T14:30'],
    ['25 ноября', '2026-11-25T10:00'],
    ['3 мая в 10', '2027-05-03T10:00'],
    ['1 января', '2027-01-01T10:00'],
    ['в среду в 11', '2026-11-04T11:00'],
    ['во вторник', '2026-11-03T10:00'],
    ['в понедельник в 10', '2026-11-09T10:00'],
    ['через 2 часа', '2026-11-02T17:00'],
    ['через час', '2026-11-02T16:00'],
    ['через полчаса', '2026-11-02T15:30'],
    ['через 40 минут', '2026-11-02T15:40'],
    ['через 3 дня', '2026-11-05T15:00'],
    ['через неделю', '2026-11-09T15:00'],
  ])('in Russian: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['at 18:30', '2026-11-02T18:30'],
    ['6pm', '2026-11-02T18:00'],
    ['12 am', '2026-11-03T00:00'],
    ['12 pm', '2026-11-03T12:00'],
    ['today at 20:00', '2026-11-02T20:00'],
    ['tomorrow at 9am', '2026-11-03T09:00'],
    ['Tomorrow morning', '2026-11-03T10:00'],
    ['the day after tomorrow at 9', '2026-11-04T09:00'],
    ['2026-11-25 14:30', '2026-11-25T14:30'],
    ['25 Nov 14:30', '2026-11-25T14:30'],
    ['Nov 25th at 2:30 pm', '2026-11-25T14:30'],
    ['November 25, 2026, 14:30', '2026-11-25T14:30'],
    ['May 3', '2027-05-03T10:00'],
    ['wednesday at 11', '2026-11-04T11:00'],
    ['on Friday', '2026-11-06T10:00'],
    ['in 2 hours', '2026-11-02T17:00'],
    ['in an hour', '2026-11-02T16:00'],
    ['in 40 min', '2026-11-02T15:40'],
    ['in a week', '2026-11-09T15:00'],
  ])('in English: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    '',
    'потом',
    'когда-нибудь',
    '25:00',
    '12:75',
    '31.02 10:00',
    '30.13',
    'вчера в 10',
    'сегодня в 9',
    '2026-11-01 10:00',
    '01.11.2026',
    '25.11.2031 10:00',
    'через 0 минут',
    'завтра в полдесятого утра или вечера',
    'tomorrow at nine',
    '1e3',
    'завтра в 9 или в 10',
  ])('is not %j, or it is over or too far off', (text) => {
    expect(read(text)).toBeNull();
  });

  test('goes by the clocks of its zone when those change', () => {
    const now = new Date('2026-10-24T12:00:00Z');
    expect(readTime('завтра в 9', { now, timeZone: 'Europe/Berlin' })).toEqual(
      new Date('2026-10-25T08:00:00Z'),
    );
    expect(readTime('сегодня в 21:00', { now, timeZone: 'Europe/Berlin' })).toEqual(
      new Date('2026-10-24T19:00:00Z'),
    );
  });
});
