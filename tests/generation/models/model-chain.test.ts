import { describe, expect, it } from 'vitest';

import { ModelError } from '../../../generation/models/chat-model.ts';
import type { ChatEvent, ChatModel } from '../../../generation/models/chat-model.ts';
import { createModelChain } from '../../../generation/models/model-chain.ts';
import { createScriptedModel } from '../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../generation/models/scripted-model.ts';
import { describeChatModel } from '../../contracts/chat-model.ts';
import type { ChatPlay } from '../../contracts/chat-model.ts';

describeChatModel('a chain whose first model is dead', async (play) => {
  const received = Promise.withResolvers<Parameters<ChatModel['stream']>[0]>();
  const givenUp = Promise.withResolvers<void>();
  const second = createScriptedModel({
    name: 'second',
    *script(messages) {
      received.resolve(messages);
      try {
        yield* stepsOf(play);
      } finally {
        givenUp.resolve();
      }
    },
  });
  const { model } = played('second', [refusedConnection]);
  const chain = createModelChain({ models: [model, second] });
  return {
    // The contract knows nothing of the models before.
    model: {
      name: 'second',
      contextTokens: chain.contextTokens,
      async *stream(messages, options) {
        for await (const event of chain.stream(messages, options)) {
          if (event.type !== 'fallback') yield event;
        }
      },
    },
    received: () => received.promise,
    givenUp: () => givenUp.promise,
    [Symbol.asyncDispose]: async () => {},
  };
});

describe('a chain of models', () => {
  it('asks the first alone while it answers', async () => {
    const first = played('first', says('Да.'));
    const second = played('second', says('Нет.'));
    const { events } = await collect([first.model, second.model]);
    expect(events).toEqual([
      { type: 'text-delta', text: 'Да.' },
      { type: 'finish', reason: 'stop' },
    ]);
    expect(second.calls()).toBe(0);
  });

  it.each<[string, ScriptStep[], string]>([
    ['cannot be reached', [refusedConnection], 'the connection was refused'],
    ['says nothing', says(), 'sent an empty answer'],
    ['says a dash alone', says(' ', '—'), 'sent an empty answer'],
    [
      'only reasons',
      [{ type: 'reasoning-delta', text: 'Hm.' }, ...says()],
      'sent only reasoning and no answer',
    ],
    [
      'is stopped by its filter before a word',
      [{ type: 'finish', reason: 'content-filter' }],
      'its content filter stopped the answer',
    ],
    [
      'refuses in set words',
      says('Не люблю менять ', 'тему разговора, но вот сейчас тот самый случай.'),
      'refused to answer',
    ],
    ['refuses in English', says("I'm sorry, ", "but I can't help with that."), 'refused to answer'],
  ])('asks the next one when the first %s', async (_what, steps, sentence) => {
    const first = played('first', steps);
    const second = played('second', says('Длина ', 'Волги.'));
    const { events, error } = await collect([first.model, second.model]);
    expect(error).toBeNull();
    expect(events.filter((event) => event.type !== 'reasoning-delta')).toEqual([
      { type: 'fallback', error: expect.any(ModelError), to: 'second' },
      { type: 'text-delta', text: 'Длина ' },
      { type: 'text-delta', text: 'Волги.' },
      { type: 'finish', reason: 'stop' },
    ]);
    const fallback = events.find((event) => event.type === 'fallback');
    expect(fallback?.error.message).toBe(`model first: ${sentence}`);
  });

  it('never changes models in the middle of a text', async () => {
    const first = played('first', [...says('Длина').slice(0, 1), refusedConnection]);
    const second = played('second', says('Нет.'));
    const { events, error } = await collect([first.model, second.model]);
    expect(events).toEqual([{ type: 'text-delta', text: 'Длина' }]);
    expect(error?.message).toBe('model first: the connection was refused');
    expect(second.calls()).toBe(0);
  });

  it('ends with the failure of the last', async () => {
    const models = ['a', 'b', 'c'].map((name) => played(name, [refusedConnection]).model);
    const { events, error } = await collect(models);
    expect(events.map((event) => (event.type === 'fallback' ? event.to : event.type))).toEqual([
      'b',
      'c',
    ]);
    expect(error?.message).toBe('model c: the connection was refused');
  });

  it('passes the refusal of the last on, for whoever asked to judge', async () => {
    const text = "I'm sorry, but I can't help with that.";
    const { events } = await collect([played('only', says(text)).model]);
    expect(events[0]).toEqual({ type: 'text-delta', text });
  });

  it('takes an apology that cites for an answer', async () => {
    const text = "I'm sorry, I Love You is a song of 1990 [1].";
    const second = played('second', says('No.'));
    const { events } = await collect([played('first', says(text)).model, second.model]);
    expect(events[0]).toEqual({ type: 'text-delta', text });
    expect(second.calls()).toBe(0);
  });

  it('holds no more than the smallest context', () => {
    const models = [30_000, 8000, 16_000].map((contextTokens) =>
      createScriptedModel({ script: () => [], contextTokens }),
    );
    expect(createModelChain({ models }).contextTokens).toBe(8000);
  });

  it('lets a dead first model rest, tries it again later, and returns to it', async () => {
    let time = 0;
    let isDead = true;
    let calls = 0;
    const first = createScriptedModel({
      name: 'first',
      *script() {
        calls += 1;
        yield* isDead ? [refusedConnection] : says('Снова я.');
      },
    });
    const second = played('second', says('Я.'));
    const chain = createModelChain({
      models: [first, second.model],
      breaker: { restMs: 1000, now: () => time },
    });
    const ask = async (): Promise<string> => textOf((await collectFrom(chain)).events);
    expect(await ask()).toBe('Я.');
    expect(await ask()).toBe('Я.');
    expect(calls).toBe(1);
    time = 1000;
    isDead = false;
    expect(await ask()).toBe('Снова я.');
    expect(await ask()).toBe('Снова я.');
    expect(calls).toBe(3);
  });

  it('says why the first is not even asked', async () => {
    const chain = createModelChain({
      models: [played('first', [refusedConnection]).model, played('second', says('Я.')).model],
    });
    await collectFrom(chain);
    const { events } = await collectFrom(chain);
    expect(events[0]).toMatchObject({ type: 'fallback', to: 'second' });
    expect(events[0]?.type === 'fallback' && events[0].error.message).toBe(
      'model first: failed a moment ago and is not asked yet',
    );
  });

  it('asks them all the same when all are at rest', async () => {
    const { model, calls } = played('only', [refusedConnection]);
    const chain = createModelChain({ models: [model] });
    await collectFrom(chain);
    await collectFrom(chain);
    expect(calls()).toBe(2);
  });

  it('does not rest for a prompt that was too long, nor for a reader who left', async () => {
    const tooLong: ChatModel = {
      name: 'small',
      contextTokens: 100,
      // oxlint-disable-next-line require-yield
      async *stream() {
        throw new ModelError('model small: the prompt is too long for it', {
          retryable: false,
          fault: 'prompt-too-long',
        });
      },
    };
    let calls = 0;
    const watched: ChatModel = {
      ...tooLong,
      stream(messages, options) {
        calls += 1;
        return tooLong.stream(messages, options);
      },
    };
    const chain = createModelChain({ models: [watched, played('second', says('Я.')).model] });
    await collectFrom(chain);
    await collectFrom(chain);
    expect(calls).toBe(2);
  });
});

