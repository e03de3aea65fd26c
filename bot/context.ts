import type { Context } from 'grammy';

import type { Locale } from './locales/locale.ts';
import type { ChatSettings } from './state/chat-settings.ts';

/** What every feature gets with an update: filled in by create-bot.ts before any of them. */
export type BotContext = Context & {
  /** Of the interface: the one chosen in the chat's settings, else that of the sender's app. */
  locale: Locale;
  /** Those of the chat, or of the sender where there is none. */
  settings: ChatSettings;
  /** Whether the sender runs this bot. */
  isAdmin: boolean;
};
