import { setTimeout as sleepFor } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds of any epoch, never going back. */
  now: () => number;
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }),
};

/** Takes callers of one host one after another, and keeps them off a host that asked for a pause. */
export interface HostTurns {
  /** Runs `work` when those before it have ended. Rejects with the signal's reason while it waits. */
  take<Result>(host: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
  /** Milliseconds that the host still wants to be left alone, 0 when it does not. */
  pauseOf(host: string): number;
  pause(host: string, milliseconds: number): void;
}

export function createHostTurns({ now }: Pick<Clock, 'now'>): HostTurns {
  const lastTurns = new Map<string, Promise<void>>();
  const pausedUntil = new Map<string, number>();
  return {
    async take(host, signal, work) {
      const before = lastTurns.get(host) ?? Promise.resolve();
      const { promise: own, resolve: end } = Promise.withResolvers<void>();
      // One who gives up waiting leaves the queue as it was: the next waits for those before.
      const turn = before.then(() => own);
      lastTurns.set(host, turn);
      try {
        await untilAborted(before, signal);
        return await work();
      } finally {
        end();
        if (lastTurns.get(host) === turn) lastTurns.delete(host);
      }
    },
    pauseOf: (host) => Math.max(0, (pausedUntil.get(host) ?? 0) - now()),
    pause(host, milliseconds) {
      pausedUntil.set(host, Math.max(pausedUntil.get(host) ?? 0, now() + milliseconds));
    },
  };
}

async function untilAborted(before: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([before, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