const refusedConnection: ScriptStep = {
  type: 'fail',
  sentence: 'the connection was refused',
  retryable: true,
};

function played(name: string, steps: readonly ScriptStep[]) {
  let calls = 0;
  const model = createScriptedModel({
    name,
    script() {
      calls += 1;
      return steps;
    },
  });
  return { model, calls: () => calls };
}

function says(...pieces: string[]): ScriptStep[] {
  return [
    ...pieces.map((text): ScriptStep => ({ type: 'text-delta', text })),
    { type: 'finish', reason: 'stop' },
  ];
}

function stepsOf({ reasoning = [], text = [], end }: ChatPlay): ScriptStep[] {
  const steps: ScriptStep[] = [
    ...reasoning.map((piece): ScriptStep => ({ type: 'reasoning-delta', text: piece })),
    ...text.map((piece): ScriptStep => ({ type: 'text-delta', text: piece })),
  ];
  if (end === 'hang') return [...steps, { type: 'hang' }];
  if (end === 'refuse' || end === 'break') return [...steps, refusedConnection];
  return [...steps, { type: 'finish', reason: end }];
}

const collect = (models: readonly ChatModel[]) => collectFrom(createModelChain({ models }));

async function collectFrom(
  model: ChatModel,
): Promise<{ events: ChatEvent[]; error: Error | null }> {
  const events: ChatEvent[] = [];
  const { signal } = new AbortController();
  try {
    const stream = model.stream([{ role: 'user', content: 'Где?' }], {
      signal,
      maxOutputTokens: 9,
    });
    for await (const event of stream) events.push(event);
    return { events, error: null };
  } catch (error) {
    return { events, error: error as Error };
  }
}

function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}
