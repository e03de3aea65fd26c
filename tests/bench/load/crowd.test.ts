import { Api, InlineKeyboard } from 'grammy';
import { expect, test } from 'vitest';

import { startFakeTelegram } from '../../../bot/demo/fake-telegram/fake-telegram.ts';
import { createCrowd } from './crowd.ts';
import { failOneInTwenty, isPlayed } from './one-in-twenty.ts';

const end = { reply_markup: new InlineKeyboard().text('Ещё раз', 'again:1') };
const atWork = { reply_markup: new InlineKeyboard().text('Стоп', 'stop:1') };

test('a crowd sees which questions were answered, once or twice, and which were not', async () => {
  await using telegram = await startFakeTelegram({ limits: 'none' });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const crowd = createCrowd(telegram, { chats: 5, questions: ['Один?', 'Two?'] });

  const patience = new AbortController();
  const asking = crowd.ask({ patience: patience.signal });
  const updates = await api.getUpdates();
  const [first, second, third, fourth, inGroup] = updates.flatMap(({ message }) =>
    message === undefined ? [] : [{ id: message.message_id, chatId: message.chat.id }],
  );
  await api.sendMessage(first?.chatId ?? 0, 'Ответ', end);
  await api.sendMessage(second?.chatId ?? 0, 'Ответ', end);
  await api.sendMessage(second?.chatId ?? 0, 'Ответ', end);
  await api.sendMessage(third?.chatId ?? 0, 'Ищу…', atWork);
  await api.sendMessage(fourth?.chatId ?? 0, 'На страницах, которые я прочёл, ответа нет.', end);
  await api.sendMessage(
    inGroup?.chatId ?? 0,
    'Не знаю, дошёл ли ответ на этот вопрос: связь прервалась. Если его нет, спросите ещё раз.',
    { ...end, reply_parameters: { message_id: inGroup?.id ?? 0 } },
  );
  patience.abort();
  const asked = await asking;

  expect(asked.map(({ text, outcome }) => [text, outcome])).toEqual([
    ['Один?', 'answered'],
    ['Two?', 'answered'],
    ['Один?', null],
    ['Two?', 'declined'],
    ['@istok_test_bot Один?', 'unknown'],
    ['@istok_test_bot Two?', null],
    ['@istok_test_bot Один?', null],
  ]);
  expect(crowd.duplicated()).toBe(1);
});

test('of twenty calls of a method one fails, each time in another way', async () => {
  await using telegram = await startFakeTelegram({ limits: 'none' });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const faults = failOneInTwenty(telegram);

  const calls = Array.from({ length: 100 });
  for (const _ of calls) await api.getWebhookInfo().catch(() => {});

  const failed = telegram.calls.filter(({ ok }) => !ok);
  expect(failed.map(({ description }) => description)).toEqual([
    'Internal Server Error: played',
    'Too Many Requests: retry after 1 (played)',
    'hang-up',
    'malformed',
    'lost-answer',
  ]);
  expect(failed.every(({ description }) => isPlayed(description))).toBe(true);
  expect(isPlayed('Too Many Requests: retry after 1')).toBe(false);
  expect(faults.count).toBe(5);
});
