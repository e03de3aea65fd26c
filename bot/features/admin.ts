import { Composer } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import { askerOf } from '../questions/question-of.ts';
import type { AdminCode } from '../state/admin-code.ts';

import { isForThisBot } from './side-replies.ts';
import type { SideReplies } from './side-replies.ts';

export interface AdminOptions {
  adminCode: AdminCode;
  /** Somebody has become an admin. */
  onClaimed: (userId: number) => void | Promise<void>;
  sideReplies: SideReplies;
  logger: Logger;
}

/** /admin CODE: the code of the log makes its sender the admin of a bot that has none. */
export function adminFeature({
  adminCode,
  onClaimed,
  sideReplies,
  logger,
}: AdminOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.command('admin', async (ctx) => {
    const { t } = ctx.locale;
    const code = ctx.match.trim();
    if (ctx.chat.type !== 'private') {
      // Other bots of a group have such a command, too.
      if (!adminCode.isOpen) return;
      const isCode = adminCode.exposed(code);
      const to = { chatId: ctx.chatId, askerId: askerOf(ctx) };
      if (!isCode && !isForThisBot(ctx)) return;
      if (sideReplies.allow('admin', to)) await ctx.reply(t('admin-not-here'));
      return;
    }
    if (ctx.isAdmin) {
      await ctx.reply(t('admin-already'));
      return;
    }
    if (code === '') {
      await ctx.reply(t('admin-usage'));
      return;
    }
    const userId = ctx.from?.id ?? ctx.chat.id;
    const result = adminCode.claim(userId, code);
    if (result === 'ignored') return;
    if (result === 'claimed') logger.info({ userId }, 'the code made somebody the admin');
    else logger.warn({ userId }, `a code to become the admin was not taken: ${result}`);
    await ctx.reply(t(`admin-${result}`));
    if (result === 'claimed') await onClaimed(userId);
  });
  return feature;
}
