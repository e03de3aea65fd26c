import { Api } from 'grammy';
import { pino } from 'pino';
import { expect, test } from 'vitest';

import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../../bot/telegram/sending.ts';
import type { SendingOptions } from '../../../bot/telegram/sending.ts';
import { startTelegram } from '../../support/telegram.ts';

test('a rush of messages keeps to the limits of Telegram, and all arrive in order', async () => {
  await using telegram = await startTelegram({ limits: 'telegram' });
  const api = sender(telegram);
  const chats = Array.from({ length: 35 }, () => {
    const user = telegram.createUser();
    telegram.write('/start', { from: user });
    return user.id;
  });
  chats.push(telegram.createGroup().id);
  await Promise.all(
    chats.flatMap((chat) => [api.sendMessage(chat, 'one'), api.sendMessage(chat, 'two')]),
  );
  expect(telegram.calls.filter(({ ok }) => !ok)).toEqual([]);
  for (const chat of chats) {
    const texts = telegram.messages(chat).map(({ text }) => text);
    expect(texts.slice(-2)).toEqual(['one', 'two']);
  }
});

test('a message to a group that has become a supergroup arrives there', async () => {
  await using telegram = await startTelegram();
  const group = telegram.createGroup({ type: 'group' });
  const moves: [number, number][] = [];
  const api = sender(telegram, { onMigrated: (from, to) => moves.push([from, to]) });
  const supergroup = telegram.migrate(group.id);
  const message = await api.sendMessage(group.id, 'Здесь?');
  expect(message.chat.id).toBe(supergroup.id);
  expect(moves).toEqual([[group.id, supergroup.id]]);
  expect(telegram.messages(supergroup.id).at(-1)?.text).toBe('Здесь?');
});

test('a message whose answer was lost stands in the chat once', async () => {
  await using telegram = await startTelegram();
  const user = telegram.createUser();
  telegram.write('/start', { from: user });
  telegram.failNext('sendMessage', { type: 'lost-answer' });
  const api = sender(telegram);
  await expect(api.sendMessage(user.id, 'Ответ')).rejects.toThrow('Nobody knows');
  expect(telegram.messages(user.id).filter(({ text }) => text === 'Ответ')).toHaveLength(1);
});

test('an edit whose answer was lost counts once it is seen to stand', async () => {
  await using telegram = await startTelegram();
  const user = telegram.createUser();
  telegram.write('/start', { from: user });
  const api = sender(telegram, { pace: HURRIED });
  const { message_id: messageId } = await api.sendMessage(user.id, 'Ищу…');
  telegram.failNext('editMessageText', { type: 'lost-answer' });
  expect(await api.editMessageText(user.id, messageId, 'Ответ')).toBe(true);
  expect(telegram.message(user.id, messageId)?.text).toBe('Ответ');
  expect(telegram.takeObjections()).toEqual([expect.stringContaining('not modified')]);
});

/** Without the second between two messages, where a test has no time for it. */
const HURRIED = createSendingPace({ gapMs: 0, limits: { messageGapMs: 0 } });

function sender(
  { url, token }: { url: string; token: string },
  options: Partial<SendingOptions> = {},
): Api {
  const api = new Api(token, { apiRoot: url });
  configureSending(api, {
    pace: createSendingPace(),
    logger: pino({ level: 'silent' }),
    ...options,
  });
  return api;
}
