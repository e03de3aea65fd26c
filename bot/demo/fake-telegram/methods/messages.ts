import type { Message, MessageOrigin } from 'grammy/types';

import { badRequest } from '../refusal.ts';
import type { Room } from '../rooms.ts';
import { postMessage } from '../post-message.ts';
import { DRAFT_TEXT } from '../text-limits.ts';
import { enterRoom, enterRoomToWrite } from '../write-access.ts';

import type { Methods, MethodCall } from './method.ts';
import { outgoingText, textContent } from './method.ts';

/** What puts text into a chat, shows it there or takes it away. */
export const messageMethods: Methods = {
  sendMessage(parameters, call) {
    const room = enterRoomToWrite(call.state, parameters.chat_id);
    const checked = outgoingText(call, parameters);
    return postMessage(call.state, room, parameters, textContent(checked));
  },

  sendMessageDraft(parameters, call) {
    const { state } = call;
    if (Number(parameters.chat_id) < 0) throw badRequest('TEXTDRAFT_PEER_INVALID');
    const room = enterRoomToWrite(state, parameters.chat_id);
    if (room.chat.type !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
    if (!Number.isInteger(parameters.draft_id) || parameters.draft_id === 0) {
      throw badRequest('TEXTDRAFT_ID_INVALID');
    }
    const { text, entities } = outgoingText(
      call,
      { ...parameters, text: parameters.text ?? '' },
      DRAFT_TEXT,
    );
    state.limits?.take(room.chat.id);
    state.drafts.show(room.chat.id, {
      threadId: parameters.message_thread_id ?? null,
      keepOnStop: parameters.keep_on_stop ?? false,
      draft: {
        draftId: parameters.draft_id,
        text,
        entities,
        canStop: parameters.can_stop ?? false,
      },
    });
    return true;
  },

  sendChatAction(parameters, { state }) {
    const room = enterRoom(state, parameters.chat_id);
    if (room.chat.type === 'channel') throw badRequest("can't send chat actions to channels");
    state.events.emit({
      type: 'typing',
      chatId: room.chat.id,
      threadId: parameters.message_thread_id ?? null,
      action: parameters.action,
    });
    return true;
  },

  forwardMessage(parameters, call) {
    const { room, source } = sourceAndTarget(parameters, call);
    const { state } = call;
    return postMessage(state, room, parameters, {
      ...contentOf(source),
      forward_origin: source.forward_origin ?? originOf(source),
    });
  },

  copyMessage(parameters, call) {
    const { room, source } = sourceAndTarget(parameters, call);
    const { message_id } = postMessage(call.state, room, parameters, contentOf(source));
    return { message_id };
  },

  deleteMessage(parameters, { state }) {
    const room = enterRoom(state, parameters.chat_id);
    const message = room.messages.get(parameters.message_id);
    if (message === undefined) throw badRequest('message to delete not found');
    const isOwn = message.from?.id === state.bot.id || message.sender_chat?.id === room.chat.id;
    const mayDelete = isOwn || room.chat.type === 'private' || room.bot === 'administrator';
    if (!mayDelete) throw badRequest("message can't be deleted");
    if (state.now() / 1000 - message.date > 48 * 3600 && room.bot !== 'administrator') {
      throw badRequest("message can't be deleted for everyone");
    }
    remove(room, parameters.message_id, state);
    return true;
  },

  deleteMessages(parameters, { state }) {
    const room = enterRoom(state, parameters.chat_id);
    if (parameters.message_ids.length === 0 || parameters.message_ids.length > 100) {
      throw badRequest('message_ids must hold 1-100 identifiers');
    }
    // Telegram overlooks those that are gone.
    for (const id of parameters.message_ids) if (room.messages.has(id)) remove(room, id, state);
    return true;
  },

  setMessageReaction(parameters, { state }) {
    const room = enterRoom(state, parameters.chat_id);
    if (!room.messages.has(parameters.message_id)) throw badRequest('message to react not found');
    if ((parameters.reaction?.length ?? 0) > 1) throw badRequest('REACTIONS_TOO_MANY');
    return true;
  },

  pinChatMessage(parameters, { state }) {
    const room = enterRoomToWrite(state, parameters.chat_id);
    if (room.chat.type !== 'private' && room.bot !== 'administrator') {
      throw badRequest('not enough rights to manage pinned messages in the chat');
    }
    if (!room.messages.has(parameters.message_id)) throw badRequest('message to pin not found');
    room.pinnedIds = [...room.pinnedIds, parameters.message_id];
    return true;
  },

  unpinChatMessage(parameters, { state }) {
    const room = enterRoomToWrite(state, parameters.chat_id);
    const id = parameters.message_id ?? room.pinnedIds.at(-1);
    room.pinnedIds = room.pinnedIds.filter((pinned) => pinned !== id);
    return true;
  },

  unpinAllChatMessages(parameters, { state }) {
    enterRoomToWrite(state, parameters.chat_id).pinnedIds = [];
    return true;
  },
};

function sourceAndTarget(
  parameters: {
    chat_id: number | string;
    from_chat_id: number | string;
    message_id: number;
  },
  { state, method }: MethodCall,
): { room: Room; source: Message } {
  const room = enterRoomToWrite(state, parameters.chat_id);
  const from = enterRoom(state, parameters.from_chat_id);
  const source = from.messages.get(parameters.message_id);
  if (source === undefined) {
    const what = method.startsWith('copy') ? 'copy' : 'forward';
    throw badRequest(`message to ${what} not found`);
  }
  return { room, source };
}

function originOf({ from, sender_chat: sender, date, message_id }: Message): MessageOrigin {
  if (sender?.type === 'channel') return { type: 'channel', chat: sender, message_id, date };
  return from === undefined
    ? { type: 'hidden_user', date, sender_user_name: '—' }
    : { type: 'user', date, sender_user: from };
}

/** What a message says, without who said it where and when. */
function contentOf(message: Message): Partial<Message> {
  const {
    message_id: _id,
    from: _from,
    sender_chat: _sender,
    chat: _chat,
    date: _date,
    edit_date: _edited,
    reply_to_message: _reply,
    message_thread_id: _thread,
    is_topic_message: _topic,
    reply_markup: _markup,
    via_bot: _via,
    ...content
  } = message;
  return content;
}

function remove(room: Room, messageId: number, { events }: MethodCall['state']): void {
  room.messages.delete(messageId);
  room.pinnedIds = room.pinnedIds.filter((id) => id !== messageId);
  events.emit({ type: 'deleted', chatId: room.chat.id, messageId });
}
