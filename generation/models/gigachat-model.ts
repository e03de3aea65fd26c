import type OpenAI from 'openai';

import type { ChatEvent, ChatModel } from './chat-model.ts';
import type { ModelDeadlines } from './deadlines.ts';
import { createOpenAIModel } from './openai-model.ts';
import type { RetryPolicy } from './retry.ts';

export interface GigaChatModelOptions {
  /** Of `connectGigaChat`: it puts the token in and renews it. */
  client: OpenAI;
  model: string;
  /** How many tokens prompt and answer may take together. */
  contextTokens: number;
  deadlines?: Partial<ModelDeadlines>;
  retry?: Partial<RetryPolicy>;
}

/**
 * GigaChat behind its own access. Its API speaks OpenAI's language; what differs is that a subject it
 * will not speak of comes as one piece of set text with the finish reason `blacklist`. So the first
 * piece waits for the second: a reader sees nothing of an answer that is taken back at once.
 * Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-chat
 */
export function createGigaChatModel(options: GigaChatModelOptions): ChatModel {
  const model = createOpenAIModel({ ...options, reasoning: 'marked' });
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    async *stream(messages, chatOptions) {
      let first: ChatEvent | null = null;
      let isPastFirst = false;
      for await (const event of model.stream(messages, chatOptions)) {
        if (isPastFirst) {
          yield event;
        } else if (event.type === 'text-delta' && first === null) {
          first = event;
        } else if (event.type === 'text-delta' || event.type === 'finish') {
          isPastFirst = true;
          const isTakenBack = event.type === 'finish' && event.reason === 'content-filter';
          if (first !== null && !isTakenBack) yield first;
          yield event;
        } else {
          yield event;
        }
      }
    },
  };
}
