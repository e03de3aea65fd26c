import { setTimeout as pause } from 'node:timers/promises';

import type OpenAI from 'openai';

import { ModelError } from './chat-model.ts';
import type { ChatEvent, ChatMessage, ChatModel } from './chat-model.ts';
import { readCompletion } from './completion-stream.ts';
import type { CompletionPiece } from './completion-stream.ts';
import { watchDeadlines } from './deadlines.ts';
import type { DeadlineWatch, ModelDeadlines } from './deadlines.ts';
import { modelFailure } from './model-failure.ts';
import { createReasoningSplitter, namesReasoningTags } from './reasoning.ts';
import type { ReasoningEvent } from './reasoning.ts';
import { retryDelayMs } from './retry.ts';
import type { RetryPolicy } from './retry.ts';
import { createStopTokens } from './stop-tokens.ts';

export interface OpenAIModelOptions {
  client: OpenAI;
  model: string;
  /** How many tokens prompt, reasoning and answer may take together. */
  contextTokens: number;
  /**
   * Where reasoning may hide in the answer's text. `marked`: between tags, or nowhere. `unmarked`:
   * the opening tag is missing, so text is held back until the closing one. `auto`: `unmarked` for
   * models known to answer so (DeepSeek-R1, SmallThinker, QwQ, Qwen's Thinking, MiniMax-M2), and for any other
   * from the first answer on that turns out to be so; that one answer fails.
   */
  reasoning?: 'auto' | 'marked' | 'unmarked';
  /** What is kept free for reasoning, beside the answer. */
  reasoningTokens?: number;
  /** Null leaves it to the server. */
  temperature?: number | null;
  deadlines?: Partial<ModelDeadlines>;
  retry?: Partial<RetryPolicy>;
}

