import type { Chat, Message, User } from 'grammy/types';

import type { FakeState } from './fake-state.ts';
import type { FakeTelegram } from './fake-telegram.ts';
import { botMember } from './rooms.ts';
import type { BotStanding, Room } from './rooms.ts';

/** How chats come to be, and how the bot comes into them and leaves. */
export class Memberships {
  readonly #state: FakeState;
  readonly #defaultUser: () => User;

  constructor(state: FakeState, { defaultUser }: { defaultUser: () => User }) {
    this.#state = state;
    this.#defaultUser = defaultUser;
  }

  createGroup(...[group = {}]: Parameters<FakeTelegram['createGroup']>): Chat {
    const { rooms, bot } = this.#state;
    const { type = 'supergroup', title = 'Группа', isForum = false, members = [] } = group;
    const id = group.id ?? rooms.nextChatId(type);
    const chat: Chat =
      type === 'group'
        ? { id, type, title }
        : { id, type, title, ...(isForum && { is_forum: true as const }) };
    const adminIds = new Set(group.adminIds);
    const room = rooms.addRoom(chat, adminIds.has(bot.id) ? 'administrator' : 'member');
    adminIds.delete(bot.id);
    for (const user of members) {
      rooms.createUser(user);
      room.members.set(user.id, user);
    }
    for (const adminId of adminIds) {
      const account = rooms.accounts.get(adminId) ?? rooms.createUser({ id: adminId });
      room.members.set(adminId, account.user);
    }
    room.adminIds = adminIds;
    return chat;
  }

  /** The bot is an admin of it, or it could not be there. */
  createChannel(...[channel = {}]: Parameters<FakeTelegram['createChannel']>): Chat {
    const { rooms } = this.#state;
    const { title = 'Канал', username } = channel;
    const id = channel.id ?? rooms.nextChatId('channel');
    const chat: Chat = { id, type: 'channel', title, ...(username !== undefined && { username }) };
    rooms.addRoom(chat, 'administrator');
    return chat;
  }

  block(user: User): void {
    this.#setBlocked(user, true);
  }

  unblock(user: User): void {
    this.#setBlocked(user, false);
  }

  addBot(...[chatId, { by, canSend = true } = {}]: Parameters<FakeTelegram['addBot']>): void {
    const { rooms, bot } = this.#state;
    const room = rooms.get(chatId);
    const user = by ?? this.#defaultUser();
    // A group is made with the bot in it: it may come a first time all the same.
    const before = room.bot === 'kicked' ? 'kicked' : 'left';
    const isChannel = room.chat.type === 'channel';
    const standing = isChannel ? 'administrator' : canSend ? 'member' : 'restricted';
    this.#move(room, user, before, standing);
    if (!isChannel) this.#announce(room, user, { new_chat_members: [bot] });
  }

  kickBot(...[chatId, { by } = {}]: Parameters<FakeTelegram['kickBot']>): void {
    const room = this.#state.rooms.get(chatId);
    this.#move(room, by ?? this.#defaultUser(), room.bot, 'kicked');
  }

  migrate(chatId: number): Chat {
    const { rooms } = this.#state;
    const old = rooms.get(chatId);
    if (old.chat.type !== 'group') throw new Error(`Chat ${chatId} is no basic group.`);
    const id = rooms.nextChatId('supergroup');
    const chat: Chat = { id, type: 'supergroup', title: old.chat.title };
    const room = rooms.addRoom(chat, old.bot);
    for (const [userId, user] of old.members) room.members.set(userId, user);
    room.adminIds = new Set(old.adminIds);
    const [ownerId] = old.adminIds;
    const by =
      (ownerId === undefined ? undefined : old.members.get(ownerId)) ?? this.#defaultUser();
    this.#announce(old, by, { migrate_to_chat_id: id });
    old.migratedTo = id;
    this.#announce(room, by, { migrate_from_chat_id: chatId });
    return chat;
  }

  #setBlocked(user: User, hasBlocked: boolean): void {
    const { rooms, updates, bot } = this.#state;
    const account = rooms.createUser(user);
    if (account.hasBlocked === hasBlocked) return;
    account.hasBlocked = hasBlocked;
    account.hasStarted = true;
    const { chat } = rooms.get(user.id);
    const states = [botMember(bot, rooms.get(user.id), 'member'), blockedMember(bot)];
    const [before, after] = hasBlocked ? states : states.toReversed();
    updates.add({
      my_chat_member: {
        chat,
        from: account.user,
        date: this.#seconds(),
        old_chat_member: before ?? blockedMember(bot),
        new_chat_member: after ?? blockedMember(bot),
      } as never,
    });
  }

  #move(room: Room, by: User, before: BotStanding, after: BotStanding): void {
    const { updates, bot } = this.#state;
    room.bot = after;
    updates.add({
      my_chat_member: {
        chat: room.chat as never,
        from: by,
        date: this.#seconds(),
        old_chat_member: botMember(bot, room, before),
        new_chat_member: botMember(bot, room, after),
      },
    });
  }

  /** A service message. */
  #announce(room: Room, from: User, content: Partial<Message>): void {
    const { rooms, updates, events } = this.#state;
    const message: Message = {
      message_id: rooms.nextMessageId(room),
      from,
      chat: room.chat,
      date: this.#seconds(),
      ...content,
    };
    room.messages.set(message.message_id, message);
    events.emit({ type: 'message', chatId: room.chat.id, message });
    if (room.bot === 'kicked' || room.bot === 'left') return;
    updates.add({ message } as never);
  }

  #seconds(): number {
    return Math.floor(this.#state.now() / 1000);
  }
}

function blockedMember(bot: User) {
  return { status: 'kicked', user: bot, until_date: 0 } as const;
}
