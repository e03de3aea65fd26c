import type { Clock } from '../../bot/telegram/clock.ts';

/** A clock on which whatever is waited for is due at once: a test sees how long it would have been. */
export interface HurriedClock extends Clock {
  /** Milliseconds, in the order in which they were to be waited. */
  readonly waits: readonly number[];
}

export function hurriedClock(): HurriedClock {
  let time = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    after(ms, callback) {
      waits.push(ms);
      const due = time + ms;
      const immediate = setImmediate(() => {
        time = Math.max(time, due);
        callback();
      });
      return () => clearImmediate(immediate);
    },
  };
}
