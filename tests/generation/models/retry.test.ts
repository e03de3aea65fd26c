import { describe, expect, it } from 'vitest';

import { retryAfterMs } from '../../../generation/models/retry.ts';

describe('the wait that a server asks for', () => {
  const now = new Date('2026-11-22T12:00:00Z');

  it.each<[what: string, headers: Record<string, string>, ms: number | null]>([
    ['nothing', {}, null],
    ['seconds', { 'retry-after': '2' }, 2000],
    ['parts of a second', { 'retry-after': '0.5' }, 500],
    ['milliseconds, which come first', { 'retry-after-ms': '40', 'retry-after': '2' }, 40],
    ['a date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:03 GMT' }, 3000],
    ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 11:59:00 GMT' }, 0],
    ['a word', { 'retry-after': 'soon' }, null],
  ])('is understood as %s', (_what, headers, ms) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(ms);
  });
});
