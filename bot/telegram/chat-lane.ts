/** Telegram's limits on one chat, and what has been sent there lately. */
export class ChatLane {
  readonly #limits: LaneLimits;
  readonly #isGroup: boolean;
  /** When messages went out, the oldest first; of groups only, and never more than a minute allows. */
  #sentAt: number[] = [];
  #lastSentAt = Number.NEGATIVE_INFINITY;
  #heldUntil = Number.NEGATIVE_INFINITY;
  readonly waiting: Waiting[] = [];
  /** Whether the lane stands in the queue of lanes: once, however many wait in it. */
  isQueued = false;

  constructor(chatId: number, limits: LaneLimits) {
    this.#isGroup = chatId < 0;
    this.#limits = limits;
  }

  /** When the next message may go, at the earliest. */
  get freeAt(): number {
    const { messageGapMs, groupMessages, minuteMs } = this.#limits;
    const oldest = this.#sentAt.at(-groupMessages);
    const budgetAt = oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + minuteMs;
    return Math.max(this.#lastSentAt + messageGapMs, this.#heldUntil, budgetAt);
  }

  /** When the next frame may go, if nothing else is sent until then. */
  get freeForFrameAt(): number {
    if (!this.#isGroup) return this.freeAt;
    const { groupFrameGapMs, groupMessages, keptForAnswers, minuteMs } = this.#limits;
    const oldest = this.#sentAt.at(-(groupMessages - keptForAnswers));
    const budgetAt = oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + minuteMs;
    return Math.max(this.freeAt, this.#lastSentAt + groupFrameGapMs, budgetAt);
  }

  sent(now: number): void {
    this.#lastSentAt = now;
    if (!this.#isGroup) return;
    this.#sentAt.push(now);
    if (this.#sentAt.length > this.#limits.groupMessages) this.#sentAt.shift();
  }

  holdUntil(time: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, time);
  }

  /** Whether nothing is known of the chat that a new lane would not know as well. */
  isIdle(now: number): boolean {
    const { minuteMs } = this.#limits;
    const newest = this.#sentAt.at(-1) ?? Number.NEGATIVE_INFINITY;
    return this.waiting.length === 0 && this.freeForFrameAt <= now && newest + minuteMs <= now;
  }
}

export interface LaneLimits {
  /** Between two messages to a chat. */
  messageGapMs: number;
  /** Between a frame and what was sent before it to a group. */
  groupFrameGapMs: number;
  /** To a group in a minute. */
  groupMessages: number;
  /** How many of these frames leave to messages. */
  keptForAnswers: number;
  minuteMs: number;
}

export interface Waiting {
  go: () => void;
}
