import { Composer, GrammyError } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';

import type { BotContext } from '../context.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { ChatSettings, ChatSettingsStore } from '../state/chat-settings.ts';

import { acknowledge } from './acknowledge.ts';
import { mayChangeChat } from './may-change-chat.ts';

export interface SettingsOptions {
  settings: ChatSettingsStore;
  locales: Locales;
  /** Whether a model is configured: without one there is no choice of who writes. */
  hasModel: boolean;
}

/** /settings: how the bot speaks to a chat. In a group its admins decide. */
export function settingsFeature({
  settings,
  locales,
  hasModel,
}: SettingsOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  const shownNames = SETTING_NAMES.filter((name) => name !== 'writer' || hasModel);

  feature.command('settings', async (ctx) => {
    if (!(await mayChangeChat(ctx))) {
      await ctx.reply(ctx.locale.t('group-admins-only'));
      return;
    }
    const { text, ...options } = describe(settings.of(ctx.chatId), ctx.locale);
    await ctx.reply(text, options);
  });

  feature.callbackQuery(/^set:([a-z]{1,10}):([a-z]{1,10})$/u, async (ctx, next) => {
    const change = changeOf(ctx.match[1], ctx.match[2]);
    const chatId = ctx.chatId;
    if (change === null || chatId === undefined) {
      await next();
      return;
    }
    if (!(await mayChangeChat(ctx))) {
      await acknowledge(ctx, ctx.locale.t('group-admins-only'), { isAlert: true });
      return;
    }
    const changed = settings.set(chatId, change);
    const locale =
      changed.language === 'auto' ? locales.of(ctx.from.language_code) : locales[changed.language];
    await acknowledge(ctx, locale.t('settings-saved'));
    const { text, ...options } = describe(changed, locale);
    if (isShown(ctx.msg, text, options.reply_markup)) return;
    await ctx.editMessageText(text, options).catch(ignoreRefusal);
  });
  return feature;

  /** Null for what is no setting, as callback data can be forged. */
  function changeOf(name?: string, value?: string): Partial<ChatSettings> | null {
    const setting = shownNames.find((known) => known === name);
    if (setting === undefined) return null;
    const choice = CHOICES[setting].find((known) => known === value);
    return choice === undefined ? null : { [setting]: choice };
  }

  function describe(chosen: ChatSettings, { t }: Locale) {
    const out = new FormattedTextBuilder();
    out.wrap({ type: 'bold' }, () => out.append(t('settings-title')));
    for (const name of shownNames) {
      out.append(`\n${t(`settings-${name}`, { choice: t(`settings-${name}-${chosen[name]}`) })}`);
    }
    const rows = shownNames.map((name) =>
      CHOICES[name].map((choice) => {
        const words = capitalised(t(`settings-${name}-${choice}`));
        const text = choice === chosen[name] ? `✓ ${words}` : words;
        return { text, callback_data: `set:${name}:${choice}` };
      }),
    );
    return { ...out.build(), reply_markup: { inline_keyboard: rows } };
  }
}

const SETTING_NAMES = ['language', 'length', 'writer'] as const;

const CHOICES = {
  language: ['auto', 'ru', 'en'],
  length: ['short', 'long'],
  writer: ['auto', 'quotes'],
} as const satisfies { [Name in keyof ChatSettings]: readonly ChatSettings[Name][] };

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Telegram refuses an edit that changes nothing. */
function isShown(
  message: Message | undefined,
  text: string,
  { inline_keyboard: rows }: InlineKeyboardMarkup,
): boolean {
  const shown = message?.reply_markup?.inline_keyboard;
  return message?.text === text && JSON.stringify(shown) === JSON.stringify(rows);
}

/** Two presses at once change the message once, and one of long ago cannot be edited any more. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
}
