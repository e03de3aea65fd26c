import { PassThrough, Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { runChat } from '../../../bot/cli/chat.ts';
import { answerReport, penicillinReport } from '../../support/answer-report.ts';
import { MemoryOutput } from '../../support/memory-output.ts';
import { scriptedAsk } from '../../support/scripted-ask.ts';
import type { Script } from '../../support/scripted-ask.ts';

const answered: Script = [{ type: 'answered', report: penicillinReport() }];

async function chat(input: string, ...scripts: Script[]) {
  const { ask, requests } = scriptedAsk(...scripts);
  const stdout = new MemoryOutput();
  await runChat({ ask, stdin: Readable.from([input]), stdout });
  return { requests, out: stdout.text };
}

test('greets in both languages, answers, and says goodbye at the end of the input', async () => {
  const { requests, out } = await chat('Кто открыл пенициллин?\n', answered);
  expect(out).toContain('BOT_TOKEN не задан');
  expect(out).toContain('This is Istok');
  expect(out).toContain('Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n[1] Пенициллин');
  expect(out.endsWith('До свидания!\n')).toBe(true);
  expect(out).not.toContain('›');
  expect(requests).toEqual([{ question: 'Кто открыл пенициллин?', length: 'short' }]);
});

test('gives the long form of the last answer', async () => {
  const { requests } = await chat('Кто?\nПодробнее\nmore\n', answered);
  expect(requests).toEqual([
    { question: 'Кто?', length: 'short' },
    { question: 'Кто?', length: 'long' },
    { question: 'Кто?', length: 'long' },
  ]);
});

test('has nothing to expand before the first answer', async () => {
  const declined: Script = [{ type: 'declined', reason: 'not-answered', report: answerReport() }];
  const { requests, out } = await chat('подробнее\nКто?\nmore\n\n', declined);
  expect(requests).toHaveLength(1);
  expect(out).toContain('Сначала задайте вопрос: подробнее пока не о чем.');
  expect(out).toContain('Ask a question first: there is nothing to expand yet.');
});

test('goes on after a failure', async () => {
  const failed: Script = [{ type: 'failed', error: new Error('x'), report: answerReport() }];
  const { requests, out } = await chat('раз\nдва\nтри\n', failed, brokenAnswer, answered);
  expect(requests).toHaveLength(3);
  expect(out.match(/Не получилось ответить/gu)).toHaveLength(2);
  expect(out).toContain('Флеминг');
});

test('prompts and streams where somebody watches', async () => {
  const { ask } = scriptedAsk([
    { type: 'text-delta', text: 'Пенициллин открыл ' },
    { type: 'text-delta', text: 'Александр Флеминг [1].' },
    { type: 'answered', report: penicillinReport() },
  ]);
  const stdout = new MemoryOutput({ isTTY: true });
  await runChat({ ask, stdin: Readable.from(['Кто?\n']), stdout });
  expect(stdout.text).toContain('› ');
  expect(stdout.text.match(/Флеминг/gu)).toHaveLength(1);
});

test('Ctrl-C breaks the answer off, and a second one ends the chat', async () => {
  const asked = Promise.withResolvers<void>();
  const { ask, requests } = scriptedAsk(async function* untilAborted(_, signal) {
    asked.resolve();
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    yield { type: 'failed', error: signal.reason, report: answerReport() };
  });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const stdout = new MemoryOutput({ isTTY: true });
  const chatting = runChat({ ask, stdin, stdout });
  stdin.write('Кто?\r');
  await asked.promise;
  stdin.write('\u0003');
  stdin.write('\u0003');
  await chatting;
  expect(requests).toHaveLength(1);
  expect(stdout.text).not.toContain('Не получилось');
  expect(stdout.text.endsWith('До свидания! Goodbye!\n')).toBe(true);
});

test('a signal to stop ends it', async () => {
  const stop = new AbortController();
  const stdin = new PassThrough();
  const chatting = runChat({
    ask: scriptedAsk(answered).ask,
    stdin,
    stdout: new MemoryOutput(),
    signal: stop.signal,
  });
  stop.abort();
  await expect(chatting).resolves.toBeUndefined();
});

// oxlint-disable-next-line require-yield -- it breaks before its first event
async function* brokenAnswer(): AsyncGenerator<never> {
  throw new Error('a mistake in the program');
}
