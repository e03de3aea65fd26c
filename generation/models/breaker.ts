export interface BreakerOptions {
  /** How long it rests after a first failure, in milliseconds; each further one doubles that. */
  restMs?: number;
  longestRestMs?: number;
  /** Milliseconds, never backwards. */
  now?: () => number;
}

/** Remembers that a server does not answer, so that not every question waits to find out. */
export interface Breaker {
  /**
   * Whether a call is worth its time. After a rest one caller is told so and tries; until that call
   * has ended, or another rest is over, the others are not.
   */
  admits(): boolean;
  worked(): void;
  failed(): void;
}

export function createBreaker({
  restMs = 30_000,
  longestRestMs = 300_000,
  now = () => performance.now(),
}: BreakerOptions = {}): Breaker {
  let failures = 0;
  let restsUntil = -Infinity;

  const rest = (): void => {
    restsUntil = now() + Math.min(longestRestMs, restMs * 2 ** Math.max(0, failures - 1));
  };

  return {
    admits() {
      if (failures === 0) return true;
      if (now() < restsUntil) return false;
      rest();
      return true;
    },
    worked() {
      failures = 0;
      restsUntil = -Infinity;
    },
    failed() {
      failures += 1;
      rest();
    },
  };
}
