import type { InlineKeyboardMarkup, Message } from 'grammy/types';

import { checkKeyboard, inlineKeyboardOf } from '../keyboard-limits.ts';
import { badRequest } from '../refusal.ts';
import type { Room } from '../rooms.ts';
import { CAPTION } from '../text-limits.ts';
import { enterRoom } from '../write-access.ts';

import type { MethodCall, Methods } from './method.ts';
import { captionContent, outgoingText, textContent } from './method.ts';

/** What changes a message that stands. */
export const editMethods: Methods = {
  editMessageText(parameters, call) {
    const target = find(parameters, call);
    if (target.message.text === undefined) {
      throw badRequest('there is no text in the message to edit');
    }
    const checked = outgoingText(call, { ...parameters, text: parameters.text ?? '' });
    const { text: _text, entities: _entities, ...rest } = target.message;
    const preview = parameters.link_preview_options;
    return replace(target, call, parameters.reply_markup, {
      ...rest,
      ...textContent(checked),
      ...(preview !== undefined && { link_preview_options: preview }),
    });
  },

  editMessageCaption(parameters, call) {
    const target = find(parameters, call);
    if (target.message.text !== undefined) {
      throw badRequest('there is no caption in the message to edit');
    }
    const checked = outgoingText(
      call,
      {
        text: parameters.caption ?? '',
        entities: parameters.caption_entities,
        parse_mode: parameters.parse_mode,
      },
      CAPTION,
    );
    const { caption: _caption, caption_entities: _entities, ...rest } = target.message;
    return replace(target, call, parameters.reply_markup, { ...rest, ...captionContent(checked) });
  },

  editMessageReplyMarkup(parameters, call) {
    const target = find(parameters, call);
    return replace(target, call, parameters.reply_markup, target.message);
  },
};

interface Target {
  room: Room;
  message: Message;
  isInline: boolean;
}

function find(
  parameters: {
    chat_id?: number | string;
    message_id?: number;
    inline_message_id?: string;
  },
  { state }: MethodCall,
): Target {
  const { inline_message_id: inlineId } = parameters;
  if (inlineId !== undefined) {
    // It holds where the message is: such messages may stand in chats that the bot is not in.
    const [, chatId, messageId] = /^inline_(-?\d+)_(\d+)$/u.exec(inlineId) ?? [];
    const room = state.rooms.find(Number(chatId));
    const message = room?.messages.get(Number(messageId));
    if (room === null || message === undefined) throw badRequest('MESSAGE_ID_INVALID');
    return { room, message, isInline: true };
  }
  if (parameters.message_id === undefined) throw badRequest('message identifier is not specified');
  const room = enterRoom(state, parameters.chat_id);
  const message = room.messages.get(parameters.message_id);
  if (message === undefined) throw badRequest('message to edit not found');
  const isOwn = message.from?.id === state.bot.id;
  const isPost = room.chat.type === 'channel' && room.bot === 'administrator';
  if (!isOwn && !isPost) throw badRequest("message can't be edited");
  return { room, message, isInline: false };
}

/** The keyboard goes unless it is given again. */
function replace(
  { room, message, isInline }: Target,
  { state }: MethodCall,
  markup: InlineKeyboardMarkup | undefined,
  content: Message,
): Message | true {
  checkKeyboard(markup);
  const { reply_markup: _before, ...rest } = content;
  const keyboard = inlineKeyboardOf(markup);
  if (isSame(contentOf(message), contentOf(content)) && isSame(message.reply_markup, keyboard)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  state.limits?.take(room.chat.id);
  const edited: Message = {
    ...rest,
    edit_date: Math.floor(state.now() / 1000),
    ...(keyboard !== null && { reply_markup: keyboard }),
  };
  room.messages.set(message.message_id, edited);
  state.events.emit({ type: 'edited', chatId: room.chat.id, message: edited });
  return isInline ? true : edited;
}

function contentOf(message: Message): unknown {
  const { text, entities, caption, caption_entities: captionEntities } = message;
  return [text, entities, caption, captionEntities];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
