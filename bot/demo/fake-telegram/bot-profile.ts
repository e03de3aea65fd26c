import type { BotCommand, BotCommandScope, User } from 'grammy/types';

import { badRequest } from './refusal.ts';

type TextKind = 'name' | 'description' | 'short_description';

const LONGEST: Record<TextKind, number> = { name: 64, description: 512, short_description: 120 };

/** What the bot says of itself, by language, and its commands, by scope and language. */
export class BotProfile {
  readonly #commands = new Map<string, BotCommand[]>();
  readonly #texts = new Map<string, string>();
  readonly menuButtons = new Map<number, unknown>();

  /** @throws {Refusal} for what Telegram does not take as a command. */
  setCommands(commands: BotCommand[], scope: BotCommandScope, language: string): void {
    if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/u.test(command)) throw badRequest('BOT_COMMAND_INVALID');
      if (description.trim() === '' || description.length > 256) {
        throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
    }
    checkLanguage(language);
    if (commands.length === 0) this.#commands.delete(keyOf(scope, language));
    else this.#commands.set(keyOf(scope, language), commands);
  }

  commands(scope: BotCommandScope, language: string): BotCommand[] {
    return this.#commands.get(keyOf(scope, language)) ?? [];
  }

  /** By Telegram's order: the narrowest scope first, in each the user's language first. */
  commandsFor(
    user: User,
    chat: { id: number; isPrivate: boolean; isAdmin: boolean },
  ): BotCommand[] {
    const language = user.language_code?.slice(0, 2) ?? '';
    for (const scope of scopesFor(user.id, chat)) {
      for (const one of [language, '']) {
        const commands = this.#commands.get(keyOf(scope, one));
        if (commands !== undefined) return commands;
      }
    }
    return [];
  }

  /** @throws {Refusal} when it is too long. */
  setText(kind: TextKind, text: string, language: string): void {
    if (text.length > LONGEST[kind]) throw badRequest(`bot ${kind.replace('_', ' ')} is too long`);
    checkLanguage(language);
    if (text === '') this.#texts.delete(`${kind} ${language}`);
    else this.#texts.set(`${kind} ${language}`, text);
  }

  text(kind: TextKind, language: string): string {
    return this.#texts.get(`${kind} ${language}`) ?? this.#texts.get(`${kind} `) ?? '';
  }
}

function scopesFor(
  userId: number,
  { id, isPrivate, isAdmin }: { id: number; isPrivate: boolean; isAdmin: boolean },
): BotCommandScope[] {
  if (isPrivate) {
    return [{ type: 'chat', chat_id: id }, { type: 'all_private_chats' }, { type: 'default' }];
  }
  return [
    { type: 'chat_member', chat_id: id, user_id: userId },
    ...(isAdmin ? [{ type: 'chat_administrators', chat_id: id } as const] : []),
    { type: 'chat', chat_id: id },
    ...(isAdmin ? [{ type: 'all_chat_administrators' } as const] : []),
    { type: 'all_group_chats' },
    { type: 'default' },
  ];
}

function keyOf(scope: BotCommandScope, language: string): string {
  const chat = 'chat_id' in scope ? scope.chat_id : '';
  const user = 'user_id' in scope ? scope.user_id : '';
  return [scope.type, chat, user, language].join(' ');
}

function checkLanguage(language: string): void {
  if (!/^(?:[a-z]{2})?$/u.test(language)) {
    throw badRequest('invalid language code specified');
  }
}
