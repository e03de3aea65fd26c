export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Reasoning is told apart so that it never reaches a reader. */
export type ChatEvent =
  /** One model failed before its first word, and the one named `to` is asked instead. */
  | { type: 'fallback'; error: ModelError; to: string }
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'finish'; reason: 'stop' | 'length' | 'content-filter' | 'other' };

export interface ChatOptions {
  signal: AbortSignal;
  maxOutputTokens: number;
}

/** A chat model that streams. Contract: tests/contracts/chat-model.ts. */
export interface ChatModel {
  readonly name: string;
  /** How many tokens prompt and answer may take together. */
  readonly contextTokens: number;
  /** @throws {ModelError} before the first event or between events; the last event is `finish`. */
  stream(messages: readonly ChatMessage[], options: ChatOptions): AsyncIterable<ChatEvent>;
}

/**
 * What an operator would have to see to. `unavailable` is all that the other three are not: also what
 * passes by itself.
 */
export type ModelFault = 'unauthorized' | 'payment-required' | 'prompt-too-long' | 'unavailable';

/** A model failed. The message is one plain English sentence without a secret. */
export class ModelError extends Error {
  override name = 'ModelError';
  readonly retryable: boolean;
  readonly fault: ModelFault;

  constructor(
    message: string,
    options: { retryable: boolean; fault?: ModelFault; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    this.fault = options.fault ?? 'unavailable';
  }
}
