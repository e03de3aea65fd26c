import type { Chat } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
let group: Chat;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none', bot: { username: 'istok_bot' } });
  group = telegram.createGroup({ title: 'Клуб' });
});
afterEach(() => telegram.close());

async function delivered(): Promise<(string | undefined)[]> {
  return (await apiOf(telegram).getUpdates()).map(
    ({ message, edited_message: edited }) => (message ?? edited)?.text,
  );
}

describe('of a group, the bot gets', () => {
  test.each([
    ['its name', 'Скажи, @Istok_bot, кто это?'],
    ['a command', '/ask кто это?'],
    ['its own command', '/ask@istok_bot кто это?'],
  ])('%s', async (_, text) => {
    telegram.write(text, { chatId: group.id });
    expect(await delivered()).toEqual([text]);
  });

  test.each([
    ['what is said to others', 'привет, @anna_k'],
    ['the command of another bot', '/ask@other_bot кто это?'],
    ['a name like its own', '@istok_bot2 привет'],
    ['an address with its name', 'почта a@istok_bot.example'],
  ])('nothing of %s', async (_, text) => {
    telegram.write(text, { chatId: group.id });
    expect(await delivered()).toEqual([]);
    expect(telegram.messages(group.id)).toHaveLength(1);
  });

  test('replies to it, and no replies to others', async () => {
    const { message_id: id } = await apiOf(telegram).sendMessage(group.id, 'ответ');
    telegram.write('а когда?', { chatId: group.id, replyTo: id });
    telegram.write('и я не знаю', { chatId: group.id, replyTo: id + 1 });
    expect(await delivered()).toEqual(['а когда?']);
  });

  test('edits of what is meant for it', async () => {
    const { message_id: id } = telegram.write('@istok_bot кто?', { chatId: group.id });
    telegram.edit(id, '@istok_bot кто это?', { chatId: group.id });
    telegram.edit(id, 'уже неважно', { chatId: group.id });
    expect(await delivered()).toEqual(['@istok_bot кто?', '@istok_bot кто это?']);
  });

  test('everything once it is an admin or its privacy is off', async () => {
    const ruled = telegram.createGroup({ adminIds: [telegram.bot.id] });
    telegram.write('болтовня', { chatId: ruled.id });
    expect(await delivered()).toEqual(['болтовня']);
    await using open = await startFakeTelegram({
      bot: { can_read_all_group_messages: true } as never,
    });
    open.write('болтовня', { chatId: open.createGroup().id });
    expect(await apiOf(open).getUpdates()).toHaveLength(1);
  });

  test('service messages, and nothing once it is out', async () => {
    telegram.send({ new_chat_title: 'Кружок' }, { chatId: group.id });
    telegram.kickBot(group.id);
    telegram.write('@istok_bot где ты?', { chatId: group.id });
    const updates = await apiOf(telegram).getUpdates();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['message', 'my_chat_member']);
  });
});

test('an anonymous admin writes under the account that all of them share', async () => {
  telegram.write('/stop', { chatId: group.id, extra: { sender_chat: group } });
  const [update] = await apiOf(telegram).getUpdates();
  expect(update?.message).toMatchObject({
    from: { id: 1_087_968_824, is_bot: true, username: 'GroupAnonymousBot' },
    sender_chat: group,
  });
  const channel = telegram.createChannel();
  const post = telegram.write('/stop', { chatId: group.id, extra: { sender_chat: channel } });
  expect(post.from?.username).toBe('Channel_Bot');
});

describe('in a forum', () => {
  test('a topic marks its messages, and each replies to its beginning', async () => {
    const forum = telegram.createGroup({ isForum: true });
    const written = telegram.write('/ask кто?', { chatId: forum.id, threadId: 4 });
    expect(written).toMatchObject({
      chat: { is_forum: true },
      message_thread_id: 4,
      is_topic_message: true,
      reply_to_message: { message_id: 4, forum_topic_created: {} },
    });
    const answer = await apiOf(telegram).sendMessage(forum.id, 'ответ', { message_thread_id: 4 });
    expect(answer).toMatchObject({ message_thread_id: 4, is_topic_message: true });
    const reply = await apiOf(telegram).sendMessage(forum.id, 'ответ', {
      reply_parameters: { message_id: written.message_id },
    });
    expect(reply).toMatchObject({ message_thread_id: 4, is_topic_message: true });
    const general = telegram.write('/ask', { chatId: forum.id });
    expect(general).not.toHaveProperty('message_thread_id');
    expect(general).not.toHaveProperty('is_topic_message');
  });

  test('a topic that does not exist takes no message', async () => {
    const forum = telegram.createGroup({ isForum: true });
    for (const message_thread_id of [1, 9]) {
      const call = apiOf(telegram).sendMessage(forum.id, 'x', { message_thread_id });
      expect(await refusalOf(call)).toBe('400 Bad Request: message thread not found');
    }
  });

  test('a bot that is an admin makes topics', async () => {
    const forum = telegram.createGroup({ isForum: true, adminIds: [telegram.bot.id] });
    const topic = await apiOf(telegram).createForumTopic(forum.id, 'Вопросы');
    const thread = { message_thread_id: topic.message_thread_id };
    const sent = await apiOf(telegram).sendMessage(forum.id, 'x', thread);
    expect(sent).toMatchObject({ ...thread, is_topic_message: true });
  });
});

test('elsewhere replies make threads that are no topics', async () => {
  const first = telegram.write('раз', { chatId: group.id });
  const second = telegram.write('два', { chatId: group.id, replyTo: first.message_id });
  const third = telegram.write('три', { chatId: group.id, replyTo: second.message_id });
  expect([first, second, third].map((message) => message.message_thread_id)).toEqual([
    undefined,
    first.message_id,
    first.message_id,
  ]);
  expect(third).not.toHaveProperty('is_topic_message');
});
