import type { Message, User } from 'grammy/types';

import type { PressAnswer } from './callback-queries.ts';
import type { FakeState } from './fake-state.ts';
import type { FakeTelegram, InlineAnswer, Writing } from './fake-telegram.ts';
import { findEntities } from './found-entities.ts';
import { inlineKeyboardOf } from './keyboard-limits.ts';
import { withoutReply } from './post-message.ts';
import { isDelivered } from './privacy.ts';
import type { Room } from './rooms.ts';

/** Sent under these accounts: messages of admins who stay anonymous, and of channels. */
const GROUP_ANONYMOUS_BOT: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};
const CHANNEL_BOT: User = {
  id: 136_817_688,
  is_bot: true,
  first_name: 'Channel',
  username: 'Channel_Bot',
};

/** What people do in their apps. */
export class People {
  readonly #state: FakeState;

  constructor(state: FakeState) {
    this.#state = state;
  }

  write(text: string, options: Writing = {}): Message {
    if (text.length > 4096) throw new Error('An app sends no more than 4096 characters at once.');
    const entities = findEntities(text, options.entities);
    return this.send({ text, ...(entities.length > 0 && { entities }) }, options);
  }

  send(content: Partial<Message>, options: Writing = {}): Message {
    const { rooms, now } = this.#state;
    const { room, from } = this.#placeOf(options);
    const { chat } = room;
    if (chat.type === 'private') this.#startChat(from.id);
    else if (chat.type !== 'channel') room.members.set(from.id, from);
    const caption = content.caption;
    const captionEntities =
      caption === undefined ? [] : findEntities(caption, content.caption_entities);
    const message: Message = {
      message_id: rooms.nextMessageId(room),
      ...senderOf(room, from, options),
      chat,
      date: options.date ?? Math.floor(now() / 1000),
      ...this.#threadOf(room, from, options),
      ...content,
      ...(captionEntities.length > 0 && { caption_entities: captionEntities }),
      ...options.extra,
    };
    this.#publish(room, message);
    return message;
  }

