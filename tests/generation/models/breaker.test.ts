import { expect, test } from 'vitest';

import { createBreaker } from '../../../generation/models/breaker.ts';

function breakerAt(): { breaker: ReturnType<typeof createBreaker>; pass: (ms: number) => void } {
  let time = 0;
  const breaker = createBreaker({ restMs: 1000, longestRestMs: 3000, now: () => time });
  return {
    breaker,
    pass(ms) {
      time += ms;
    },
  };
}

test('admits everybody until something fails', () => {
  const { breaker } = breakerAt();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});

test('rests after a failure, and then lets one caller try', () => {
  const { breaker, pass } = breakerAt();
  breaker.failed();
  pass(999);
  expect(breaker.admits()).toBe(false);
  pass(1);
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
});

test('rests twice as long after each further failure, up to a limit', () => {
  const { breaker, pass } = breakerAt();
  breaker.failed();
  breaker.failed();
  pass(1999);
  expect(breaker.admits()).toBe(false);
  breaker.failed();
  breaker.failed();
  pass(2999);
  expect(breaker.admits()).toBe(false);
  pass(1);
  expect(breaker.admits()).toBe(true);
});

test('forgets its failures with a success', () => {
  const { breaker } = breakerAt();
  breaker.failed();
  breaker.worked();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});
