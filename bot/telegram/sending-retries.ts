import type { ApiError } from 'grammy/types';

import { hasCertainlyNotArrived } from './sending-failure.ts';
import type { SendingRules } from './sending-rules.ts';

/** How long Telegram is borne with. */
export interface RetryLimits {
  /** The longest that Telegram may have a message wait. */
  longestWaitMs: number;
  /** How often a call that was told to wait is sent in all. */
  floodTries: number;
  /** How often a call is sent in all that Telegram cannot process. */
  serverFaultTries: number;
  /** For how long a call is tried that does not reach Telegram. */
  unreachableMs: number;
}

/** What came of sending a call once: Telegram's refusal, or the error of the connection. */
export type Fault = ApiError | { ok: null; error: unknown };

/** Decides, fault by fault, whether one call is sent again. */
export class SendingRetries {
  readonly #rules: SendingRules;
  readonly #limits: RetryLimits;
  readonly #isOnce: boolean;
  #floods = 0;
  #serverFaults = 0;
  #unreachable = 0;
  #unreachableSince: number | null = null;

  /** @param isOnce whether what may have arrived is not to be sent again, whoever has failed */
  constructor(
    rules: SendingRules,
    limits: RetryLimits,
    { isOnce = false }: { isOnce?: boolean } = {},
  ) {
    this.#rules = rules;
    this.#limits = limits;
    this.#isOnce = isOnce;
  }

  /**
   * After how many milliseconds to send it again; null for not at all.
   * @param now milliseconds by any clock
   */
  pauseAfter(fault: Fault, now: number): number | null {
    if (fault.ok === null) return this.#afterBrokenConnection(fault.error, now);
    const { error_code: code, parameters } = fault;
    if (code === 429) return this.#afterFlood((parameters?.retry_after ?? 1) * 1_000);
    return code >= 500 ? this.#afterServerFault() : null;
  }

  #afterBrokenConnection(error: unknown, now: number): number | null {
    if (!this.#rules.isRepeatable && !hasCertainlyNotArrived(error)) return null;
    this.#unreachableSince ??= now;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#unreachable, LONGEST_PAUSE_MS);
    this.#unreachable += 1;
    const patienceMs = this.#patienceMs(this.#limits.unreachableMs);
    return now + pauseMs - this.#unreachableSince <= patienceMs ? pauseMs : null;
  }

  #afterFlood(waitMs: number): number | null {
    this.#floods += 1;
    if (this.#floods >= this.#limits.floodTries || this.#rules.patience === 'at-once') return null;
    return waitMs <= this.#patienceMs(this.#limits.longestWaitMs) ? waitMs : null;
  }

  #afterServerFault(): number | null {
    this.#serverFaults += 1;
    const isEnough = this.#isOnce || this.#serverFaults >= this.#limits.serverFaultTries;
    if (isEnough || this.#rules.patience === 'at-once') return null;
    return FIRST_PAUSE_MS * 2 ** this.#serverFaults;
  }

  #patienceMs(longestMs: number): number {
    if (this.#rules.patience === 'at-once') return AT_ONCE_MS;
    return this.#rules.patience === 'soon' ? Math.min(SOON_MS, longestMs) : longestMs;
  }
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const AT_ONCE_MS = 1_000;
const SOON_MS = 30_000;
