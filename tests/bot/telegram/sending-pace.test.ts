import { describe, expect, test } from 'vitest';

import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import type { SendingPace } from '../../../bot/telegram/sending-pace.ts';
import { manualClock } from '../../support/manual-clock.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

const GROUP = -100;

describe('a message', () => {
  test('goes at once where nothing was sent', async () => {
    const { sent, ask } = paced();
    await ask(1);
    expect(sent).toEqual(['1 at 0']);
  });

  test('goes a second and a little after the one before it in its chat, in order', async () => {
    const { sent, ask, clock } = paced();
    const asked = Promise.all([ask(1, 'a'), ask(1, 'b'), ask(1, 'c')]);
    await clock.advance(5_000);
    await asked;
    expect(sent).toEqual(['a at 0', 'b at 1050', 'c at 2100']);
  });

  test('does not wait for another chat, but for 28 a second over all', async () => {
    const { times, ask, clock } = paced();
    const chats = Array.from({ length: 60 }, (_, index) => index + 1);
    const asked = Promise.all(chats.map((chat) => ask(chat)));
    await clock.advance(3_000);
    await asked;
    expect(times).toHaveLength(60);
    expect(mostWithin(1_000, times)).toBe(28);
    expect(times.at(-1)).toBeLessThan(2_200);
  });

  test('goes to a group 18 times a minute at most', async () => {
    const { times, ask, clock } = paced();
    const asked = Promise.all(Array.from({ length: 40 }, () => ask(GROUP)));
    await clock.advance(180_000);
    await asked;
    expect(times).toHaveLength(40);
    expect(mostWithin(60_000, times)).toBe(18);
    expect(times[17]).toBeLessThan(18_000);
    expect(times[18]).toBe(60_500);
  });

  test('of a chat with many does not hold up those of 200 others', async () => {
    const { sent, ask, clock } = paced();
    const chats = Array.from({ length: 200 }, (_, index) => index + 1);
    const asked = Promise.all([
      ...Array.from({ length: 20 }, () => ask(999)),
      ...chats.flatMap((chat) => [ask(chat), ask(chat)]),
    ]);
    await clock.advance(8_000);
    const firstEight = new Set(sent.map((line) => line.split(' ')[0]));
    expect(firstEight.size).toBe(201);
    await clock.advance(40_000);
    await asked;
    expect(sent).toHaveLength(420);
  });

  test('waits as long as Telegram says, in that chat or everywhere', async () => {
    const { sent, ask, clock, pace } = paced();
    pace.holdOff(1, 5_000);
    const asked = [ask(1, 'held'), ask(2, 'free')];
    await clock.advance(1_000);
    expect(sent).toEqual(['free at 0']);
    pace.holdOff(null, 7_000);
    asked.push(ask(3, 'all held'));
    await clock.advance(10_000);
    await Promise.all(asked);
    expect(sent).toEqual(['free at 0', 'all held at 8000', 'held at 8036']);
  });

  test('that already waits is held off as well', async () => {
    const { sent, ask, clock, pace } = paced();
    const asked = [ask(1, 'first'), ask(1, 'second')];
    await clock.advance(500);
    pace.holdOff(1, 3_000);
    await clock.advance(2_900);
    expect(sent).toEqual(['first at 0']);
    await clock.advance(200);
    await Promise.all(asked);
    expect(sent).toEqual(['first at 0', 'second at 3500']);
  });

  test('that nobody wants to send any more leaves its turn to the next', async () => {
    const { sent, ask, clock, pace } = paced();
    const given = new AbortController();
    await ask(1, 'a');
    const dropped = pace.turn(1, given.signal);
    const last = ask(1, 'c');
    given.abort(new Error('no longer wanted'));
    await expect(dropped).rejects.toThrow('no longer wanted');
    await clock.advance(1_050);
    await last;
    expect(sent).toEqual(['a at 0', 'c at 1050']);
    await expect(pace.turn(1, given.signal)).rejects.toThrow('no longer wanted');
    expect(clock.waiting).toBe(0);
  });
});

describe('a frame', () => {
  test('goes when there is room, and not twice in a second', async () => {
    const { clock, pace } = paced();
    expect(pace.tryTurn(1)).toBe(true);
    expect(pace.tryTurn(1)).toBe(false);
    await clock.advance(1_049);
    expect(pace.tryTurn(1)).toBe(false);
    await clock.advance(1);
    expect(pace.tryTurn(1)).toBe(true);
  });

  test('takes no turn from a message', async () => {
    const { sent, ask, clock, pace } = paced();
    const asked = [ask(1, 'a'), ask(1, 'b')];
    await clock.advance(1_000);
    expect(pace.tryTurn(1)).toBe(false);
    expect(pace.tryTurn(2)).toBe(true);
    await clock.advance(50);
    await Promise.all(asked);
    expect(sent).toEqual(['a at 0', 'b at 1050']);
    // The whole is taken for another 36 ms.
    expect(pace.tryTurn(3)).toBe(false);
  });

  test('goes to a group every three seconds and leaves a third of the minute to answers', async () => {
    const { clock, pace, ask } = paced();
    const frames: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      if (pace.tryTurn(GROUP)) frames.push(second);
      await clock.advance(1_000);
    }
    expect(frames).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33]);
    expect(pace.tryTurn(GROUP)).toBe(false);
    await ask(GROUP);
  });

  test('is held off as a message is', async () => {
    const { clock, pace } = paced();
    pace.holdOff(1, 10_000);
    await clock.advance(9_999);
    expect(pace.tryTurn(1)).toBe(false);
    await clock.advance(1);
    expect(pace.tryTurn(1)).toBe(true);
  });
});

test('chats are forgotten once their limits are over', async () => {
  const { clock, pace } = paced();
  for (let chat = 1; chat <= 5_000; chat += 1) {
    expect(pace.tryTurn(chat % 50 === 0 ? -chat : chat)).toBe(true);
    await clock.advance(36);
  }
  expect(pace.chats).toBeLessThan(1_100);
});

test('a message costs little with 20,000 in line', async () => {
  const { sent, ask, clock } = paced({ gapMs: 0 });
  const startedAt = performance.now();
  const asked = Promise.all(Array.from({ length: 20_000 }, (_, index) => ask(index % 5_000)));
  await clock.advance(10_000);
  await asked;
  expect(sent).toHaveLength(20_000);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

interface Paced {
  clock: ManualClock;
  pace: SendingPace & { readonly chats: number };
  sent: string[];
  times: number[];
  ask(chatId: number, name?: string): Promise<void>;
}

function paced(options: { gapMs?: number } = {}): Paced {
  const clock = manualClock();
  const pace = createSendingPace({ clock, ...options });
  const sent: string[] = [];
  const times: number[] = [];
  return {
    clock,
    pace,
    sent,
    times,
    async ask(chatId, name = String(chatId)) {
      await pace.turn(chatId);
      sent.push(`${name} at ${clock.now()}`);
      times.push(clock.now());
    },
  };
}

/** The most that fall into any window of so many milliseconds. */
function mostWithin(ms: number, times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((time) => time >= from && time < from + ms).length),
  );
}
