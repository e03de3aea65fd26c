import { pause } from './service-request.ts';

export interface LaneOptions {
  /** From the end of one to the beginning of the next. */
  gapMs: number;
  now?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Runs what is given one after another, with a pause between, whoever gives it. */
export type Lane = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

export function createLane({ gapMs, now = Date.now, wait = pause }: LaneOptions): Lane {
  let last: Promise<unknown> = Promise.resolve();
  let freeAt = 0;
  return (signal, work) => {
    const turn = last.then(async () => {
      signal.throwIfAborted();
      // A clock that was set back would make the pause as long as it was set.
      const waitMs = Math.min(gapMs, freeAt - now());
      if (waitMs > 0) await wait(waitMs, signal);
      try {
        return await work();
      } finally {
        freeAt = now() + gapMs;
      }
    });
    last = turn.catch(() => {});
    return turn;
  };
}
