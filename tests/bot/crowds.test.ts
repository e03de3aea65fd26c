import { expect, test } from 'vitest';

import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';

const answer: Ask = async function* answer({ question }) {
  const report = penicillinReport({ question });
  yield { type: 'answered', report: { ...report, answer: `Ответ на «${question}» [1].` } };
};

test('all who ask at once are shown at once that they are heard', async () => {
  await using telegram = await startTelegram();
  const held = Promise.withResolvers<void>();
  await using bot = await startTestBot({
    telegram,
    async *ask(request, options) {
      await held.promise;
      yield* answer(request, options);
    },
  });
  const readers = Array.from({ length: 40 }, () => telegram.createUser({ language_code: 'ru' }));
  for (const from of readers) telegram.write('Кто?', { from });
  const typing = await telegram.waitFor('sendChatAction', 40);
  expect(new Set(typing.map(({ payload }) => payload['chat_id'])).size).toBe(40);
  held.resolve();
  await telegram.waitFor('sendMessage', 40);
  expect(bot.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

test('a group whose minute is full holds up nobody in other chats', async () => {
  await using telegram = await startTelegram({ limits: 'telegram' });
  const bot = await startTestBot({
    telegram,
    ask: answer,
    botOptions: { pace: createSendingPace(), graceMs: 10 },
  });
  const members = Array.from({ length: 40 }, () => telegram.createUser({ language_code: 'ru' }));
  const { id: chatId } = telegram.createGroup({ type: 'supergroup', members });
  for (const from of members) {
    telegram.write(`@${telegram.bot.username} кто?`, { from, chatId });
  }
  const stranger = telegram.createUser({ language_code: 'ru' });
  telegram.write('Что?', { from: stranger });
  await telegram.waitForEvent(
    (event) =>
      event.type === 'message' && event.message.text?.startsWith('Ответ на «Что?»') === true,
  );
  // Far from all of the group have theirs by then.
  const answered = telegram.messages(chatId).filter(({ from }) => from?.id === telegram.bot.id);
  expect(answered.length).toBeLessThan(20);
  await bot[Symbol.asyncDispose]();
  expect(telegram.calls.filter(({ ok }) => !ok)).toEqual([]);
});
