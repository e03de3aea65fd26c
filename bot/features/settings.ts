import { Composer, GrammyError, InlineKeyboard } from 'grammy';

import type { BotContext } from '../context.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
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
    const { text, entities } = describe(settings.of(ctx.chatId), ctx.locale);
    await ctx.reply(text, {
      entities,
      reply_markup: keyboard(settings.of(ctx.chatId), ctx.locale),
    });
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
    const { text, entities } = describe(changed, locale);
    await ctx
      .editMessageText(text, { entities, reply_markup: keyboard(changed, locale) })
      .catch(ignoreRefusal);
  });
  return feature;

  /** Null for what is no setting, as callback data can be forged. */
  function changeOf(name?: string, value?: string): Partial<ChatSettings> | null {
    const setting = shownNames.find((known) => known === name);
    if (setting === undefined) return null;
    const choice = CHOICES[setting].find((known) => known === value);
    return choice === undefined ? null : { [setting]: choice };
  }

  function describe(chosen: ChatSettings, { t }: Locale): FormattedText {
    const out = new FormattedTextBuilder().wrap({ type: 'bold' }, () => {
      out.append(t('settings-title'));
    });
    for (const name of shownNames) {
      out.append(`\n${t(`settings-${name}`, { choice: t(`settings-${name}-${chosen[name]}`) })}`);
    }
    return out.build();
  }

  function keyboard(chosen: ChatSettings, { t }: Locale): InlineKeyboard {
    const buttons = new InlineKeyboard();
    for (const name of shownNames) {
      for (const choice of CHOICES[name]) {
        const words = capitalised(t(`settings-${name}-${choice}`));
        buttons.text(choice === chosen[name] ? `✓ ${words}` : words, `set:${name}:${choice}`);
      }
      buttons.row();
    }
    return buttons;
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

/** What is chosen already changes nothing, and a message of long ago cannot be edited any more. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
}
