import { describe, expect, test } from 'vitest';

import type { AnswerEvent, AskRequest } from '../../../../generation/answer/answer-event.ts';
import { createAsk } from '../../../../generation/answer/answer.ts';
import { createDirectAnswerer } from '../../../../generation/answer/direct/direct-answerer.ts';
import type { ChatMessage } from '../../../../generation/models/chat-model.ts';
import { createScriptedModel, writeOut } from '../../../../generation/models/scripted-model.ts';
import type { ScriptStep } from '../../../../generation/models/scripted-model.ts';
import { riverPassages } from '../../../contracts/answerer.ts';
import { scriptedAnswerer, scriptedRetriever } from '../../../support/scripted-answerer.ts';

const down: ScriptStep[] = [{ type: 'fail', sentence: 'HTTP 500', retryable: true }];

async function say(
  message: string | Partial<AskRequest>,
  steps: ScriptStep[] | (() => Iterable<ScriptStep>) = writeOut('Вот.'),
  { hasModel = true, stopWriting }: { hasModel?: boolean; stopWriting?: AbortSignal } = {},
) {
  const prompts: (readonly ChatMessage[])[] = [];
  const model = createScriptedModel({
    name: 'stub',
    script(messages) {
      prompts.push(messages);
      return typeof steps === 'function' ? steps() : steps;
    },
  });
  const retriever = scriptedRetriever({ passages: [...riverPassages], pagesRead: 2 });
  const failures: string[] = [];
  const ask = createAsk({
    retriever,
    modelAnswerer: hasModel ? scriptedAnswerer('stub', ['Длина — 3530 км [2].']) : null,
    extractiveAnswerer: scriptedAnswerer('extractive', ['Длина Волги составляет 3530 км [2].']),
    directAnswerer: hasModel ? createDirectAnswerer({ model }) : null,
    onFailure: (what) => void failures.push(what),
  });
  const request: AskRequest = {
    question: '',
    length: 'short',
    ...(typeof message === 'string' ? { question: message } : message),
  };
  const events: AnswerEvent[] = [];
  const { signal } = new AbortController();
  const options = { signal, ...(stopWriting !== undefined && { stopWriting }) };
  for await (const event of ask(request, options)) events.push(event);
  const last = events.at(-1);
  if (last === undefined || !('report' in last)) throw new Error('no ending');
  return {
    last,
    report: last.report,
    types: events.map(({ type }) => type),
    searched: retriever.questions,
    prompts,
    failures,
  };
}

describe('a message that needs no search', () => {
  test('is answered by the model alone, without sources', async () => {
    const { types, report, searched } = await say('сколько будет 17*23', writeOut('391.'));
    expect(types).toEqual(['text-delta', 'answered']);
    expect(report).toMatchObject({
      answer: '391.',
      isDirect: true,
      generator: 'stub',
      sentences: [],
      sources: [],
      nextQuestions: [],
    });
    expect(searched).toEqual([]);
  });

  test('reaches the model with its lines, and with what was said before', async () => {
    const code = 'объясни код\n```python\nfor x in range(3):\n    print(x)\n```';
    const history = [{ standaloneQuestion: 'Что такое цикл?', answer: 'Повторение [1].' }];
    const { prompts, report } = await say(
      { question: code, history },
      writeOut('Печатает:\n```\n0\n1\n2\n```'),
    );
    expect(prompts[0]?.slice(1)).toEqual([
      { role: 'user', content: 'Что такое цикл?' },
      { role: 'assistant', content: 'Повторение.' },
      { role: 'user', content: code },
    ]);
    expect(report.answer).toBe('Печатает:\n```\n0\n1\n2\n```');
  });

  test('is looked up where the model says that it has to be', async () => {
    const { types, report, searched } = await say(
      'ты помнишь, что я говорил?',
      writeOut('NO_ANSWER'),
    );
    expect(types[0]).toBe('searching');
    expect(searched).toHaveLength(1);
    expect(report).toMatchObject({ isDirect: false, generator: 'stub' });
  });

  test('may be longer than a question', async () => {
    const text = `Сократи текст: ${'Мы долго шли домой. '.repeat(150)}`;
    const { report, searched } = await say(text, writeOut('Шли домой.'));
    expect(report).toMatchObject({ answer: 'Шли домой.', isDirect: true });
    expect(searched).toEqual([]);
  });

  test('keeps its whole sentences when its reader stops it', async () => {
    const controller = new AbortController();
    const { report } = await say(
      'сочини сказку про дракона',
      function* write() {
        yield { type: 'text-delta', text: 'Жил-был дракон. Он' };
        controller.abort();
        yield { type: 'text-delta', text: ' боялся мышей.' };
      },
      { stopWriting: controller.signal },
    );
    expect(report).toMatchObject({ answer: 'Жил-был дракон.', isDirect: true, stopped: true });
  });
});

describe('when the model fails', () => {
  test('a greeting is returned all the same', async () => {
    const { last, report, failures } = await say('Привет!', down);
    expect(last).toMatchObject({ type: 'declined', reason: 'no-question' });
    expect(report.degraded).toEqual(['model stub: HTTP 500']);
    expect(failures).toEqual(['model']);
  });

  test('what it was asked to write is not looked for on the web', async () => {
    const { last, searched } = await say('переведи на английский: я скоро буду дома', down);
    expect(last.type).toBe('failed');
    expect(searched).toEqual([]);
  });
});

describe('without a model', () => {
  test.each(['Привет!', 'спасибо большое 🙏', 'ok thanks'])(
    '«%s» asks nothing',
    async (message) => {
      const { last, searched } = await say(message, [], { hasModel: false });
      expect(last).toMatchObject({ type: 'declined', reason: 'no-question' });
      expect(searched).toEqual([]);
    },
  );

  test('all else is looked up', async () => {
    const { searched, prompts } = await say('сколько будет 17*23', [], { hasModel: false });
    expect(searched).toEqual(['сколько будет 17*23']);
    expect(prompts).toEqual([]);
  });
});

test.each([
  'Кто открыл пенициллин?',
  'спасибо, а какова длина Волги?',
  'проверь, правда ли «Волга впадает в Каспийское море»',
])('a question is always looked up: «%s»', async (message) => {
  const { searched, prompts, report } = await say(message);
  expect(searched).toHaveLength(1);
  expect(prompts).toEqual([]);
  expect(report.isDirect).toBe(false);
});

test('whoever wants quotes alone gets no model’s words', async () => {
  const { prompts, report } = await say({ question: 'сочини хокку', quotesOnly: true });
  expect(prompts).toEqual([]);
  expect(report.generator).toBe('extractive');
});
