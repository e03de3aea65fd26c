import { ChatLane } from './chat-lane.ts';
import type { LaneLimits, Waiting } from './chat-lane.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { Clock } from './clock.ts';
import { EarliestFirst } from './earliest-first.ts';

/** Telegram's limits on messages, kept before Telegram has to say so. */
export interface SendingPace {
  /**
   * Resolves when a message may go to the chat, in the order of asking.
   * Rejects with the signal's reason when that is aborted first.
   */
  turn(chatId: number, signal?: AbortSignal): Promise<void>;
  /** Takes a turn if one is free at once and no message waits: for frames that may be skipped. */
  tryTurn(chatId: number): boolean;
  /** Telegram said to wait: nothing goes to this chat until then, or nowhere when it is null. */
  holdOff(chatId: number | null, ms: number): void;
}

export interface SendingPaceOptions {
  clock?: Clock;
  /** Between any two messages. */
  gapMs?: number;
  /** For groups and channels: negative ids. */
  limits?: Partial<LaneLimits>;
}

/**
 * Keeps to 28 messages a second over all, 1 a second in a chat and 18 a minute in a group, each a
 * little under what Telegram allows, so that a network which delivers one message late and the next
 * one early breaks no limit. Chats take turns in the order in which they became free.
 */
export function createSendingPace({
  clock = SYSTEM_CLOCK,
  gapMs = 36,
  limits = {},
}: SendingPaceOptions = {}): SendingPace & {
  /** How many chats are remembered. */
  readonly chats: number;
} {
  const laneLimits = { ...LIMITS, ...limits };
  const lanes = new Map<number, ChatLane>();
  /** Lanes in which somebody waits, once each. A lane may be free later than it says here. */
  const queue = new EarliestFirst<ChatLane>();
  let freeAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | null = null;
  let timerAt = Number.POSITIVE_INFINITY;
  let sweepAt = FIRST_SWEEP;

  function laneOf(chatId: number): ChatLane {
    const known = lanes.get(chatId);
    if (known !== undefined) return known;
    if (lanes.size >= sweepAt) sweep();
    const lane = new ChatLane(chatId, laneLimits);
    lanes.set(chatId, lane);
    return lane;
  }

  function sweep(): void {
    const now = clock.now();
    for (const [chatId, lane] of lanes) if (lane.isIdle(now)) lanes.delete(chatId);
    // Sweeping only when the number has doubled keeps its cost in proportion to what is sent.
    sweepAt = Math.max(FIRST_SWEEP, 2 * lanes.size);
  }

  function take(lane: ChatLane, now: number): void {
    lane.sent(now);
    freeAt = now + gapMs;
  }

  function enqueue(lane: ChatLane, now: number): void {
    if (lane.isQueued || lane.waiting.length === 0) return;
    lane.isQueued = true;
    queue.add(Math.max(lane.freeAt, now), lane);
  }

  /** Lets go whoever may, and sets the one timer for the next. */
  function advance(): void {
    const now = clock.now();
    for (let next = queue.next; next !== null; next = queue.next) {
      const { thing: lane, at } = next;
      const isDue = lane.waiting.length > 0 && lane.freeAt <= at;
      if (isDue && (at > now || freeAt > now)) {
        setTimer(Math.max(at, freeAt), now);
        return;
      }
      queue.removeNext();
      lane.isQueued = false;
      if (isDue) {
        lane.waiting.shift()?.go();
        take(lane, now);
      }
      enqueue(lane, now);
    }
    cancelTimer?.();
    timerAt = Number.POSITIVE_INFINITY;
  }

  function setTimer(at: number, now: number): void {
    if (timerAt === at) return;
    cancelTimer?.();
    timerAt = at;
    cancelTimer = clock.after(at - now, () => {
      timerAt = Number.POSITIVE_INFINITY;
      advance();
    });
  }

  return {
    get chats() {
      return lanes.size;
    },
    turn(chatId, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal?.aborted === true) {
        reject(signal.reason);
        return promise;
      }
      const lane = laneOf(chatId);
      const abort = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(waiting), 1);
        advance();
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        go() {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      lane.waiting.push(waiting);
      enqueue(lane, clock.now());
      advance();
      return promise;
    },
    tryTurn(chatId) {
      const now = clock.now();
      const lane = laneOf(chatId);
      // Whoever is due by now may wait for nothing but a timer that is late.
      const isSomebodyDue = (queue.next?.at ?? Number.POSITIVE_INFINITY) <= now;
      if (lane.waiting.length > 0 || isSomebodyDue || freeAt > now || lane.freeForFrameAt > now) {
        return false;
      }
      take(lane, now);
      return true;
    },
    holdOff(chatId, ms) {
      const until = clock.now() + ms;
      if (chatId === null) freeAt = Math.max(freeAt, until);
      else laneOf(chatId).holdUntil(until);
    },
  };
}

const LIMITS: LaneLimits = {
  messageGapMs: 1_050,
  groupFrameGapMs: 3_000,
  groupMessages: 18,
  keptForAnswers: 6,
  minuteMs: 60_500,
};

const FIRST_SWEEP = 1_000;
