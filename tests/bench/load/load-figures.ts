import type { BotFigures } from './measured-bot.ts';

/** What one run of the load benchmark counts. */
export interface LoadFigures extends BotFigures {
  chats: number;
  questions: number;
  answered: number;
  declined: number;
  /** Told that something broke. */
  failed: number;
  /** Told that nobody knows whether the answer arrived. */
  unknownTold: number;
  /** Told nothing at all. */
  lost: number;
  /** Answered more than once. */
  duplicated: number;
  /** Calls that the emulated Telegram refused of itself. */
  rejected: number;
  /** How often with which words. */
  rejections: Record<string, number>;
  /** Faults that it was told to play. */
  faultsPlayed: number;
  /** From the asking to the answer. */
  p50Ms: number;
  p95Ms: number;
  /** From the asking until it is seen that the question was heard, 95th percentile. */
  typingP95Ms: number;
  /** The same for one who asks alone, and until it is seen how many pages are read. */
  aloneTypingMs: number;
  aloneReadingMs: number;
  /** From the asking to the last answer. */
  seconds: number;
  calls: number;
  drafts: number;
  edits: number;
  /** Lines of the bot's log, by level. */
  logged: Record<string, number>;
}
