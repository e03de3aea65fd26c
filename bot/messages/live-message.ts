import type { FormattedText } from './formatted-text.ts';

/**
 * What stands in a chat while an answer is being written: a draft in private chats, a message that is
 * edited elsewhere. Frames may be skipped, since the next one or the answer replaces them.
 */
export interface LiveMessage {
  /** Shows this instead of what was shown before, as soon as Telegram's limits allow. Never throws. */
  show(frame: FormattedText, options?: ShowOptions): void;
  /**
   * Shows no more. Resolves, once nothing is under way, to the messages that stand in the chat and
   * that the answer is to replace: none for a draft, which an answer replaces by itself. Never rejects.
   */
  settle(): Promise<number[]>;
}

export interface ShowOptions {
  /** A better frame is likely to come soon, and to show this one first would delay that. */
  canWait?: boolean;
}
