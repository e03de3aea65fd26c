import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { BotCommandScope } from 'grammy/types';

import type { Locale, Locales } from '../locales/locale.ts';

/** In the order in which Telegram shows them; the words for each are `command-NAME`. */
export const PRIVATE_COMMANDS = ['check', 'settings', 'privacy', 'forget', 'stop', 'help'] as const;
export const GROUP_COMMANDS = ['ask', 'check', 'stop', 'settings', 'help'] as const;
export const ADMIN_COMMANDS = [
  'stats',
  'sources',
  'reindex',
  'digest',
  ...PRIVATE_COMMANDS,
] as const;

export interface AnnounceOptions {
  locales: Locales;
  /** Who runs the bot. */
  adminIds?: readonly number[];
}

/**
 * Tells Telegram which commands it offers to whom: in private chats and groups, in Russian to those
 * whose app speaks it and in English to others, and more to admins.
 * @throws what grammY throws when Telegram refuses.
 */
export async function announceCommands(
  api: Api,
  { locales, adminIds = [] }: AnnounceOptions,
): Promise<void> {
  // Where nothing narrower is set, so it also takes the place of what an earlier version has set.
  await announce(api, PRIVATE_COMMANDS, { type: 'default' }, locales);
  await announce(api, GROUP_COMMANDS, { type: 'all_group_chats' }, locales);
  for (const adminId of adminIds) await announceToAdmin(api, adminId, locales);
}

/** @throws what grammY throws, unless the admin has never written to the bot. */
export async function announceToAdmin(api: Api, adminId: number, locales: Locales): Promise<void> {
  try {
    await announce(api, ADMIN_COMMANDS, { type: 'chat', chat_id: adminId }, locales);
  } catch (error) {
    const isUnknown = error instanceof GrammyError && [400, 403].includes(error.error_code);
    if (!isUnknown) throw error;
  }
}

/** What a chat is offered, one command a line, for a message. */
export function listCommands(names: readonly string[], { t }: Locale): string {
  return names.map((name) => `/${name}: ${t(`command-${name}`)}`).join('\n');
}

async function announce(
  api: Api,
  names: readonly string[],
  scope: BotCommandScope,
  { ru, en }: Locales,
): Promise<void> {
  const commandsIn = ({ t }: Locale) =>
    names.map((command) => ({ command, description: t(`command-${command}`) }));
  await api.setMyCommands(commandsIn(en), { scope });
  await api.setMyCommands(commandsIn(ru), { scope, language_code: 'ru' });
}
