import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';

/** /start and /help: what the bot can do, with two questions to try. */
export function startFeature(): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command(['start', 'help'], async (ctx) => {
    const { t } = ctx.locale;
    if (ctx.chat.type !== 'private') {
      await ctx.reply(t('private-only'));
      return;
    }
    const isStart = /^\/start\b/u.test(ctx.msg.text);
    const text = isStart ? `${t('greeting')} ${t('help')}` : t('help');
    await ctx.reply(text, { link_preview_options: { is_disabled: true } });
  });
  return feature;
}
