import type { Clock } from '../../bot/telegram/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on by so many milliseconds, calling back whoever is due, with time for what they start. */
  advance(ms: number): Promise<void>;
  /** How many wait to be called back. */
  readonly waiting: number;
}

export function manualClock(): ManualClock {
  let time = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => time,
    after(ms, callback) {
      const timer = { at: time + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = time + ms;
      for (;;) {
        await settleMicrotasks();
        const due = [...timers]
          .filter((timer) => timer.at <= end)
          .reduce<{ at: number; callback: () => void } | null>(
            (first, timer) => (first === null || timer.at < first.at ? timer : first),
            null,
          );
        if (due === null) break;
        timers.delete(due);
        time = Math.max(time, due.at);
        due.callback();
      }
      time = end;
      await settleMicrotasks();
    },
    get waiting() {
      return timers.size;
    },
  };
}

async function settleMicrotasks(): Promise<void> {
  // Node runs every microtask, and what they start, before an immediate.
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
}
