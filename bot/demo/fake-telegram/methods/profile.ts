import type { BotCommandScope } from 'grammy/types';

import { badRequest } from '../refusal.ts';
import { visitRoom } from '../write-access.ts';

import type { MethodCall, Methods } from './method.ts';

/** What the bot tells of itself. */
export const profileMethods: Methods = {
  getMe(_, { state }) {
    return {
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_guest_queries: false,
      supports_inline_queries: true,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
      ...state.bot,
    };
  },

  setMyCommands({ commands, scope, language_code: language = '' }, { state }) {
    const list = [...commands];
    state.profile.setCommands(list, knownScope(scope, state), language);
    state.events.emit({ type: 'commands', commands: list });
    return true;
  },

  getMyCommands({ scope, language_code: language = '' }, { state }) {
    return state.profile.commands(knownScope(scope, state), language);
  },

  deleteMyCommands({ scope, language_code: language = '' }, { state }) {
    state.profile.setCommands([], knownScope(scope, state), language);
    state.events.emit({ type: 'commands', commands: [] });
    return true;
  },

  setMyName({ name = '', language_code: language = '' }, { state }) {
    state.profile.setText('name', name, language);
    return true;
  },

  getMyName({ language_code: language = '' }, { state }) {
    return { name: state.profile.text('name', language) || state.bot.first_name };
  },

  setMyDescription({ description = '', language_code: language = '' }, { state }) {
    state.profile.setText('description', description, language);
    return true;
  },

  getMyDescription({ language_code: language = '' }, { state }) {
    return { description: state.profile.text('description', language) };
  },

  setMyShortDescription({ short_description: text = '', language_code: language = '' }, { state }) {
    state.profile.setText('short_description', text, language);
    return true;
  },

  getMyShortDescription({ language_code: language = '' }, { state }) {
    return { short_description: state.profile.text('short_description', language) };
  },

  setChatMenuButton({ chat_id: chatId = 0, menu_button: button }, { state }) {
    if (chatId !== 0) visitRoom(state, chatId);
    state.profile.menuButtons.set(chatId, button ?? { type: 'default' });
    return true;
  },

  getChatMenuButton({ chat_id: chatId = 0 }, { state }) {
    return state.profile.menuButtons.get(chatId) ?? { type: 'default' };
  },
};

/** By the number of its chat, so that a name and a number are the same scope. */
function knownScope(
  scope: BotCommandScope | undefined,
  state: MethodCall['state'],
): BotCommandScope {
  if (scope === undefined) return { type: 'default' };
  if (!('chat_id' in scope)) return scope;
  const { id, type } = visitRoom(state, scope.chat_id).chat;
  if (type === 'private' && scope.type !== 'chat') {
    throw badRequest("can't use this scope in a private chat");
  }
  return { ...scope, chat_id: id };
}
