import { expect, test } from 'vitest';

import type { Ask } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';

const echo: Ask = async function* echo({ question, length }) {
  const report = penicillinReport({ question, standaloneQuestion: `Полностью: ${question}` });
  const text = `${length === 'long' ? 'Подробно' : 'Ответ'} на «${question}» [1].`;
  yield { type: 'answered', report: { ...report, answer: text } };
};

function said(telegram: TestTelegram, chatId: number): string[] {
  return telegram
    .messages(chatId)
    .filter(({ from }) => from?.id === telegram.bot.id)
    .map(({ text }) => text?.split('\n')[0] ?? '');
}

async function startChat(ask: Ask = echo) {
  const telegram = await startTelegram();
  const bot = await startTestBot({ telegram, ask });
  const user = telegram.createUser({ language_code: 'ru' });
  return {
    telegram,
    user,
    until: (text: string) =>
      telegram.waitForEvent(() => said(telegram, user.id).some((one) => one.startsWith(text))),
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await telegram.close();
    },
  };
}

async function expandedAnswer(chat: Awaited<ReturnType<typeof startChat>>) {
  const { telegram, user } = chat;
  const asked = telegram.write('Кто?', { from: user });
  await chat.until('Ответ на «Кто?»');
  const answer = telegram.messages(user.id).at(-1);
  const at = { from: user, chatId: user.id, messageId: answer?.message_id ?? 0 };
  await telegram.press('more:1', at);
  await chat.until('Подробно на «Полностью: Кто?»');
  return asked.message_id;
}

test('a preview that is added after a longer answer changes nothing', async () => {
  await using chat = await startChat();
  const { telegram, user } = chat;
  const messageId = await expandedAnswer(chat);
  telegram.edit(messageId, 'Кто?', { from: user });
  telegram.write('Дальше?', { from: user });
  await chat.until('Ответ на «Дальше?»');
  expect(said(telegram, user.id)).toEqual([
    'Ответ на «Кто?» [1].',
    'Подробно на «Полностью: Кто?» [1].',
    'Ответ на «Дальше?» [1].',
  ]);
});

test('other words take the place of all that was answered to the old ones', async () => {
  await using chat = await startChat();
  const { telegram, user } = chat;
  const messageId = await expandedAnswer(chat);
  telegram.edit(messageId, 'Что?', { from: user });
  await chat.until('Ответ на «Что?»');
  await telegram.waitForEvent((event) => event.type === 'deleted');
  expect(said(telegram, user.id)).toEqual(['Ответ на «Что?» [1].']);
});

test('an edit beyond the limit leaves the question in progress alone', async () => {
  const held = Promise.withResolvers<void>();
  await using chat = await startChat(async function* heldAsk(request, options) {
    if (request.question === 'Шестой?') await held.promise;
    yield* echo(request, options);
  });
  const { telegram, user } = chat;
  for (const text of ['Первый?', 'Второй?', 'Третий?', 'Четвёртый?', 'Пятый?']) {
    telegram.write(text, { from: user });
    await chat.until(`Ответ на «${text}»`);
  }
  const sixth = telegram.write('Шестой?', { from: user });
  telegram.edit(sixth.message_id, 'Шестой, но иначе?', { from: user });
  await chat.until('За минуту можно задать');
  held.resolve();
  await chat.until('Ответ на «Шестой?»');
  expect(said(telegram, user.id)).toHaveLength(7);
});

test('an edit of the edit that waits is what is answered, once', async () => {
  const held = Promise.withResolvers<void>();
  await using chat = await startChat(async function* heldAsk(request, options) {
    if (request.question === 'Долгий?') await held.promise;
    yield* echo(request, options);
  });
  const { telegram, user } = chat;
  const first = telegram.write('Раз?', { from: user });
  await chat.until('Ответ на «Раз?»');
  telegram.write('Долгий?', { from: user });
  telegram.edit(first.message_id, 'Два?', { from: user });
  telegram.edit(first.message_id, 'Три?', { from: user });
  held.resolve();
  await chat.until('Ответ на «Три?»');
  telegram.write('Конец?', { from: user });
  await chat.until('Ответ на «Конец?»');
  expect(said(telegram, user.id)).toEqual([
    'Ответ на «Три?» [1].',
    'Ответ на «Долгий?» [1].',
    'Ответ на «Конец?» [1].',
  ]);
});

test('a part that Telegram will not have costs neither the rest nor the buttons', async () => {
  await using chat = await startChat(async function* longAsk({ question }) {
    const report = penicillinReport({ question });
    const answer = `${'Слово за словом. '.repeat(400)}Конец [1].`;
    yield { type: 'answered', report: { ...report, answer } };
  });
  const { telegram, user } = chat;
  telegram.failNext('sendMessage', {
    type: 'refusal',
    code: 400,
    description: 'Bad Request: SOMETHING_NEW',
  });
  telegram.write('Расскажи', { from: user });
  await telegram.waitForEvent(() => said(telegram, user.id).length === 2);
  const [first, last] = telegram.messages(user.id).slice(-2);
  expect(first?.text).toBe('Эту часть ответа Telegram не принял.');
  expect(last?.text).toContain('Конец [1].');
  expect(last?.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toContain('Ещё раз');
});
