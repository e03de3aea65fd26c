import type { Context } from 'grammy';

import type { Locale } from './locales/locale.ts';

/** What every handler is given: the update, and the words in its reader's language. */
export type BotContext = Context & { locale: Locale };
