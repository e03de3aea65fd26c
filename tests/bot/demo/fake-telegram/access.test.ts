import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, callRaw, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
});
afterEach(() => telegram.close());

describe('a private chat', () => {
  test('is not found when nobody has such an id', async () => {
    const api = apiOf(telegram);
    expect(await refusalOf(api.sendMessage(5, 'x'))).toBe('400 Bad Request: chat not found');
    expect(await refusalOf(api.sendMessage('@nobody', 'x'))).toBe(
      '400 Bad Request: chat not found',
    );
    expect(await refusalOf(api.sendChatAction(5, 'typing'))).toBe(
      '400 Bad Request: chat not found',
    );
  });

  test('is begun by the person, not by the bot', async () => {
    const user = telegram.createUser();
    const api = apiOf(telegram);
    expect(await refusalOf(api.sendMessage(user.id, 'x'))).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    telegram.write('/start', { from: user });
    await api.sendMessage(user.id, 'x');
    expect(telegram.messages(user.id)).toHaveLength(2);
  });

  test('is closed while the person blocks the bot, which is told of both', async () => {
    const user = telegram.createUser();
    telegram.write('/start', { from: user });
    telegram.block(user);
    const api = apiOf(telegram);
    const blocked = '403 Forbidden: bot was blocked by the user';
    expect(await refusalOf(api.sendMessage(user.id, 'x'))).toBe(blocked);
    expect(await refusalOf(api.sendMessageDraft(user.id, 1, 'x'))).toBe(blocked);
    expect(await refusalOf(api.sendChatAction(user.id, 'typing'))).toBe(blocked);
    telegram.unblock(user);
    await api.sendMessage(user.id, 'x');
    const updates = await api.getUpdates();
    expect(updates.map(({ my_chat_member: changed }) => changed?.new_chat_member.status)).toEqual([
      undefined,
      'kicked',
      'member',
    ]);
  });

  test('is found by a number in a text, too', async () => {
    telegram.write('привет');
    await apiOf(telegram).sendMessage('77', 'x');
    expect(telegram.messages(77)).toHaveLength(2);
  });
});

describe('a group', () => {
  test.each(['group', 'supergroup'] as const)(
    'that took the bot out is closed to it: a %s',
    async (type) => {
      const group = telegram.createGroup({ type });
      telegram.kickBot(group.id);
      expect(await refusalOf(apiOf(telegram).sendMessage(group.id, 'x'))).toBe(
        `403 Forbidden: bot was kicked from the ${type} chat`,
      );
      telegram.addBot(group.id);
      await apiOf(telegram).sendMessage(group.id, 'x');
    },
  );

  test('that the bot has left is closed to it', async () => {
    const group = telegram.createGroup();
    const api = apiOf(telegram);
    await api.leaveChat(group.id);
    expect(await refusalOf(api.sendMessage(group.id, 'x'))).toBe(
      '403 Forbidden: bot is not a member of the supergroup chat',
    );
  });

  test('in which the bot may not write refuses its messages', async () => {
    const group = telegram.createGroup();
    telegram.addBot(group.id, { canSend: false });
    expect(await refusalOf(apiOf(telegram).sendMessage(group.id, 'x'))).toBe(
      '400 Bad Request: not enough rights to send text messages to the chat',
    );
  });

  test('tells the bot that it was added and taken out, and by whom', async () => {
    const ann = telegram.createUser({ first_name: 'Аня' });
    const group = telegram.createGroup({ members: [ann] });
    telegram.addBot(group.id, { by: ann });
    telegram.kickBot(group.id, { by: ann });
    const [added, greeted, kicked, ...rest] = await apiOf(telegram).getUpdates();
    expect(added?.my_chat_member).toMatchObject({
      chat: group,
      from: ann,
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member' },
    });
    expect(greeted?.message?.new_chat_members).toEqual([telegram.bot]);
    expect(kicked?.my_chat_member).toMatchObject({
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    });
    expect(rest).toEqual([]);
  });

  test('that became a supergroup tells its new id to whoever uses the old one', async () => {
    const ann = telegram.createUser();
    const group = telegram.createGroup({ type: 'group', title: 'Клуб', members: [ann] });
    const supergroup = telegram.migrate(group.id);
    expect(supergroup).toMatchObject({ type: 'supergroup', title: 'Клуб' });
    expect(supergroup.id).toBeLessThan(-1_000_000_000_000);
    const { status, description, parameters } = await callRaw(telegram, 'sendMessage', {
      chat_id: group.id,
      text: 'x',
    });
    expect([status, description, parameters]).toEqual([
      400,
      'Bad Request: group chat was upgraded to a supergroup chat',
      { migrate_to_chat_id: supergroup.id },
    ]);
    const api = apiOf(telegram);
    await api.sendMessage(supergroup.id, 'x');
    const updates = await api.getUpdates();
    expect(updates.map(({ message }) => message)).toMatchObject([
      { chat: { id: group.id }, migrate_to_chat_id: supergroup.id },
      { chat: { id: supergroup.id }, migrate_from_chat_id: group.id },
    ]);
    expect(await api.getChatMember(supergroup.id, ann.id)).toMatchObject({ status: 'member' });
  });

  test('names its members, admins and itself', async () => {
    const [ann, bob, eve] = [telegram.createUser(), telegram.createUser(), telegram.createUser()];
    const group = telegram.createGroup({
      title: 'Клуб',
      members: [ann, bob],
      adminIds: [ann.id, telegram.bot.id],
    });
    const api = apiOf(telegram);
    const statusOf = async ({ id }: { id: number }): Promise<string> =>
      (await api.getChatMember(group.id, id)).status;
    expect(await Promise.all([ann, bob, eve, telegram.bot].map(statusOf))).toEqual([
      'creator',
      'member',
      'left',
      'administrator',
    ]);
    expect(await refusalOf(api.getChatMember(group.id, 12345))).toBe(
      '400 Bad Request: PARTICIPANT_ID_INVALID',
    );
    const admins = await api.getChatAdministrators(group.id);
    expect(admins.map(({ user }) => user.id)).toEqual([ann.id, telegram.bot.id]);
    expect(await api.getChat(group.id)).toMatchObject({ type: 'supergroup', title: 'Клуб' });
  });
});

describe('a channel', () => {
  test('takes posts from the bot while it is an admin there', async () => {
    const channel = telegram.createChannel({ title: 'Новости', username: 'novosti' });
    const api = apiOf(telegram);
    const post = await api.sendMessage('@Novosti', 'x');
    expect(post).toMatchObject({ chat: channel, sender_chat: channel });
    expect(post).not.toHaveProperty('from');
    await api.editMessageText(channel.id, post.message_id, 'y');
    await api.leaveChat(channel.id);
    expect(await refusalOf(api.sendMessage(channel.id, 'x'))).toBe(
      '403 Forbidden: bot is not a member of the channel chat',
    );
  });

  test('hands its posts and their edits to the bot', async () => {
    const channel = telegram.createChannel();
    const post = telegram.write('новость', { chatId: channel.id });
    telegram.edit(post.message_id, 'правка', { chatId: channel.id });
    const updates = await apiOf(telegram).getUpdates();
    expect(updates).toMatchObject([
      { channel_post: { text: 'новость', sender_chat: channel } },
      { edited_channel_post: { text: 'правка' } },
    ]);
    expect(updates[0]?.channel_post).not.toHaveProperty('from');
  });
});
