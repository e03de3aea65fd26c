import { badRequest } from '../refusal.ts';
import { botMember } from '../rooms.ts';
import { visitRoom } from '../write-access.ts';

import type { Methods } from './method.ts';

/** Questions about chats and people in them. */
export const chatMethods: Methods = {
  getChat(parameters, { state }) {
    const { chat, messages, pinnedIds } = visitRoom(state, parameters.chat_id);
    const pinned = messages.get(pinnedIds.at(-1) ?? 0);
    return {
      ...chat,
      accent_color_id: Math.abs(chat.id) % 7,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
      ...(pinned !== undefined && { pinned_message: pinned }),
    };
  },

  getChatMember(parameters, { state }) {
    const room = visitRoom(state, parameters.chat_id);
    const member = state.rooms.memberOf(room, parameters.user_id);
    if (member !== null && parameters.user_id === state.bot.id) return botMember(state.bot, room);
    if (member === null) throw badRequest('PARTICIPANT_ID_INVALID');
    if (room.chat.type === 'private') return { status: 'member', user: member.user };
    return member;
  },

  getChatMemberCount(parameters, { state }) {
    const { members, chat } = visitRoom(state, parameters.chat_id);
    return chat.type === 'private' ? 2 : members.size + 1;
  },

  getChatAdministrators(parameters, { state }) {
    const room = visitRoom(state, parameters.chat_id);
    if (room.chat.type === 'private') {
      throw badRequest('there are no administrators in the private chat');
    }
    const people = [...room.adminIds]
      .filter((id) => id !== state.bot.id)
      .map((id) => state.rooms.memberOf(room, id));
    const bot = room.bot === 'administrator' ? [botMember(state.bot, room)] : [];
    return [...people, ...bot].filter((member) => member !== null);
  },

  leaveChat(parameters, { state }) {
    const room = visitRoom(state, parameters.chat_id);
    if (room.chat.type === 'private') throw badRequest("chat can't be left");
    const before = botMember(state.bot, room);
    room.bot = 'left';
    state.updates.add({
      my_chat_member: {
        chat: room.chat as never,
        from: state.bot,
        date: Math.floor(state.now() / 1000),
        old_chat_member: before,
        new_chat_member: botMember(state.bot, room),
      },
    });
    return true;
  },

  createForumTopic(parameters, { state }) {
    const room = visitRoom(state, parameters.chat_id);
    if (!('is_forum' in room.chat) || room.chat.is_forum !== true) {
      throw badRequest('the chat is not a forum');
    }
    if (room.bot !== 'administrator') throw badRequest('not enough rights to create a topic');
    const id = state.rooms.nextMessageId(room);
    const topic = { name: parameters.name, icon_color: parameters.icon_color ?? 7_322_096 };
    room.threadIds.add(id);
    room.messages.set(id, {
      message_id: id,
      message_thread_id: id,
      is_topic_message: true,
      from: state.bot,
      chat: room.chat,
      date: Math.floor(state.now() / 1000),
      forum_topic_created: topic,
    });
    return { message_thread_id: id, ...topic };
  },
};
