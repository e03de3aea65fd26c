import { Bot, GrammyError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';

let telegram: FakeTelegram;
let bot: Bot;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
});
afterEach(async () => {
  await bot.stop().catch(() => {});
  await telegram.close();
});

async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof GrammyError)) throw new Error(`not refused: ${String(error)}`);
  return `${error.error_code} ${error.description}`;
}

describe('a bot by long polling', () => {
  test('gets what a person writes, and the person sees what it answers', async () => {
    bot.on('message:text', (ctx) => ctx.reply(`Вы написали: ${ctx.message.text}`));
    void bot.start();
    const ann = telegram.createUser({ id: 5, first_name: 'Аня' });
    const written = telegram.write('привет', { from: ann });
    const seen = await telegram.waitForEvent(
      (event) => event.type === 'message' && event.message.from?.is_bot === true,
    );
    expect(written).toMatchObject({ message_id: 1, chat: { id: 5, type: 'private' }, from: ann });
    expect(seen).toMatchObject({
      type: 'message',
      chatId: 5,
      message: { message_id: 2, text: 'Вы написали: привет' },
    });
    expect(telegram.messages(5).map((message) => message.text)).toEqual([
      'привет',
      'Вы написали: привет',
    ]);
    expect(telegram.callsOf('sendMessage')).toMatchObject([
      { ok: true, description: null, payload: { chat_id: 5 }, result: { message_id: 2 } },
    ]);
    expect(telegram.callsOf('getUpdates')).toEqual([]);
    expect(telegram.polls).toBeGreaterThan(0);
  });

  test('answers a button, once', async () => {
    telegram.write('привет');
    await bot.api.sendMessage(77, 'Выберите', {
      reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
    });
    let id = '';
    bot.on('callback_query:data', async (ctx) => {
      ({ id } = ctx.callbackQuery);
      await ctx.answerCallbackQuery({ text: `Нажато ${ctx.callbackQuery.data}`, show_alert: true });
    });
    void bot.start();
    const shown = await telegram.press('yes');
    expect(shown).toEqual({ text: 'Нажато yes', showAlert: true, url: null });
    expect(await refusalOf(bot.api.answerCallbackQuery(id))).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
  });
});

test('an unknown method and a wrong token are refused', async () => {
  const unknown = await fetch(`${telegram.url}/bot${telegram.token}/sendMesage`, {
    method: 'POST',
  });
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { ok: false, error_code: 404, description: 'Not Found: method not found' },
  ]);
  const wrong = await fetch(`${telegram.url}/bot1:wrong/getMe`, { method: 'POST' });
  expect([wrong.status, await wrong.json()]).toEqual([
    401,
    { ok: false, error_code: 401, description: 'Unauthorized' },
  ]);
});
