import { describe, expect, test } from 'vitest';

import { readQuietHours } from '../../../bot/digest/quiet-hours.ts';

describe('quiet hours', () => {
  test.each([
    // 22:00 in Moscow is 19:00 in UTC.
    ['2026-11-02T18:59:59Z', null],
    ['2026-11-02T19:00:00Z', '2026-11-03T05:00:00.000Z'],
    ['2026-11-02T23:30:00Z', '2026-11-03T05:00:00.000Z'],
    ['2026-11-03T04:59:59Z', '2026-11-03T05:00:00.000Z'],
    ['2026-11-03T05:00:00Z', null],
  ])('over midnight hold at %s until %s', (at, end) => {
    const quiet = readQuietHours('22-8', 'Europe/Moscow');
    expect(quiet.until(new Date(at))?.toISOString() ?? null).toBe(end);
  });

  test.each([
    ['2026-11-02T09:59:00Z', null],
    ['2026-11-02T10:00:00Z', '2026-11-02T11:30:00.000Z'],
    ['2026-11-02T11:30:00Z', null],
  ])('of midday hold at %s until %s', (at, end) => {
    const quiet = readQuietHours(' 13:00 – 14:30 ', 'Europe/Moscow');
    expect(quiet.until(new Date(at))?.toISOString() ?? null).toBe(end);
  });

  test.each([
    // In the night to 29 March 2026 the clocks of Berlin go from 2 to 3.
    ['2026-03-28T22:30:00Z', '2026-03-29T06:00:00.000Z'],
    // In the night to 25 October they go back.
    ['2026-10-24T22:30:00Z', '2026-10-25T07:00:00.000Z'],
  ])('end by the clocks of their zone when those change: %s until %s', (at, end) => {
    const quiet = readQuietHours('23-8', 'Europe/Berlin');
    expect(quiet.until(new Date(at))?.toISOString()).toBe(end);
  });

  test('that end in an hour that the clocks skip end after it', () => {
    const quiet = readQuietHours('22-2:30', 'Europe/Berlin');
    expect(quiet.until(new Date('2026-03-29T00:10:00Z'))?.toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  test('may end at midnight, by either of its names', () => {
    const at = new Date('2026-11-02T20:00:00Z');
    for (const text of ['22-24', '22:00-0:00']) {
      expect(readQuietHours(text, 'Europe/Moscow').until(at)?.toISOString()).toBe(
        '2026-11-02T21:00:00.000Z',
      );
    }
  });

  test.each(['', '22', '22-', '22-22', '25-8', '22:60-8', 'ночью', '22-8-9', '24:30-8', '1:2-3'])(
    'are not %j',
    (text) => {
      expect(() => readQuietHours(text, 'Europe/Moscow')).toThrow(
        'must be two different times of the day, like 22-8 or 22:30-08:00',
      );
    },
  );
});
