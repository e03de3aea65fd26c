import type { Message } from 'grammy/types';

import type { FakeState } from './fake-state.ts';
import type { Room } from './rooms.ts';

/**
 * Whether the bot gets a message that someone sent. In groups, unless it is an admin, only what is
 * meant for it: replies to it, its name, its commands, what was sent through it, and service messages.
 */
export function isDelivered({ bot, rooms }: FakeState, room: Room, message: Message): boolean {
  const { type } = room.chat;
  if (type === 'private') return rooms.accounts.get(room.chat.id)?.hasBlocked !== true;
  if (room.bot === 'left' || room.bot === 'kicked') return false;
  if (room.bot === 'administrator' || type === 'channel') return true;
  const seesAll = (bot as { can_read_all_group_messages?: boolean }).can_read_all_group_messages;
  if (seesAll === true || isServiceMessage(message)) return true;
  if (message.via_bot?.id === bot.id) return true;
  const replied = message.reply_to_message;
  if (replied?.from?.id === bot.id && replied.forum_topic_created === undefined) return true;
  return isAddressed(message, bot, room);
}

function isAddressed(message: Message, bot: FakeState['bot'], room: Room): boolean {
  const text = message.text ?? message.caption ?? '';
  const name = (bot.username ?? '').toLowerCase();
  for (const entity of message.entities ?? message.caption_entities ?? []) {
    const part = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    if (entity.type === 'mention' && part === `@${name}`) return true;
    if (entity.type === 'text_mention' && entity.user.id === bot.id) return true;
    if (entity.type === 'bot_command') {
      const [, addressee] = part.split('@');
      if (addressee === name) return true;
      // One without a name is meant for the bot that wrote last, or for all where none did.
      if (addressee === undefined && (room.lastBotId ?? bot.id) === bot.id) return true;
    }
  }
  return false;
}

const SERVICE_FIELDS = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'video_chat_started',
  'video_chat_ended',
] as const;

function isServiceMessage(message: Message): boolean {
  return SERVICE_FIELDS.some((field) => message[field] !== undefined);
}
