import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

const TOO_OLD =
  '400 Bad Request: query is too old and response timeout expired or query ID is invalid';

let telegram: FakeTelegram;
let time: number;
beforeEach(async () => {
  time = 1_000_000;
  telegram = await startFakeTelegram({ limits: 'none', now: () => time });
  telegram.write('привет');
});
afterEach(() => telegram.close());

async function lastQuery() {
  const [update] = await apiOf(telegram).getUpdates({ offset: -1 });
  const query = update?.callback_query;
  if (query === undefined) throw new Error('Nothing was pressed.');
  return query;
}

test('a press comes with the message under which it was made, and shows its answer', async () => {
  const api = apiOf(telegram);
  const keyboard = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] };
  await api.sendMessage(77, 'раз', { reply_markup: keyboard });
  await api.sendMessage(77, 'два');
  const shown = telegram.press('yes');
  const query = await lastQuery();
  expect(query).toMatchObject({
    from: { id: 77 },
    data: 'yes',
    message: { message_id: 2, text: 'раз', reply_markup: keyboard },
  });
  await api.answerCallbackQuery(query.id, { url: 'https://t.example/' });
  expect(await shown).toEqual({ text: null, showAlert: false, url: 'https://t.example/' });
  expect(await telegram.waitForEvent((event) => event.type === 'pressed')).toMatchObject({
    chatId: 77,
    query: { data: 'yes' },
  });
});

test('a forged press names a message of the bot, one of last year a message that is gone', async () => {
  const api = apiOf(telegram);
  await api.sendMessage(77, 'раз');
  void telegram.press('admin:1');
  expect((await lastQuery()).message).toMatchObject({ message_id: 2, text: 'раз' });
  void telegram.press('more:1', { messageId: 500 });
  expect((await lastQuery()).message).toEqual({
    chat: expect.objectContaining({ id: 77 }),
    message_id: 500,
    date: 0,
  });
});

test('an answer that is too long, too late or a second one is refused', async () => {
  const api = apiOf(telegram);
  const shown = telegram.press('x');
  const { id } = await lastQuery();
  expect(await refusalOf(api.answerCallbackQuery(id, { text: 'x'.repeat(201) }))).toBe(
    '400 Bad Request: MESSAGE_TOO_LONG',
  );
  await api.answerCallbackQuery(id, { text: 'x'.repeat(200) });
  expect((await shown).text).toHaveLength(200);
  expect(await refusalOf(api.answerCallbackQuery(id))).toBe(TOO_OLD);
  const late = telegram.press('y');
  const query = await lastQuery();
  time += 60_000;
  expect(await refusalOf(api.answerCallbackQuery(query.id, { text: 'поздно' }))).toBe(TOO_OLD);
  expect(await late).toEqual({ text: null, showAlert: false, url: null });
  expect(await refusalOf(api.answerCallbackQuery('17'))).toBe(TOO_OLD);
});
