import { expect, test } from 'vitest';

import { createRecentForwards } from '../../../bot/features/recent-forwards.ts';

const subject = (text: string) => ({ text, ownPages: [], message: {} });

function setUp() {
  let time = 0;
  const timers: (() => void)[] = [];
  const forwards = createRecentForwards({
    now: () => new Date(time),
    keptChats: 2,
    after: (_ms, callback) => {
      timers.push(callback);
      return () => {};
    },
  });
  return {
    forwards,
    pass: (ms: number) => void (time += ms),
    /** No message comes right after the words any more. */
    end: () => timers.splice(0).forEach((callback) => callback()),
  };
}

test('what was forwarded before is meant, once', async () => {
  const { forwards, end } = setUp();

  expect(forwards.came('1:1', subject('А'))).toBe(false);
  expect(await forwards.asked('1:1')).toEqual(subject('А'));
  const again = forwards.asked('1:1');
  end();
  expect(await again).toBeNull();
});

test('words before a forwarded message are about it, and about all that come with it', async () => {
  const { forwards, end } = setUp();
  const asked = forwards.asked('1:1');

  expect(forwards.came('1:1', subject('А'))).toBe(true);
  expect(forwards.came('1:1', subject('Б'))).toBe(true);
  expect(forwards.came('1:2', subject('В'))).toBe(false);
  end();

  expect(await asked).toBe('taken');
  expect(forwards.came('1:1', subject('Г'))).toBe(false);
});

test('what was forwarded long ago, by others, or is forgotten is not meant', async () => {
  const { forwards, pass, end } = setUp();
  forwards.came('1:1', subject('А'));
  forwards.came('2:1', subject('Б'));
  forwards.forget(2);
  pass(11 * 60_000);

  const answers = ['1:1', '2:1', '3:1'].map((key) => forwards.asked(key));
  end();

  expect(await Promise.all(answers)).toEqual([null, null, null]);
});

test('no more chats are remembered than it may', async () => {
  const { forwards, end } = setUp();
  for (const key of ['1:1', '2:1', '3:1']) forwards.came(key, subject(key));

  const first = forwards.asked('1:1');
  end();

  expect(await first).toBeNull();
  expect(await forwards.asked('3:1')).toEqual(subject('3:1'));
});
