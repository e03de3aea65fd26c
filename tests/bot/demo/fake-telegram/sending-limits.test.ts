import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, callRaw, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
let time: number;
beforeEach(async () => {
  time = 1_000_000;
  telegram = await startFakeTelegram({ now: () => time });
});
afterEach(() => telegram.close());

async function send(chatId: number): Promise<number | null> {
  const answer = await callRaw(telegram, 'sendMessage', { chat_id: chatId, text: `${time}` });
  return answer.ok ? null : (answer.parameters?.['retry_after'] ?? -1);
}

test('one message a second goes into a chat, and a refused one does not count', async () => {
  telegram.write('привет');
  expect(await send(77)).toBeNull();
  time += 400;
  expect(await send(77)).toBe(1);
  time += 599;
  expect(await callRaw(telegram, 'sendMessage', { chat_id: 77, text: 'x' })).toEqual({
    status: 429,
    ok: false,
    result: null,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
  time += 1;
  expect(await send(77)).toBeNull();
  expect(telegram.messages(77)).toHaveLength(3);
});

test('thirty messages a second go out in all', async () => {
  for (let chatId = 1; chatId <= 31; chatId += 1) telegram.write('привет', { chatId });
  for (let chatId = 1; chatId <= 30; chatId += 1) expect(await send(chatId)).toBeNull();
  expect(await send(31)).toBe(1);
  time += 1000;
  expect(await send(31)).toBeNull();
});

test('twenty messages a minute go into a group', async () => {
  const group = telegram.createGroup();
  for (let count = 0; count < 20; count += 1) {
    expect(await send(group.id)).toBeNull();
    time += 1000;
  }
  expect(await send(group.id)).toBe(40);
  time += 39_999;
  expect(await send(group.id)).toBe(1);
  time += 1;
  expect(await send(group.id)).toBeNull();
  expect(await send(group.id)).toBe(1);
});

test('edits and drafts count, what is no message does not', async () => {
  telegram.write('привет');
  const api = apiOf(telegram);
  await api.sendMessage(77, 'x');
  const late = '429 Too Many Requests: retry after 1';
  expect(await refusalOf(api.editMessageText(77, 2, 'y'))).toBe(late);
  expect(await refusalOf(api.sendMessageDraft(77, 1, 'y'))).toBe(late);
  await api.sendChatAction(77, 'typing');
  await api.deleteMessage(77, 2);
  time += 1000;
  await api.sendMessageDraft(77, 1, 'y');
  expect(await send(77)).toBe(1);
  expect(telegram.messages(77)).toHaveLength(1);
});

test('a message with a mistake does not count', async () => {
  telegram.write('привет');
  const api = apiOf(telegram);
  expect(await refusalOf(api.sendMessage(77, ' '))).toBe('400 Bad Request: message text is empty');
  expect(await refusalOf(api.editMessageText(77, 9, 'x'))).toBe(
    '400 Bad Request: message to edit not found',
  );
  await api.sendMessage(77, 'x');
});
