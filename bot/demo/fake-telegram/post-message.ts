import type { LinkPreviewOptions, Message, ReplyParameters } from 'grammy/types';

import type { FakeState } from './fake-state.ts';
import { checkKeyboard, inlineKeyboardOf } from './keyboard-limits.ts';
import { badRequest } from './refusal.ts';
import type { Room } from './rooms.ts';

/** Parameters that all methods which send something share. */
export interface Sending {
  message_thread_id?: number;
  reply_parameters?: ReplyParameters;
  reply_to_message_id?: number;
  reply_markup?: unknown;
  link_preview_options?: LinkPreviewOptions;
  protect_content?: boolean;
  message_effect_id?: string;
}

/**
 * Puts a message of the bot into a chat. The limits count it only when nothing else is wrong with it.
 * @throws {Refusal}
 */
export function postMessage(
  state: FakeState,
  room: Room,
  sending: Sending,
  content: Partial<Message>,
): Message {
  const { rooms, events, drafts, limits, bot, now } = state;
  const { chat } = room;
  checkKeyboard(sending.reply_markup);
  const reply = replyOf(room, sending);
  const thread = threadOf(room, sending, reply.reply_to_message);
  limits?.take(chat.id);
  const keyboard = inlineKeyboardOf(sending.reply_markup);
  const message: Message = {
    message_id: rooms.nextMessageId(room),
    ...(chat.type === 'channel' ? { sender_chat: chat } : { from: bot }),
    chat,
    date: Math.floor(now() / 1000),
    ...thread,
    ...reply,
    ...content,
    ...(sending.link_preview_options && { link_preview_options: sending.link_preview_options }),
    ...(sending.protect_content === true && { has_protected_content: true }),
    ...(keyboard !== null && { reply_markup: keyboard }),
  };
  room.messages.set(message.message_id, message);
  room.lastBotId = bot.id;
  drafts.replace(chat.id, thread.message_thread_id ?? null);
  events.emit({ type: 'message', chatId: chat.id, message });
  return message;
}

/** A message as it stands inside another one. */
export function withoutReply(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

function replyOf(room: Room, sending: Sending): Pick<Message, 'reply_to_message' | 'quote'> {
  const parameters = sending.reply_parameters;
  const messageId = parameters?.message_id ?? sending.reply_to_message_id;
  if (messageId === undefined) return {};
  const target = room.messages.get(messageId);
  if (target === undefined) {
    if (parameters?.allow_sending_without_reply === true) return {};
    throw badRequest('message to be replied not found');
  }
  const { quote } = parameters ?? {};
  if (quote === undefined) return { reply_to_message: withoutReply(target) };
  const position = (target.text ?? target.caption ?? '').indexOf(quote);
  if (position === -1) throw badRequest('QUOTE_TEXT_INVALID');
  return {
    reply_to_message: withoutReply(target),
    quote: { text: quote, position, is_manual: true },
  };
}

/** Topics of a forum are marked; elsewhere a thread is only what replies make of it. */
function threadOf(
  room: Room,
  sending: Sending,
  target: Message | undefined,
): Pick<Message, 'message_thread_id' | 'is_topic_message'> {
  const isForum = 'is_forum' in room.chat && room.chat.is_forum === true;
  const id = sending.message_thread_id ?? (isForum ? target?.message_thread_id : undefined);
  if (isForum) {
    if (id === undefined) return {};
    if (!room.threadIds.has(id)) throw badRequest('message thread not found');
    return { message_thread_id: id, is_topic_message: true };
  }
  if (id !== undefined && !room.messages.has(id)) throw badRequest('message thread not found');
  if (room.chat.type !== 'supergroup') return {};
  const root = id ?? target?.message_thread_id ?? target?.message_id;
  return root === undefined ? {} : { message_thread_id: root };
}
