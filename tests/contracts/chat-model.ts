import { describe, expect, it } from 'vitest';

import { ModelError } from '../../generation/models/chat-model.ts';
import type { ChatEvent, ChatMessage, ChatModel } from '../../generation/models/chat-model.ts';

/** What the subject's model has to say, in this order. */
export interface ChatPlay {
  reasoning?: readonly string[];
  text?: readonly string[];
  /** How it ends; `hang` never does, `refuse` fails before the first event, `break` after the text. */
  end: 'stop' | 'length' | 'content-filter' | 'hang' | 'refuse' | 'break';
}

export interface ChatModelSubject extends AsyncDisposable {
  model: ChatModel;
  /** The messages of the first call, as they reached the other side. */
  received(): Promise<readonly ChatMessage[]>;
  /** Resolves once the other side sees that the first call was given up. */
  givenUp(): Promise<void>;
}

/** What every chat model keeps to. */
export function describeChatModel(
  name: string,
  createSubject: (play: ChatPlay) => Promise<ChatModelSubject>,
): void {
  describe(`${name} as a chat model`, () => {
    it('streams the text in order and ends with one finish', async () => {
      await using subject = await createSubject({
        text: ['Исток', ' — это ', 'начало.'],
        end: 'stop',
      });
      const events = await collect(subject.model);
      expect(textOf(events)).toBe('Исток — это начало.');
      expect(events.filter((event) => event.type === 'finish')).toEqual([
        { type: 'finish', reason: 'stop' },
      ]);
      expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    });

    it('tells reasoning from text', async () => {
      await using subject = await createSubject({
        reasoning: ['Hmm', '…'],
        text: ['Yes.'],
        end: 'stop',
      });
      const events = await collect(subject.model);
      expect(textOf(events)).toBe('Yes.');
      expect(reasoningOf(events)).toBe('Hmm…');
    });

    it.each(['length', 'content-filter'] as const)('tells that it stopped for %s', async (end) => {
      await using subject = await createSubject({ text: ['Half'], end });
      expect((await collect(subject.model)).at(-1)).toEqual({ type: 'finish', reason: end });
    });

    it('passes every message on, with its role and in order', async () => {
      await using subject = await createSubject({ text: ['Да.'], end: 'stop' });
      const messages: ChatMessage[] = [
        { role: 'system', content: 'Answer briefly.' },
        { role: 'user', content: 'Ты здесь?\n"quoted" 🦄' },
        { role: 'assistant', content: 'Да.' },
        { role: 'user', content: 'А теперь?' },
      ];
      await collect(subject.model, messages);
      expect(await subject.received()).toEqual(messages);
    });

    it('finishes without text when it has nothing to say', async () => {
      await using subject = await createSubject({ end: 'stop' });
      expect(await collect(subject.model)).toEqual([{ type: 'finish', reason: 'stop' }]);
    });

    it('throws a model error that names it when it fails before the first event', async () => {
      await using subject = await createSubject({ end: 'refuse' });
      const { events, error } = await collectUntilError(subject.model);
      expect(events).toEqual([]);
      expect(error).toBeInstanceOf(ModelError);
      expect((error as ModelError).message).toMatch(
        new RegExp(`^model ${subject.model.name}: \\S`, 'u'),
      );
    });

    it('throws a model error after the text when it breaks in the middle, and no finish', async () => {
      await using subject = await createSubject({ text: ['Half', ' an'], end: 'break' });
      const { events, error } = await collectUntilError(subject.model);
      expect(textOf(events)).toBe('Half an');
      expect(events.some((event) => event.type === 'finish')).toBe(false);
      expect(error).toBeInstanceOf(ModelError);
    });

    it('throws the reason of a signal that is aborted already', async () => {
      await using subject = await createSubject({ text: ['No.'], end: 'stop' });
      const reason = new Error('changed my mind');
      const { events, error } = await collectUntilError(subject.model, AbortSignal.abort(reason));
      expect(events).toEqual([]);
      expect(error).toBe(reason);
    });

    it('stops at once when it is aborted while it waits, and gives the call up', async () => {
      await using subject = await createSubject({ text: ['One'], end: 'hang' });
      const controller = new AbortController();
      const reason = new Error('stop pressed');
      const events: ChatEvent[] = [];
      let error: unknown;
      try {
        for await (const event of stream(subject.model, controller.signal)) {
          events.push(event);
          controller.abort(reason);
        }
      } catch (thrown) {
        error = thrown;
      }
      expect(textOf(events)).toBe('One');
      expect(error).toBe(reason);
      await subject.givenUp();
    });

    it('gives the call up when its reader leaves', async () => {
      await using subject = await createSubject({ text: ['One'], end: 'hang' });
      let seen = '';
      for await (const event of stream(subject.model, new AbortController().signal)) {
        if (event.type === 'text-delta') seen = event.text;
        break;
      }
      expect(seen).toBe('One');
      await subject.givenUp();
    });

    it('serves two readers at once', async () => {
      await using subject = await createSubject({ text: ['a', 'b', 'c'], end: 'stop' });
      const [first, second] = await Promise.all([collect(subject.model), collect(subject.model)]);
      expect(textOf(first)).toBe('abc');
      expect(textOf(second)).toBe('abc');
    });
  });
}

const question: ChatMessage[] = [{ role: 'user', content: 'Что такое исток?' }];

function stream(
  model: ChatModel,
  signal: AbortSignal,
  messages = question,
): AsyncIterable<ChatEvent> {
  return model.stream(messages, { signal, maxOutputTokens: 100 });
}

async function collect(model: ChatModel, messages = question): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of stream(model, new AbortController().signal, messages))
    events.push(event);
  return events;
}

async function collectUntilError(
  model: ChatModel,
  signal = new AbortController().signal,
): Promise<{ events: ChatEvent[]; error: unknown }> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream(model, signal)) events.push(event);
  } catch (error) {
    return { events, error };
  }
  throw new Error('nothing was thrown');
}

function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

function reasoningOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join('');
}
