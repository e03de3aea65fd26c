import { createBreaker } from './breaker.ts';
import type { Breaker, BreakerOptions } from './breaker.ts';
import { ModelError } from './chat-model.ts';
import type { ChatEvent, ChatMessage, ChatModel, ChatOptions } from './chat-model.ts';
import { createRefusalGate } from './refusal.ts';

export interface ModelChainOptions {
  /** The best first; at least one. */
  models: readonly ChatModel[];
  breaker?: BreakerOptions;
}

/**
 * Several models as one: when a model fails before its first word, the next one is asked, and a
 * `fallback` event tells so. To say nothing, to reason only and to refuse by policy are failures too,
 * except of the last one, whose stream is passed on as it is. Once a word is out, its model's failure is the chain's. A model that does not answer is left out
 * for a while, unless all are; which one will answer is known only then, so `name` is the first one's.
 */
export function createModelChain({ models, breaker = {} }: ModelChainOptions): ChatModel {
  const [first] = models;
  if (first === undefined) throw new TypeError('a chain needs a model');
  const links = models.map((model) => ({ model, breaker: createBreaker(breaker) }));

  return {
    name: first.name,
    contextTokens: Math.min(...models.map(({ contextTokens }) => contextTokens)),
    async *stream(messages, options) {
      options.signal.throwIfAborted();
      const admitted = links.filter((link) => link.breaker.admits());
      const asked = admitted.length > 0 ? admitted : links;
      let last: ModelError | null = null;
      for (const [at, { model, breaker: itsBreaker }] of asked.entries()) {
        if (last !== null || model !== first) {
          yield { type: 'fallback', error: last ?? resting(first), to: model.name };
        }
        const isLast = at === asked.length - 1;
        const link = { model, breaker: itsBreaker, isLast };
        const failure = yield* attempt(link, messages, options);
        if (failure === null) return;
        last = failure;
      }
      throw last ?? resting(first);
    },
  };
}

/** @returns why the next model is to be asked, or null when this one has answered. */
async function* attempt(
  { model, breaker, isLast }: { model: ChatModel; breaker: Breaker; isLast: boolean },
  messages: readonly ChatMessage[],
  options: ChatOptions,
): AsyncGenerator<ChatEvent, ModelError | null> {
  const refusal = createRefusalGate();
  // White space and a lone mark are no answer yet.
  let held = '';
  let hasSpoken = isLast;
  let hasReasoned = false;
  const failure = (sentence: string): ModelError =>
    new ModelError(`model ${model.name}: ${sentence}`, { retryable: true });
  const sayable = (text: string): string => {
    held += text;
    if (!hasWords.test(held)) return '';
    hasSpoken = true;
    const said = held;
    held = '';
    return said;
  };
  try {
    for await (const event of model.stream(messages, options)) {
      if (event.type === 'reasoning-delta') hasReasoned = true;
      // It is there and answers, whatever it makes of this question.
      if (event.type === 'text-delta' || event.type === 'finish') breaker.worked();
      if (event.type === 'text-delta') {
        const text = hasSpoken ? event.text : refusal.push(event.text);
        // Leaving the loop closes the request.
        if (refusal.isRefusal) break;
        const said = hasSpoken ? text : sayable(text);
        if (said !== '') yield { type: 'text-delta', text: said };
        continue;
      }
      if (event.type !== 'finish') {
        yield event;
        continue;
      }
      const rest = hasSpoken ? '' : sayable(refusal.end());
      if (refusal.isRefusal) break;
      if (event.reason === 'content-filter' && (rest !== '' || !hasSpoken)) {
        return failure('its content filter stopped the answer');
      }
      if (!hasSpoken) {
        return failure(hasReasoned ? 'sent only reasoning and no answer' : 'sent an empty answer');
      }
      if (rest !== '') yield { type: 'text-delta', text: rest };
      yield event;
    }
    return refusal.isRefusal ? failure('refused to answer') : null;
  } catch (error) {
    if (!(error instanceof ModelError) || options.signal.aborted) throw error;
    // What is too long for it says nothing of the next question.
    if (error.fault !== 'prompt-too-long') breaker.failed();
    if (hasSpoken && !isLast) throw error;
    return error;
  }
}

function resting(model: ChatModel): ModelError {
  return new ModelError(`model ${model.name}: failed a moment ago and is not asked yet`, {
    retryable: true,
  });
}

const hasWords = /[\p{L}\p{N}]/u;
