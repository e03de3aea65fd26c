import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';
import type { InlineQuestions } from '../inline/inline-questions.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { questionOf } from '../questions/question-of.ts';
import type { Deliveries } from '../state/deliveries.ts';

import { ADMIN_COMMANDS, listCommands, PRIVATE_COMMANDS } from './commands.ts';

export interface StartOptions {
  take: (question: ChatQuestion) => Promise<void>;
  deliveries: Deliveries;
  /** The question that somebody typed elsewhere and brings along in the parameter of /start. */
  recall: InlineQuestions['recall'];
  /** An admin has opened the chat: before that Telegram could not be told what to offer there. */
  onAdmin: (userId: number) => void;
}

/** /start and /help: what the bot can do, with two questions to try. */
export function startFeature({
  take,
  deliveries,
  recall,
  onAdmin,
}: StartOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.chatType('private').command('start', async (ctx, next) => {
    const text = recall(ctx.from.id, ctx.match);
    const question = text === null ? null : questionOf(ctx, text, { deliveries });
    if (question === null) {
      await next();
      return;
    }
    await take(question);
  });

  feature.command(['start', 'help'], async (ctx) => {
    const { t } = ctx.locale;
    if (ctx.chat.type !== 'private') {
      await ctx.reply(t('help-group', { name: `@${ctx.me.username}` }));
      return;
    }
    if (ctx.isAdmin && ctx.from !== undefined) onAdmin(ctx.from.id);
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
