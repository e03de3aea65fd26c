import { describe, expect, it } from 'vitest';

import type { AnswerRequest, AnswererEvent } from '../../../generation/answer/answerer.ts';
import { createModelAnswerer } from '../../../generation/answer/model-answerer.ts';
import type { ChatMessage } from '../../../generation/models/chat-model.ts';
import { createScriptedModel } from '../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../generation/models/scripted-model.ts';
import { answerable, describeAnswerer } from '../../contracts/answerer.ts';

describeAnswerer('model-answerer', () =>
  createModelAnswerer({
    model: createScriptedModel({
      script: (messages) =>
        says(
          ...(messages.at(-1)?.content.includes('длина Волги?') === true
            ? ['Длина Волги', ' — 3530 километров', ' [2].']
            : ['NO_', 'ANSWER']),
        ),
    }),
  }),
);

describe('what the model is asked', () => {
  it('sees the passages under their numbers, the question, the date and the limit', async () => {
    let asked: readonly ChatMessage[] = [];
    const model = createScriptedModel({
      script(messages) {
        asked = messages;
        return says('3530 [2].');
      },
    });
    const answerer = createModelAnswerer({
      model,
      now: () => new Date('2026-11-22T12:00:00Z'),
      createBoundary: () => 'b0b0b0',
    });
    await collect(answerer, answerable);
    expect(asked.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(asked[0]?.content).toContain('Сегодня 2026-11-22.');
    expect(asked[0]?.content).toContain('не больше 900 знаков');
    expect(asked[1]?.content).toContain('<passage-b0b0b0 number="2">');
    expect(asked[1]?.content).toContain('Какова длина Волги?');
  });

  it('is not asked without passages', async () => {
    let calls = 0;
    const model = createScriptedModel({
      script() {
        calls += 1;
        return says('3530 [2].');
      },
    });
    await collect(createModelAnswerer({ model }), { ...answerable, passages: [] });
    expect(calls).toBe(0);
  });

  it('finds a new name for the fence each time', async () => {
    const asked: string[] = [];
    const model = createScriptedModel({
      script(messages) {
        asked.push(messages.at(-1)?.content.match(/<passage-(\w+)/u)?.[1] ?? '');
        return says('3530 [2].');
      },
    });
    const answerer = createModelAnswerer({ model });
    await collect(answerer, answerable);
    await collect(answerer, answerable);
    expect(asked[0]).toMatch(/^[0-9a-f]{12}$/u);
    expect(asked[1]).not.toBe(asked[0]);
  });

  it('is not asked when not a single passage fits its context', async () => {
    const model = createScriptedModel({ script: () => says('3530 [2].'), contextTokens: 500 });
    await expect(collect(createModelAnswerer({ model }), answerable)).rejects.toThrow(
      'model scripted: its context of 500 tokens leaves no room for a passage',
    );
  });
});

describe('text on its way', () => {
  it('is passed on as it comes', async () => {
    const pieces = ['Длина равнинной', ' реки', ' Волги', ' — 3530', ' км [2].'];
    expect(await answerOf(says(...pieces))).toEqual([
      // Its language is plain by now.
      { type: 'text-delta', text: 'Длина равнинной реки' },
      { type: 'text-delta', text: ' Волги' },
      { type: 'text-delta', text: ' — 3530' },
      { type: 'text-delta', text: ' км [2].' },
    ]);
  });

  it('is held back only while it may become the token', async () => {
    expect(await answerOf(says('N', 'O', ' — таков короткий ответ', ' [1].'))).toEqual([
      { type: 'text-delta', text: 'NO — таков короткий ответ' },
      { type: 'text-delta', text: ' [1].' },
    ]);
  });

  it('holds no reasoning', async () => {
    const steps: ScriptStep[] = [{ type: 'reasoning-delta', text: 'Hm.' }, ...says('3530 км [2].')];
    expect(await answerOf(steps)).toEqual([{ type: 'text-delta', text: '3530 км [2].' }]);
  });
});

describe('the token that declines', () => {
  it.each<[what: string, pieces: string[]]>([
    ['whole', ['NO_ANSWER']],
    ['cut', ['N', 'O', '_', 'AN', 'SWER']],
    ['with white space around', ['\n ', 'NO_ANSWER', '\n']],
    ['in quotation marks', ['«', 'NO_ANSWER', '»']],
    ['in bold', ['**NO', '_ANSWER', '**']],
    ['with a full stop', ['NO_ANSWER.']],
    ['with an escaped underscore', ['NO\\', '_ANSWER']],
    ['with an explanation after it', ['NO_ANSWER', '\n\nВ отрывках', ' этого нет.']],
  ])('is understood %s', async (_what, pieces) => {
    expect(await answerOf(says(...pieces))).toEqual([{ type: 'declined' }]);
  });

  it('declines after text that cites nothing, and is not shown', async () => {
    expect(await answerOf(says('Об этом здесь ничего нет.', '\n\nNO_', 'ANSWER'))).toEqual([
      { type: 'text-delta', text: 'Об этом здесь ничего нет.' },
      { type: 'declined' },
    ]);
  });

  it('is left out after text that cites', async () => {
    const events = await answerOf(says('3530 км [2].', '\n\n', 'NO_ANSWER', ' Ещё.'));
    expect(textOf(events).trim()).toBe('3530 км [2].');
    expect(events).not.toContainEqual({ type: 'declined' });
  });

  it('is not every word that begins like it', async () => {
    expect(textOf(await answerOf(says('NO_ANSWERS is', ' a variable [1].')))).toBe(
      'NO_ANSWERS is a variable [1].',
    );
    expect(textOf(await answerOf(says('Она на реке N', '')))).toBe('Она на реке N');
  });

  it('stops the model', async () => {
    let ended = false;
    const model = createScriptedModel({
      *script() {
        try {
          yield* says('NO_ANSWER', '\n');
          yield { type: 'hang' };
        } finally {
          ended = true;
        }
      },
    });
    expect(await collect(createModelAnswerer({ model }), answerable)).toEqual([
      { type: 'declined' },
    ]);
    expect(ended).toBe(true);
  });
});

describe('an answer that is too long', () => {
  it('ends at the last sentence that fits, and stops the model', async () => {
    let ended = false;
    const model = createScriptedModel({
      *script() {
        try {
          for (let number = 10; ; number += 1) yield { type: 'text-delta', text: sentence(number) };
        } finally {
          ended = true;
        }
      },
    });
    const text = textOf(await collect(createModelAnswerer({ model }), answerable));
    expect(text.length).toBeGreaterThan(850);
    expect(text.length).toBeLessThanOrEqual(900);
    expect(text.endsWith('о Волге [2].')).toBe(true);
    expect(ended).toBe(true);
  });

  it('may take more when more was asked for', async () => {
    const all = Array.from({ length: 60 }, (_, index) => sentence(index + 10));
    const model = createScriptedModel({ script: () => says(...all) });
    const request: AnswerRequest = { ...answerable, length: 'long' };
    expect(textOf(await collect(createModelAnswerer({ model }), request))).toBe(all.join(''));
  });

  it('ends with an ellipsis where the model was cut in the middle of a sentence', async () => {
    const events = await answerOf(saysUntilCut('Длина Волги', ' — 3530 '));
    expect(textOf(events)).toBe('Длина Волги — 3530 …');
  });

  it('ends as it is where the model was cut after a sentence', async () => {
    const events = await answerOf(saysUntilCut('Длина Волги — 3530 км [2].'));
    expect(textOf(events)).toBe('Длина Волги — 3530 км [2].');
  });
});

describe('a model that does not answer', () => {
  it.each<[what: string, steps: ScriptStep[], sentence: string, retryable: boolean]>([
    ['says nothing', says(), 'sent an empty answer', true],
    ['says white space', says('\n', ' '), 'sent an empty answer', true],
    [
      'only reasons',
      [{ type: 'reasoning-delta', text: 'Hm.' }, ...says()],
      'sent only reasoning and no answer',
      true,
    ],
    [
      'is stopped by its filter',
      [
        { type: 'text-delta', text: 'Длина' },
        { type: 'finish', reason: 'content-filter' },
      ],
      'its content filter stopped the answer',
      false,
    ],
    [
      'fails',
      [{ type: 'fail', sentence: 'too many requests (HTTP 429)', retryable: true }],
      'too many requests (HTTP 429)',
      true,
    ],
  ])('is an error when it %s', async (_what, steps, sentence, retryable) => {
    await expect(answerOf(steps)).rejects.toMatchObject({
      name: 'ModelError',
      message: `model scripted: ${sentence}`,
      retryable,
    });
  });
});

function sentence(number: number): string {
  return `Предложение ${number} о Волге [2]. `;
}

function says(...pieces: string[]): ScriptStep[] {
  return [
    ...pieces.map((text): ScriptStep => ({ type: 'text-delta', text })),
    { type: 'finish', reason: 'stop' },
  ];
}

function saysUntilCut(...pieces: string[]): ScriptStep[] {
  return [...says(...pieces).slice(0, -1), { type: 'finish', reason: 'length' }];
}

function answerOf(steps: readonly ScriptStep[]): Promise<AnswererEvent[]> {
  const model = createScriptedModel({ script: () => steps });
  return collect(createModelAnswerer({ model }), answerable);
}

async function collect(
  answerer: ReturnType<typeof createModelAnswerer>,
  request: AnswerRequest,
): Promise<AnswererEvent[]> {
  const events: AnswererEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of answerer.answer(request, { signal })) events.push(event);
  return events;
}

function textOf(events: readonly AnswererEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}
