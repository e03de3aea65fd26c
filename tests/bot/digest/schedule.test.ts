import { describe, expect, test } from 'vitest';

import { isTimeZone, readSchedule } from '../../../bot/digest/schedule.ts';

describe('a schedule', () => {
  test('goes by the clocks of its time zone', () => {
    const schedule = readSchedule('0 9 * * 1-5', 'Europe/Moscow');
    // A Friday.
    const noon = new Date('2026-11-06T12:00:00Z');
    expect(schedule.next(noon)).toEqual(new Date('2026-11-09T06:00:00Z'));
    expect(schedule.last(noon)).toEqual(new Date('2026-11-06T06:00:00Z'));
  });

  test('counts the moment itself as its last time, and not as its next', () => {
    const schedule = readSchedule('30 18 * * *', 'UTC');
    const at = new Date('2026-11-06T18:30:00Z');
    expect(schedule.last(at)).toEqual(at);
    expect(schedule.next(at)).toEqual(new Date('2026-11-07T18:30:00Z'));
    expect(schedule.last(new Date('2026-11-06T18:29:59Z'))).toEqual(
      new Date('2026-11-05T18:30:00Z'),
    );
  });

  test('keeps its hour when the clocks change', () => {
    const schedule = readSchedule('0 9 * * *', 'Europe/Berlin');
    expect(schedule.next(new Date('2026-03-28T12:00:00Z'))).toEqual(
      new Date('2026-03-29T07:00:00Z'),
    );
    expect(schedule.next(new Date('2026-10-24T12:00:00Z'))).toEqual(
      new Date('2026-10-25T08:00:00Z'),
    );
  });

  test.each(['', 'каждый день', '0 9', '0 9 * * * *', '99 9 * * *', '0 25 * * *', '0 9 30 2 *'])(
    'is not %j',
    (line) => {
      expect(() => readSchedule(line, 'UTC')).toThrow(/^must be five fields as cron takes them/u);
    },
  );

  test.each([
    ['Europe/Moscow', true],
    ['UTC', true],
    ['Asia/Vladivostok', true],
    ['Москва', false],
    ['Mars/Base', false],
    ['', false],
  ])('knows whether %j is a time zone', (name, is) => {
    expect(isTimeZone(name)).toBe(is);
  });
});