  edit(
    messageId: number,
    text: string,
    { from, chatId }: { from?: User; chatId?: number } = {},
  ): Message {
    const { room } = this.#placeOf({
      ...(from !== undefined && { from }),
      ...(chatId !== undefined && { chatId }),
    });
    const before = existing(room, messageId);
    const { entities: _, ...rest } = before;
    const entities = findEntities(text);
    const message = {
      ...rest,
      text,
      ...(entities.length > 0 && { entities }),
      edit_date: Math.floor(this.#state.now() / 1000),
    };
    room.messages.set(messageId, message);
    this.#state.events.emit({ type: 'edited', chatId: room.chat.id, message });
    const kind = room.chat.type === 'channel' ? 'edited_channel_post' : 'edited_message';
    if (isDelivered(this.#state, room, message)) {
      this.#state.updates.add({ [kind]: message });
    }
    return message;
  }

  /** Bots are not told. */
  delete(messageId: number, chatId: number): void {
    const room = this.#state.rooms.get(chatId);
    existing(room, messageId);
    room.messages.delete(messageId);
    this.#state.events.emit({ type: 'deleted', chatId, messageId });
  }

  press(
    data: string,
    options: { from?: User; chatId?: number; messageId?: number } = {},
  ): Promise<PressAnswer> {
    const { callbackQueries, updates, events } = this.#state;
    const { room, from } = this.#placeOf(options);
    const { chat } = room;
    if (chat.type === 'private') this.#startChat(from.id);
    const message =
      options.messageId === undefined
        ? lastWithButton(room, data, this.#state.bot.id)
        : room.messages.get(options.messageId);
    const { id, answer } = callbackQueries.open();
    const inlineId =
      message?.via_bot === undefined ? null : `inline_${chat.id}_${message.message_id}`;
    const pressed = message ?? { chat, message_id: options.messageId ?? 1, date: 0 as const };
    const query = {
      id,
      from,
      chat_instance: String(BigInt(chat.id) * 7919n),
      data,
      ...(inlineId === null ? { message: pressed } : { inline_message_id: inlineId }),
    };
    events.emit({ type: 'pressed', chatId: chat.id, query });
    updates.add({ callback_query: query });
    return answer;
  }

  stopDraft(chatId: number, draftId: number): void {
    const { drafts, updates, rooms } = this.#state;
    const shown = drafts.find(chatId, draftId);
    if (shown === null) throw new Error(`There is no draft ${draftId} in chat ${chatId}.`);
    if (!shown.draft.canStop) throw new Error(`Draft ${draftId} has no button to stop it.`);
    const { chat } = rooms.get(chatId);
    if (chat.type !== 'private') throw new Error('Drafts are shown in private chats only.');
    updates.add({
      stopped_message_generation: {
        chat,
        draft_id: draftId,
        ...(shown.threadId !== null && { message_thread_id: shown.threadId }),
      },
    });
    if (!shown.keepOnStop) drafts.replace(chatId, shown.threadId);
  }

  inlineQuery(
    query: string,
    { from = this.defaultUser(), offset = '' }: { from?: User; offset?: string } = {},
  ): Promise<InlineAnswer | null> {
    const { inlineQueries, updates } = this.#state;
    const kept = inlineQueries.kept(from.id, query, offset);
    if (kept !== null) return Promise.resolve(kept);
    const { id, answer } = inlineQueries.open(from.id, query, offset);
    updates.add({ inline_query: { id, from, query, offset, chat_type: 'private' } });
    return answer;
  }

  chooseInline(...[result, { from, chatId }]: Parameters<FakeTelegram['chooseInline']>): Message {
    const content = 'input_message_content' in result ? result.input_message_content : undefined;
    const text = content !== undefined && 'message_text' in content ? content.message_text : null;
    const entities = content !== undefined && 'entities' in content ? (content.entities ?? []) : [];
    const keyboard = inlineKeyboardOf(result.reply_markup);
    const found = text === null ? [] : findEntities(text, entities);
    return this.send(
      {
        ...(text === null
          ? { caption: ('caption' in result && result.caption) || result.id }
          : { text: text.trim(), ...(found.length > 0 && { entities: found }) }),
        ...(content !== undefined &&
          'link_preview_options' in content &&
          content.link_preview_options !== undefined && {
            link_preview_options: content.link_preview_options,
          }),
        via_bot: this.#state.bot,
        ...(keyboard !== null && { reply_markup: keyboard }),
      },
      { from, chatId },
    );
  }

  /** Who writes when nobody is named. */
  defaultUser(): User {
    return this.#userOf(77);
  }

  #userOf(id: number): User {
    const { rooms } = this.#state;
    const account = rooms.accounts.get(id) ?? rooms.createUser({ id, language_code: 'ru' });
    return account.user;
  }

  #startChat(userId: number): void {
    const account = this.#state.rooms.accounts.get(userId);
    if (account !== undefined) account.hasStarted = true;
  }

  #placeOf({ from: given, chatId }: Pick<Writing, 'from' | 'chatId'>): { room: Room; from: User } {
    const { rooms } = this.#state;
    // A private chat has one writer: its number is enough.
    const isPrivate = chatId !== undefined && chatId > 0;
    const from = given ?? (isPrivate ? this.#userOf(chatId) : this.defaultUser());
    if (!rooms.accounts.has(from.id)) rooms.createUser(from);
    const room = rooms.get(chatId ?? from.id);
    if (room.migratedTo !== null) throw new Error('Nobody writes to a group that has migrated.');
    return { room, from };
  }

  #threadOf(room: Room, from: User, { threadId, replyTo }: Writing): Partial<Message> {
    const { chat } = room;
    const target = replyTo === undefined ? undefined : existing(room, replyTo);
    const reply = target && { reply_to_message: withoutReply(target) };
    if (!('is_forum' in chat) || chat.is_forum !== true) {
      if (chat.type !== 'supergroup' || target === undefined) return { ...reply };
      // A thread of replies, which is no topic: it has the number of its first message.
      return { ...reply, message_thread_id: target.message_thread_id ?? target.message_id };
    }
    const id = threadId ?? target?.message_thread_id;
    if (id === undefined) return { ...reply };
    const root = this.#topicRoot(room, from, id);
    // Apps reply to the first message of the topic where no other one is named.
    return {
      reply_to_message: withoutReply(root),
      ...reply,
      message_thread_id: id,
      is_topic_message: true,
    };
  }

  #topicRoot(room: Room, from: User, id: number): Message {
    const known = room.messages.get(id);
    if (known !== undefined) return known;
    const root: Message = {
      message_id: id,
      message_thread_id: id,
      is_topic_message: true,
      from,
      chat: room.chat,
      date: Math.floor(this.#state.now() / 1000),
      forum_topic_created: { name: `Тема ${id}`, icon_color: 7_322_096 },
    };
    room.threadIds.add(id);
    room.messages.set(id, root);
    return root;
  }

  #publish(room: Room, message: Message): void {
    const { events, updates } = this.#state;
    room.messages.set(message.message_id, message);
    events.emit({ type: 'message', chatId: room.chat.id, message });
    if (!isDelivered(this.#state, room, message)) return;
    updates.add({ [room.chat.type === 'channel' ? 'channel_post' : 'message']: message });
  }
}

function senderOf(room: Room, from: User, { extra }: Writing): Partial<Message> {
  if (room.chat.type === 'channel') return { sender_chat: room.chat };
  const sender = extra?.sender_chat;
  if (sender === undefined) return { from };
  return { from: sender.id === room.chat.id ? GROUP_ANONYMOUS_BOT : CHANNEL_BOT };
}

function existing(room: Room, messageId: number): Message {
  const message = room.messages.get(messageId);
  if (message === undefined) {
    throw new Error(`There is no message ${messageId} in chat ${room.chat.id}.`);
  }
  return message;
}

/** The newest message with such a button; without one, the newest of the bot, as a forger would. */
function lastWithButton(room: Room, data: string, botId: number): Message | undefined {
  const messages = [...room.messages.values()].toReversed();
  const has = (message: Message): boolean =>
    message.reply_markup?.inline_keyboard
      .flat()
      .some((button) => 'callback_data' in button && button.callback_data === data) === true;
  return messages.find(has) ?? messages.find(({ from }) => from?.id === botId);
}
