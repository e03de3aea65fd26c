import type { Message, User } from 'grammy/types';

import type { FakeState } from './fake-state.ts';
import type { Writing } from './fake-telegram.ts';
import { findEntities } from './found-entities.ts';
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

interface FileOnDisk {
  name: string;
  content: Uint8Array | string;
  mimeType?: string;
}

/** What people write in their apps. */
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
    const { room, from } = this.placeOf(options);
    const { chat } = room;
    if (chat.type === 'private') this.startChat(from.id);
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

  sendFile(
    { name, content, mimeType = 'application/octet-stream' }: FileOnDisk,
    { caption, albumId, ...options }: Writing & { caption?: string; albumId?: string } = {},
  ): Message {
    const upload = { fileName: name, mimeType, content: Buffer.from(content) };
    const stored = this.#state.files.store(upload, 'documents');
    const document = {
      file_id: stored.fileId,
      file_unique_id: stored.uniqueId,
      file_name: name,
      mime_type: mimeType,
      file_size: stored.content.length,
    };
    return this.send(
      {
        document,
        ...(caption !== undefined && { caption }),
        ...(albumId !== undefined && { media_group_id: albumId }),
      },
      options,
    );
  }

  edit(
    messageId: number,
    text: string,
    { from, chatId }: { from?: User; chatId?: number } = {},
  ): Message {
    const { room } = this.placeOf({
      ...(from !== undefined && { from }),
      ...(chatId !== undefined && { chatId }),
    });
    const before = existing(room, messageId);
    const { entities: _, caption_entities: _captionEntities, ...rest } = before;
    const entities = findEntities(text);
    const isCaption = before.text === undefined;
    const message = {
      ...rest,
      ...(isCaption ? { caption: text } : { text }),
      ...(entities.length > 0 && { [isCaption ? 'caption_entities' : 'entities']: entities }),
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

  /** Who writes when nobody is named. */
  defaultUser(): User {
    return this.#userOf(77);
  }

  #userOf(id: number): User {
    const { rooms } = this.#state;
    const account = rooms.accounts.get(id) ?? rooms.createUser({ id, language_code: 'ru' });
    return account.user;
  }

  /** From then on the bot may write to that person. */
  startChat(userId: number): void {
    const account = this.#state.rooms.accounts.get(userId);
    if (account !== undefined) account.hasStarted = true;
  }

  /** Where someone does something, and who. Creates a person that nobody has named yet. */
  placeOf({ from: given, chatId }: Pick<Writing, 'from' | 'chatId'>): { room: Room; from: User } {
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
