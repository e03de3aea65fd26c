import type { Message } from 'grammy/types';

import type { BotContext } from '../context.ts';
import type { Deliveries } from '../state/deliveries.ts';

import type { ChatPlace, ChatQuestion } from './chat-question.ts';

/** The question that an update asks with these words; null where there is no message to answer. */
export function questionOf(
  ctx: BotContext,
  text: string,
  { deliveries }: { deliveries: Deliveries },
): ChatQuestion | null {
  const message = ctx.msg;
  const place = placeOf(ctx);
  const askerId = askerOf(ctx);
  if (message === undefined || place === null || askerId === null) return null;
  const answered = message.reply_to_message;
  return {
    id: ctx.update.update_id,
    place,
    askerId,
    text,
    askedAs: null,
    unseen: unseenIn(message),
    length: ctx.settings.length,
    askedAt: new Date((message.edit_date ?? message.date) * 1000),
    settings: ctx.settings,
    locale: ctx.locale,
    again: null,
    inReplyTo:
      answered !== undefined && answered.from?.id === ctx.me.id
        ? (deliveries.findByMessage(place.chatId, answered.message_id)?.turnId ?? null)
        : null,
    isEdit: false,
    checked: null,
    about: null,
  };
}

/** What came along with a message's words. */
export function unseenIn(
  message: Pick<
    Message,
    'photo' | 'video' | 'animation' | 'document' | 'audio' | 'voice' | 'paid_media'
  >,
): ChatQuestion['unseen'] {
  if (message.photo !== undefined) return 'photo';
  if ((message.video ?? message.animation) !== undefined) return 'video';
  const file = message.document ?? message.audio ?? message.voice ?? message.paid_media;
  return file === undefined ? null : 'file';
}

/** Where the answer to an update's message goes. */
export function placeOf(ctx: BotContext): ChatPlace | null {
  const message = ctx.msg;
  if (message === undefined) return null;
  const { chat } = message;
  const isTopic = message.is_topic_message === true;
  return {
    chatId: chat.id,
    kind: kindOf(chat.type),
    threadId: isTopic ? (message.message_thread_id ?? null) : null,
    messageId: message.message_id,
  };
}

/** Anonymous admins and channels write in the name of a chat; their `from` is a stand-in of Telegram's. */
export function askerOf(ctx: BotContext): number | null {
  if (ctx.callbackQuery !== undefined) return ctx.callbackQuery.from.id;
  return ctx.msg?.sender_chat?.id ?? ctx.from?.id ?? null;
}

function kindOf(type: string): ChatPlace['kind'] {
  if (type === 'private') return 'private';
  return type === 'channel' ? 'channel' : 'group';
}
