import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { ChatEvent, FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
let time: number;
let seen: ChatEvent[];
beforeEach(async () => {
  time = 1_000_000;
  telegram = await startFakeTelegram({ limits: 'none', now: () => time });
  telegram.write('привет');
  seen = [];
  telegram.subscribe((event) => seen.push(event));
});
afterEach(() => telegram.close());

test('a draft grows, and the message takes its place', async () => {
  const api = apiOf(telegram);
  await api.sendMessageDraft(77, 5, '', { can_stop: true });
  await api.sendMessageDraft(77, 5, 'Пе', { entities: [{ type: 'bold', offset: 0, length: 2 }] });
  await api.sendMessage(77, 'Пенициллин');
  expect(seen).toMatchObject([
    { type: 'draft', chatId: 77, threadId: null, draft: { draftId: 5, text: '', canStop: true } },
    {
      type: 'draft',
      draft: { text: 'Пе', entities: [{ type: 'bold', offset: 0, length: 2 }], canStop: false },
    },
    { type: 'draft-ended', chatId: 77, draftId: 5 },
    { type: 'message', message: { text: 'Пенициллин' } },
  ]);
  expect(telegram.messages(77)).toHaveLength(2);
});

test('another draft ends the one before it, one of another chat does not', async () => {
  telegram.write('привет', { chatId: 5 });
  const api = apiOf(telegram);
  seen = [];
  await api.sendMessageDraft(77, 1, 'a');
  await api.sendMessageDraft(5, 2, 'b');
  await api.sendMessage(5, 'b');
  await api.sendMessageDraft(77, 3, 'c');
  expect(seen.map((event) => [event.type, 'chatId' in event && event.chatId])).toEqual([
    ['draft', 77],
    ['draft', 5],
    ['draft-ended', 5],
    ['message', 5],
    ['draft-ended', 77],
    ['draft', 77],
  ]);
});

test('a draft is shown for thirty seconds after its last frame', async () => {
  const api = apiOf(telegram);
  await api.sendMessageDraft(77, 1, 'a', { can_stop: true });
  time += 20_000;
  await api.sendMessageDraft(77, 1, 'b', { can_stop: true });
  time += 29_999;
  telegram.stopDraft(77, 1);
  await api.sendMessageDraft(77, 2, 'c', { can_stop: true });
  time += 30_000;
  expect(() => telegram.stopDraft(77, 2)).toThrow('There is no draft 2 in chat 77.');
  expect(seen.at(-1)).toEqual({ type: 'draft-ended', chatId: 77, draftId: 2 });
});

test('its stop is told only to a bot that asked for such updates', async () => {
  const api = apiOf(telegram);
  await api.sendMessageDraft(77, 1, 'a', { can_stop: true });
  telegram.stopDraft(77, 1);
  expect(await api.getUpdates({ offset: 100_002 })).toEqual([]);
  await api.getUpdates({ allowed_updates: ['message', 'stopped_message_generation'] });
  await api.sendMessageDraft(77, 2, 'a', { can_stop: true, keep_on_stop: true });
  telegram.stopDraft(77, 2);
  expect(await api.getUpdates()).toMatchObject([
    { stopped_message_generation: { chat: { id: 77 }, draft_id: 2 } },
  ]);
  expect(seen.at(-1)?.type).toBe('draft');
});

test('a draft without the button cannot be stopped', async () => {
  await apiOf(telegram).sendMessageDraft(77, 1, 'a');
  expect(() => telegram.stopDraft(77, 1)).toThrow('Draft 1 has no button to stop it.');
});

test('a draft is refused in groups, without a number, and when it is too long', async () => {
  const api = apiOf(telegram);
  const group = telegram.createGroup();
  expect(await refusalOf(api.sendMessageDraft(group.id, 1, 'a'))).toBe(
    '400 Bad Request: TEXTDRAFT_PEER_INVALID',
  );
  expect(await refusalOf(api.sendMessageDraft(77, 0, 'a'))).toBe(
    '400 Bad Request: TEXTDRAFT_ID_INVALID',
  );
  expect(await refusalOf(api.sendMessageDraft(77, 1, 'x'.repeat(4097)))).toBe(
    '400 Bad Request: message is too long',
  );
  expect(seen).toEqual([]);
});
