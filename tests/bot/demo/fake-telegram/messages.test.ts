import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { ChatEvent, FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

let telegram: FakeTelegram;
let time: number;
beforeEach(async () => {
  time = Date.UTC(2026, 10, 1);
  telegram = await startFakeTelegram({ limits: 'none', now: () => time });
  telegram.write('привет');
});
afterEach(() => telegram.close());

const keyboard = (data: string) => ({
  inline_keyboard: [[{ text: 'Да', callback_data: data }]],
});

describe('an edit', () => {
  test('changes the message, takes its keyboard away and is seen', async () => {
    const api = apiOf(telegram);
    await api.sendMessage(77, 'было', { reply_markup: keyboard('x') });
    time += 5_000;
    const edited = await api.editMessageText(77, 2, 'стало');
    const expected = {
      message_id: 2,
      text: 'стало',
      edit_date: time / 1000,
      date: time / 1000 - 5,
    };
    expect(edited).toMatchObject(expected);
    expect(edited).not.toHaveProperty('reply_markup');
    expect(telegram.message(77, 2)).toMatchObject(expected);
    expect(await telegram.waitForEvent((event) => event.type === 'edited')).toMatchObject({
      chatId: 77,
      message: expected,
    });
  });

  test('that changes nothing is refused, one of the keyboard alone is not', async () => {
    const api = apiOf(telegram);
    const entities = [{ type: 'bold' as const, offset: 0, length: 1 }];
    await api.sendMessage(77, 'x https://a.example/', { entities, reply_markup: keyboard('x') });
    const same = { entities, reply_markup: keyboard('x') };
    const text = 'x https://a.example/';
    expect(await refusalOf(api.editMessageText(77, 2, text, same))).toBe(NOT_MODIFIED);
    expect(
      await refusalOf(api.editMessageReplyMarkup(77, 2, { reply_markup: keyboard('x') })),
    ).toBe(NOT_MODIFIED);
    await api.editMessageReplyMarkup(77, 2, { reply_markup: keyboard('y') });
    await api.editMessageText(77, 2, text, { reply_markup: keyboard('y') });
    await api.editMessageReplyMarkup(77, 2);
    expect(await refusalOf(api.editMessageReplyMarkup(77, 2))).toBe(NOT_MODIFIED);
    expect(telegram.message(77, 2)).not.toHaveProperty('reply_markup');
  });

  test('of what is not there, or not the bot’s, is refused', async () => {
    const api = apiOf(telegram);
    expect(await refusalOf(api.editMessageText(77, 9, 'x'))).toBe(
      '400 Bad Request: message to edit not found',
    );
    expect(await refusalOf(api.editMessageText(77, 1, 'x'))).toBe(
      "400 Bad Request: message can't be edited",
    );
    expect(await refusalOf(api.editMessageText(5, 1, 'x'))).toBe('400 Bad Request: chat not found');
    const { message_id: id } = await api.sendMessage(77, 'x');
    telegram.delete(id, 77);
    expect(await refusalOf(api.editMessageText(77, id, 'y'))).toBe(
      '400 Bad Request: message to edit not found',
    );
    expect(await refusalOf(api.editMessageCaption(77, id, { caption: 'y' }))).toBe(
      '400 Bad Request: message to edit not found',
    );
  });
});

describe('a reply', () => {
  test('holds what it replies to, without what that one replies to', async () => {
    const api = apiOf(telegram);
    const first = await api.sendMessage(77, 'ответ', { reply_parameters: { message_id: 1 } });
    expect(first.reply_to_message).toMatchObject({ message_id: 1, text: 'привет' });
    const second = telegram.write('ещё', { replyTo: 2 });
    expect(second.reply_to_message).toMatchObject({ message_id: 2, text: 'ответ' });
    expect(second.reply_to_message).not.toHaveProperty('reply_to_message');
  });

  test('to nothing is refused, unless it may stand alone', async () => {
    const api = apiOf(telegram);
    expect(await refusalOf(api.sendMessage(77, 'x', { reply_parameters: { message_id: 9 } }))).toBe(
      '400 Bad Request: message to be replied not found',
    );
    const sent = await api.sendMessage(77, 'x', {
      reply_parameters: { message_id: 9, allow_sending_without_reply: true },
    });
    expect(sent).not.toHaveProperty('reply_to_message');
  });

  test('quotes words of the message, and no others', async () => {
    const api = apiOf(telegram);
    const quoting = (quote: string) =>
      api.sendMessage(77, 'x', { reply_parameters: { message_id: 1, quote } });
    expect((await quoting('вет')).quote).toEqual({ text: 'вет', position: 3, is_manual: true });
    expect(await refusalOf(quoting('пока'))).toBe('400 Bad Request: QUOTE_TEXT_INVALID');
  });
});

describe('deleting', () => {
  test('takes a message away, once', async () => {
    const api = apiOf(telegram);
    await api.sendMessage(77, 'x');
    await api.deleteMessage(77, 2);
    expect(telegram.messages(77).map(({ message_id: id }) => id)).toEqual([1]);
    expect(await telegram.waitForEvent((event) => event.type === 'deleted')).toEqual({
      type: 'deleted',
      chatId: 77,
      messageId: 2,
    });
    expect(await refusalOf(api.deleteMessage(77, 2))).toBe(
      '400 Bad Request: message to delete not found',
    );
    await api.sendMessage(77, 'y');
    expect(await api.deleteMessages(77, [2, 3])).toBe(true);
    expect(telegram.messages(77)).toHaveLength(1);
  });

  test('is refused after two days, and in a group for messages of others', async () => {
    const api = apiOf(telegram);
    await api.sendMessage(77, 'x');
    time += 49 * 3_600_000;
    expect(await refusalOf(api.deleteMessage(77, 2))).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
    const group = telegram.createGroup();
    telegram.write('x', { chatId: group.id });
    expect(await refusalOf(api.deleteMessage(group.id, 1))).toBe(
      "400 Bad Request: message can't be deleted",
    );
  });
});

test('forwards and copies carry what a message says', async () => {
  const api = apiOf(telegram);
  const group = telegram.createGroup();
  const forwarded = await api.forwardMessage(group.id, 77, 1);
  expect(forwarded).toMatchObject({
    chat: { id: group.id },
    text: 'привет',
    forward_origin: { type: 'user', sender_user: { id: 77 } },
  });
  const { message_id: id } = await api.copyMessage(group.id, 77, 1);
  expect(telegram.message(group.id, id)).toMatchObject({ text: 'привет', from: telegram.bot });
  expect(telegram.message(group.id, id)).not.toHaveProperty('forward_origin');
});

test('messages are pinned and answered with reactions', async () => {
  const api = apiOf(telegram);
  await api.pinChatMessage(77, 1);
  expect(await api.getChat(77)).toMatchObject({ id: 77, pinned_message: { message_id: 1 } });
  await api.unpinChatMessage(77);
  expect(await api.getChat(77)).not.toHaveProperty('pinned_message');
  await api.setMessageReaction(77, 1, [{ type: 'emoji', emoji: '👍' }]);
  expect(await refusalOf(api.setMessageReaction(77, 9, []))).toBe(
    '400 Bad Request: message to react not found',
  );
});

test('ids count on across private chats and basic groups, and by themselves in supergroups', async () => {
  const group = telegram.createGroup({ type: 'group' });
  const supergroup = telegram.createGroup();
  const ids = [
    telegram.write('x', { chatId: group.id }),
    telegram.write('x', { chatId: supergroup.id }),
    telegram.write('x', { chatId: 5 }),
    await apiOf(telegram).sendMessage(supergroup.id, 'x'),
  ].map((message) => message.message_id);
  expect(ids).toEqual([2, 1, 3, 2]);
});

test('who listens hears what people see, from then on until it stops', async () => {
  const heard: ChatEvent['type'][] = [];
  const stop = telegram.subscribe((event) => heard.push(event.type));
  await apiOf(telegram).sendChatAction(77, 'typing');
  await apiOf(telegram).sendMessage(77, 'x');
  stop();
  telegram.write('ещё');
  expect(heard).toEqual(['typing', 'message']);
});