/** A model behind any server that speaks OpenAI's chat completions. */
export function createOpenAIModel({
  client,
  model,
  contextTokens,
  reasoning = 'auto',
  reasoningTokens = reasoner.test(model) ? Math.min(4096, Math.floor(contextTokens / 3)) : 0,
  temperature = 0.2,
  deadlines = {},
  retry = {},
}: OpenAIModelOptions): ChatModel {
  const limits = { firstTokenMs: 20_000, stallMs: 15_000, totalMs: 60_000, ...deadlines };
  const policy = { maxRetryAfterMs: 5000, pauseMs: 300, ...retry };
  let opensUnmarked = reasoning === 'unmarked' || (reasoning === 'auto' && reasoner.test(model));

  async function* events(
    pieces: AsyncIterable<CompletionPiece>,
    watch: DeadlineWatch,
    mayNameTags: boolean,
  ): AsyncGenerator<ChatEvent> {
    const splitter = createReasoningSplitter({ opensUnmarked, mayNameTags });
    const stops = createStopTokens();
    const answerOf = (found: readonly ReasoningEvent[]): ReasoningEvent[] =>
      found.flatMap((event): ReasoningEvent[] => {
        if (event.type !== 'text-delta') return [event];
        const text = stops.push(event.text);
        return text === '' ? [] : [{ type: 'text-delta', text }];
      });
    let reason: FinishReason | null = null;
    const iterator = pieces[Symbol.asyncIterator]();
    for (;;) {
      const next = await watch.wait(iterator.next());
      if (next.done === true) break;
      const piece = next.value;
      if (piece.content !== '' || piece.reasoning !== '') watch.progress();
      if (piece.reasoning !== '') yield* answerOf(splitter.reasoning(piece.reasoning));
      if (piece.content !== '') yield* answerOf(splitter.content(piece.content));
      if (splitter.leaked) {
        if (reasoning === 'auto') opensUnmarked = true;
        throw failure('wrote its reasoning into its answer', true);
      }
      if (stops.isOver) {
        reason = 'stop';
        watch.stop();
        break;
      }
      if (piece.finishReason !== null) {
        reason = finishReasons[piece.finishReason] ?? 'other';
        if (brokenOff.has(piece.finishReason)) throw failure('broke its answer off', true);
        if (!(await endsSoon(iterator))) watch.stop();
        break;
      }
    }
    if (reason === null) {
      // A stream that was aborted ends as if it were complete.
      watch.signal.throwIfAborted();
      throw failure('the connection was cut', true);
    }
    yield* answerOf(splitter.end({ wasCut: reason === 'length' }));
    if (splitter.leaked) throw failure('wrote its reasoning into its answer', true);
    const rest = stops.end();
    if (rest !== '') yield { type: 'text-delta', text: rest };
    yield { type: 'finish', reason };
  }

  async function open(
    messages: readonly ChatMessage[],
    maxOutputTokens: number,
    watch: DeadlineWatch,
  ): Promise<AsyncIterable<CompletionPiece>> {
    const request = async (): Promise<AsyncIterable<CompletionPiece>> => {
      const { data, response } = await client.chat.completions
        .create(
          {
            model,
            messages: messages.map(({ role, content }) => ({ role, content })),
            stream: true,
            ...tuning(model, maxOutputTokens + reasoningTokens, temperature),
          },
          { signal: watch.signal, maxRetries: 0 },
        )
        .withResponse();
      return readCompletion(data, response);
    };
    try {
      return await watch.wait(request());
    } catch (error) {
      watch.signal.throwIfAborted();
      const delayMs = retryDelayMs(error, policy);
      if (delayMs === null || delayMs >= watch.remainingMs()) throw error;
      await watch.wait(pause(delayMs, undefined, { signal: watch.signal }));
      return await watch.wait(request());
    }
  }

  const failure = (sentence: string, retryable: boolean): ModelError =>
    new ModelError(`model ${model}: ${sentence}`, { retryable });

  return {
    name: model,
    contextTokens: contextTokens - reasoningTokens,
    async *stream(messages, { signal, maxOutputTokens }) {
      signal.throwIfAborted();
      const watch = watchDeadlines(limits, signal);
      const mayNameTags = messages.some(({ content }) => namesReasoningTags(content));
      let isComplete = false;
      try {
        const pieces = await open(messages, maxOutputTokens, watch);
        for await (const event of events(pieces, watch, mayNameTags)) {
          isComplete = event.type === 'finish';
          yield event;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw modelFailure(error, { model, apiKey: client.apiKey });
      } finally {
        // After a complete answer an abort would close a connection that can serve the next one.
        if (!isComplete) watch.stop();
      }
    },
  };
}

/**
 * Reads on to the end of the stream, so that the connection can serve the next question. A complete
 * answer does not wait for a server that keeps the stream open, nor fail with it.
 */
async function endsSoon(iterator: AsyncIterator<unknown>): Promise<boolean> {
  const patience = new AbortController();
  const rest = async (): Promise<boolean> => {
    while ((await iterator.next()).done !== true);
    return true;
  };
  const tooLong = async (): Promise<boolean> => {
    await pause(100, undefined, { signal: patience.signal });
    return false;
  };
  try {
    return await Promise.any([rest(), tooLong()]);
  } catch {
    return false;
  } finally {
    patience.abort();
  }
}

type FinishReason = Extract<ChatEvent, { type: 'finish' }>['reason'];

/** Names of models that reason; their chat templates put the opening tag into the prompt. */
const reasoner = /(?:^|[^a-z0-9])(?:r1|qwq|reasoner|thinking|minimax-m2|small-?thinker)(?![a-z])/iu;

const finishReasons: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
  // GigaChat's word for it.
  blacklist: 'content-filter',
};

/** DeepSeek and GigaChat end an answer that they could not finish with these. */
const brokenOff = new Set(['insufficient_system_resource', 'error']);

/** OpenAI's own reasoning models refuse the limit's old name and any temperature. */
function tuning(
  model: string,
  maxTokens: number,
  temperature: number | null,
): { max_tokens?: number; max_completion_tokens?: number; temperature?: number } {
  if (/^(?:o\d|gpt-5)/u.test(model)) return { max_completion_tokens: maxTokens };
  return { max_tokens: maxTokens, ...(temperature === null ? {} : { temperature }) };
}
