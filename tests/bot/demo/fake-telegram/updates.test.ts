import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
});
afterEach(() => telegram.close());

async function polled(count: number): Promise<void> {
  while (telegram.polls < count) await new Promise((resolve) => setImmediate(resolve));
}

describe('updates', () => {
  test('come again until they are confirmed, in order', async () => {
    const api = apiOf(telegram);
    for (const text of ['раз', 'два', 'три']) telegram.write(text);
    const texts = async (options: Parameters<typeof api.getUpdates>[0]) =>
      (await api.getUpdates(options)).map(({ update_id: id, message }) => [id, message?.text]);
    expect(await texts({ limit: 2 })).toEqual([
      [100_001, 'раз'],
      [100_002, 'два'],
    ]);
    expect(await texts({})).toHaveLength(3);
    expect(await texts({ offset: 100_003 })).toEqual([[100_003, 'три']]);
    expect(await texts({})).toEqual([[100_003, 'три']]);
    telegram.write('четыре');
    expect(await texts({ offset: -1 })).toEqual([[100_004, 'четыре']]);
    expect(await texts({ offset: 100_005 })).toEqual([]);
  });

  test('end the wait for them', async () => {
    const waiting = apiOf(telegram).getUpdates({ timeout: 30 });
    await polled(1);
    telegram.write('привет');
    expect(await waiting).toMatchObject([{ message: { text: 'привет' } }]);
  });

  test('are waited for no longer than was asked', async () => {
    expect(await apiOf(telegram).getUpdates({ timeout: 1 })).toEqual([]);
  });

  test('of kinds that nobody asked for do not come', async () => {
    const api = apiOf(telegram);
    await api.getUpdates({ allowed_updates: ['callback_query'] });
    telegram.write('привет');
    void telegram.press('x');
    const updates = await api.getUpdates();
    expect(updates.map((update) => Object.keys(update))).toEqual([['update_id', 'callback_query']]);
  });

  test('of any kind come when a test hands them over', async () => {
    const id = telegram.deliver({ holiday: { name: 'Новый год' } });
    expect(await apiOf(telegram).getUpdates()).toEqual([
      { update_id: id, holiday: { name: 'Новый год' } },
    ]);
  });

  test('tell of edits and not of what people delete', async () => {
    const { message_id: id } = telegram.write('вопрос');
    telegram.edit(id, 'другой вопрос /stop');
    telegram.delete(id, 77);
    expect(await apiOf(telegram).getUpdates()).toMatchObject([
      { message: { text: 'вопрос' } },
      {
        edited_message: {
          message_id: id,
          text: 'другой вопрос /stop',
          entities: [{ type: 'bot_command', offset: 14, length: 5 }],
        },
      },
    ]);
    expect(telegram.messages(77)).toEqual([]);
  });
});

describe('a second program', () => {
  test('ends the wait of the first one', async () => {
    const first = refusalOf(apiOf(telegram).getUpdates({ timeout: 30 }));
    await polled(1);
    const second = apiOf(telegram).getUpdates({ timeout: 30 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    telegram.write('привет');
    expect(await second).toHaveLength(1);
  });

  test('with a webhook keeps others from asking', async () => {
    const api = apiOf(telegram);
    await api.setWebhook('http://127.0.0.1:1/hook');
    expect(await refusalOf(api.getUpdates())).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    await api.deleteWebhook();
    expect(await api.getUpdates()).toEqual([]);
  });
});

test('the end of the fake ends every wait', async () => {
  const pressed = telegram.press('x', { chatId: 77 });
  const typed = telegram.inlineQuery('x');
  const waiting = apiOf(telegram).getUpdates({ offset: 100_003, timeout: 30 });
  const close = async (): Promise<void> => {
    await polled(1);
    await telegram.close();
  };
  await Promise.all([
    expect(waiting).rejects.toThrow("Network request for 'getUpdates' failed"),
    close(),
  ]);
  expect(await pressed).toEqual({ text: null, showAlert: false, url: null });
  expect(await typed).toBeNull();
});
