import { Composer, GrammyError, InlineKeyboard } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { Forgotten } from '../state/forget.ts';

import { acknowledge } from './acknowledge.ts';
import { mayChangeChat } from './may-change-chat.ts';

export interface ForgetOptions {
  /** Deletes what is kept of a chat. */
  forget: (chatId: number) => Forgotten;
  /**
   * Called before that: ends the questions of the chat that are in progress or wait, and drops what is
   * remembered of it elsewhere. Resolves when nothing of them will be stored any more.
   */
  onForget: (chatId: number) => void | Promise<void>;
  logger: Logger;
}

/** /forget: deletes what is kept of a chat, once it is confirmed. In a group its admins decide. */
export function forgetFeature({ forget, onForget, logger }: ForgetOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.command('forget', async (ctx) => {
    const { t } = ctx.locale;
    if (!(await mayChangeChat(ctx))) {
      await ctx.reply(t('group-admins-only'));
      return;
    }
    const keyboard = new InlineKeyboard()
      .text(t('forget-yes'), 'forget:yes')
      .text(t('forget-no'), 'forget:no');
    const question = ctx.chat.type === 'private' ? 'forget-ask' : 'forget-ask-group';
    await ctx.reply(t(question), { reply_markup: keyboard });
  });

  feature.callbackQuery(/^forget:(yes|no)$/u, async (ctx) => {
    const { t } = ctx.locale;
    const chatId = ctx.chatId;
    if (chatId === undefined || !(await mayChangeChat(ctx))) {
      await acknowledge(ctx, t('group-admins-only'), { isAlert: true });
      return;
    }
    await acknowledge(ctx);
    if (ctx.match[1] === 'yes') {
      await onForget(chatId);
      const { turns, problems } = forget(chatId);
      logger.info({ turns }, 'a chat was forgotten on its wish');
      for (const problem of problems) {
        logger.error(`a copy of the database still holds a forgotten chat: ${problem}`);
      }
    }
    const said = t(ctx.match[1] === 'yes' ? 'forget-done' : 'forget-kept');
    await ctx.editMessageText(said).catch(async (error: unknown) => {
      if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
      // Too old to be edited, or gone: it is said all the same.
      if (!error.description.includes('message is not modified')) await ctx.reply(said);
    });
  });
  return feature;
}
