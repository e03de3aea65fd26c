import { randomUUID } from 'node:crypto';

import { ModelError } from '../models/chat-model.ts';
import type { ChatModel } from '../models/chat-model.ts';
import { mostCodeCharacters } from '../code/code-instructions.ts';

import { createAnswerDraft } from './answer-draft.ts';
import type { AnswerLength, AnswerRequest, Answerer, AnswererEvent } from './answerer.ts';
import { buildAnswerPrompt } from './prompt.ts';

export interface ModelAnswererOptions {
  model: ChatModel;
  /** The longest answer in characters, markers included. */
  maxCharacters?: Record<AnswerLength, number>;
  now?: () => Date;
  /** Names the fence around page text; nobody may be able to guess it. */
  createBoundary?: () => string;
}

/**
 * An answer written by a chat model from numbered passages. Text is passed on as it comes. It ends
 * at the last sentence that fits the length, and with an ellipsis where the model broke off in the
 * middle of one. An answer that begins in another language than the question's is asked for once
 * more; the second is shown if it is Russian or English. Without passages the model is not asked.
 */
export function createModelAnswerer({
  model,
  maxCharacters = { short: 900, long: 3000 },
  now = () => new Date(),
  createBoundary = () => randomUUID().replaceAll('-', '').slice(0, 12),
}: ModelAnswererOptions): Answerer {
  return {
    name: model.name,
    async *answer(request, { signal }) {
      signal.throwIfAborted();
      if (request.passages.length === 0) {
        yield { type: 'declined' };
        return;
      }
      if (!(yield* attempt(request, { insists: false, signal }))) {
        yield* attempt(request, { insists: true, signal });
      }
    },
  };

  /** @returns false when nothing was shown, since it began in the wrong language. */
  async function* attempt(
    request: AnswerRequest,
    { insists, signal }: { insists: boolean; signal: AbortSignal },
  ): AsyncGenerator<AnswererEvent, boolean> {
    let writer = model.name;
    const failure = (sentence: string, retryable: boolean): ModelError =>
      new ModelError(`model ${writer}: ${sentence}`, { retryable });
    const { code, length } = request;
    const most = code === undefined ? maxCharacters[length] : mostCodeCharacters(code.task);
    const { messages, maxOutputTokens, numbers } = buildAnswerPrompt(request, {
      contextTokens: model.contextTokens,
      maxCharacters: most,
      now: now(),
      boundary: createBoundary(),
      insists,
    });
    if (numbers.length === 0) {
      throw failure(
        `its context of ${model.contextTokens} tokens leaves no room for a passage`,
        false,
      );
    }

    const draft = createAnswerDraft(request, {
      maxCharacters: most,
      acceptsLanguage: insists ? 'readable' : 'own',
    });
    let answer = '';
    let reasoned = false;
    let wasCut = false;
    for await (const event of model.stream(messages, { signal, maxOutputTokens })) {
      if (event.type === 'fallback') {
        writer = event.to;
        yield event;
      }
      if (event.type === 'reasoning-delta') reasoned = true;
      if (event.type === 'finish') {
        if (event.reason === 'content-filter') {
          throw failure('its content filter stopped the answer', false);
        }
        wasCut = event.reason === 'length';
      }
      if (event.type !== 'text-delta') continue;
      const text = draft.push(event.text);
      answer += text;
      if (text !== '') yield { type: 'text-delta', text };
      // Leaving the loop closes the request: nothing more is paid for.
      if (draft.isOver) break;
    }

    const rest = draft.end({ wasCut });
    answer += rest;
    if (draft.isRefusal) throw failure('refused to answer', false);
    if (draft.isForeign) {
      if (!insists) return false;
      throw failure('answered in another language, twice', false);
    }
    if (draft.declined === 'first' || (draft.declined === 'later' && !marker.test(answer))) {
      yield { type: 'declined' };
      return true;
    }
    if (!hasWords.test(answer.replace(markers, ''))) {
      throw failure(reasoned ? 'sent only reasoning and no answer' : 'sent an empty answer', true);
    }
    if (rest !== '') yield { type: 'text-delta', text: rest };
    return true;
  }
}

const marker = /[[【]\d[\d\s,]*[\]】]/u;
const markers = new RegExp(marker, 'gu');
const hasWords = /[\p{L}\p{N}]/u;
