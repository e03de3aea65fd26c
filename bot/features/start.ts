import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';

import { ADMIN_COMMANDS, listCommands, PRIVATE_COMMANDS } from './commands.ts';

/** /start and /help: who the bot is, two questions to try, and what else it can do for whom. */
export function startFeature(): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command(['start', 'help'], async (ctx) => {
    const { t } = ctx.locale;
    if (ctx.chat.type !== 'private') {
      await ctx.reply(t('help-group', { name: `@${ctx.me.username}` }));
      return;
    }
    const commands = ctx.isAdmin ? ADMIN_COMMANDS : PRIVATE_COMMANDS;
    const help = `${t('help')}\n\n${listCommands(
      commands.filter((name) => name !== 'help'),
      ctx.locale,
    )}`;
    const text = ctx.hasCommand('start') ? `${t('greeting')} ${help}` : help;
    await ctx.reply(text, { link_preview_options: { is_disabled: true } });
  });
  return feature;
}
