import { isDeepStrictEqual } from 'node:util';

import { GrammyError } from 'grammy';
import type { Logger } from 'pino';

import type { Clock } from '../telegram/clock.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';
import type { SendingPace } from '../telegram/sending-pace.ts';

import type { FormattedText } from './formatted-text.ts';
import { frameTail } from './frame-tail.ts';
import type { ShowOptions } from './live-message.ts';

export interface FramesOptions {
  chatId: number;
  pace: SendingPace;
  clock: Clock;
  logger: Logger;
  /** Nothing is shown before: a quick answer needs no frames. */
  firstFrameMs: number;
  /** The same for a frame that can wait for a better one. */
  patientFrameMs: number;
  /** Between two frames. */
  gapMs: number;
  /** After which a frame is shown again although nothing has changed; null for never. */
  repeatAfterMs: number | null;
  /** Brings a frame into the chat. What it throws is judged by `sendingFailureOf`. */
  send: (frame: FormattedText) => Promise<void>;
}

/** Frames on their way into a chat: one at a time, the latest first, those before it not at all. */
export interface Frames {
  /** The frame is read no sooner than it is sent: its text may be rendered then. */
  show(frame: FormattedText, options?: ShowOptions): void;
  /** Shows no more. Resolves once nothing is under way. Never rejects. */
  stop(): Promise<void>;
}

export function createFrames({
  chatId,
  pace,
  clock,
  logger,
  firstFrameMs,
  patientFrameMs,
  gapMs,
  repeatAfterMs,
  send,
}: FramesOptions): Frames {
  let latest: FormattedText | null = null;
  let canWait = false;
  let startedAt: number | null = null;
  let shown: { frame: FormattedText; content: FormattedText; at: number } | null = null;
  let notBefore: number | null = null;
  let cancelTimer: (() => void) | null = null;
  let underWay: Promise<void> | null = null;
  let isStopped = false;

  function wakeAt(time: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(time - clock.now(), () => {
      cancelTimer = null;
      advance();
    });
  }

  function advance(): void {
    if (isStopped || latest === null || underWay !== null) return;
    const now = clock.now();
    const firstAt = (startedAt ?? now) + (canWait ? patientFrameMs : firstFrameMs);
    const dueAt = Math.max(notBefore ?? firstAt, repeatAt());
    if (dueAt === Number.POSITIVE_INFINITY) return;
    if (now < dueAt) wakeAt(dueAt);
    else if (pace.tryTurn(chatId)) underWay = bring(latest);
    else wakeAt(now + RETRY_MS);
  }

  /** When what is shown already wants to be shown again. */
  function repeatAt(): number {
    if (shown === null || shown.frame !== latest) return Number.NEGATIVE_INFINITY;
    return repeatAfterMs === null ? Number.POSITIVE_INFINITY : shown.at + repeatAfterMs;
  }

  async function bring(frame: FormattedText): Promise<void> {
    let nextInMs = gapMs;
    try {
      const content = frameTail(frame);
      const isNew = shown?.frame === frame || !isSame(content, shown?.content);
      if (isNew && content.text !== '') await send(content);
      shown = { frame, content, at: clock.now() };
    } catch (error) {
      nextInMs = failed(error, frame);
    }
    underWay = null;
    notBefore = clock.now() + nextInMs;
    advance();
  }

  /** Returns how long to leave off; frames that cannot come any more stop for good. */
  function failed(error: unknown, frame: FormattedText): number {
    logger.debug({ err: error }, 'a frame of an answer could not be shown');
    const failure = sendingFailureOf(error);
    // Of frames alone: what Telegram thinks of too many says little about the answer's one message.
    if (failure === 'flood') return retryAfterMs(error);
    if (failure === 'blocked' || failure === 'no-rights' || failure === 'gone') isStopped = true;
    // The same frame would be refused again: it counts as shown, the next one may fare better.
    if (failure === 'refused') shown = { frame, content: EMPTY, at: clock.now() };
    return Math.max(gapMs, AFTER_FAULT_MS);
  }

  return {
    show(frame, options = {}) {
      latest = frame;
      canWait = options.canWait === true;
      startedAt ??= clock.now();
      advance();
    },
    async stop() {
      isStopped = true;
      cancelTimer?.();
      await underWay;
    },
  };
}

/** While others use the room that Telegram leaves. */
const RETRY_MS = 150;
const AFTER_FAULT_MS = 2_000;
const EMPTY: FormattedText = { text: '', entities: [] };

function isSame(one: FormattedText, other: FormattedText | undefined): boolean {
  return one.text === other?.text && isDeepStrictEqual(one.entities, other.entities);
}

function retryAfterMs(error: unknown): number {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return (seconds ?? 1) * 1_000;
}
