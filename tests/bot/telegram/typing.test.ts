import { Api } from 'grammy';
import { pino } from 'pino';
import { expect, test } from 'vitest';

import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../../bot/telegram/sending.ts';
import { showTyping } from '../../../bot/telegram/typing.ts';
import { startTelegram } from '../../support/telegram.ts';

const logger = pino({ level: 'silent' });

test('typing is shown within 300 ms and again and again, until it is stopped', async () => {
  await using telegram = await startTelegram();
  const user = telegram.createUser();
  telegram.write('Кто?', { from: user });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const pace = createSendingPace();
  configureSending(api, { pace, logger });
  // It counts as no message: what waits in the chat does not hold it up.
  await pace.turn(user.id);

  const startedAt = performance.now();
  const stop = showTyping(api, { chatId: user.id, threadId: null }, { logger, intervalMs: 20 });
  const shown = await telegram.waitForEvent((event) => event.type === 'typing');
  expect(performance.now() - startedAt).toBeLessThan(300);
  expect(shown).toEqual({ type: 'typing', chatId: user.id, threadId: null, action: 'typing' });
  await telegram.waitFor('sendChatAction', 3);
  stop();
});

test('typing is shown in the topic of the question', async () => {
  await using telegram = await startTelegram();
  const group = telegram.createGroup({ type: 'supergroup', isForum: true });
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const stop = showTyping(api, { chatId: group.id, threadId: 5 }, { logger });
  const shown = await telegram.waitForEvent((event) => event.type === 'typing');
  stop();
  expect(shown).toMatchObject({ chatId: group.id, threadId: 5 });
});

test('typing that cannot be shown disturbs nobody', async () => {
  await using telegram = await startTelegram();
  telegram.failWhen(() => ({ type: 'hang-up' }));
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const stop = showTyping(api, { chatId: 5, threadId: null }, { logger, intervalMs: 20 });
  const calls = await telegram.waitFor('sendChatAction', 2);
  stop();
  expect(calls.map(({ ok }) => ok)).toEqual([false, false]);
});
