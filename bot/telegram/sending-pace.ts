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
