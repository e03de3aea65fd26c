import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';
import { askerOf } from '../questions/question-of.ts';
import type { QuestionDesk } from '../questions/question-desk.ts';

import { acknowledge } from './acknowledge.ts';
import { isForThisBot } from './side-replies.ts';
import type { SideReplies } from './side-replies.ts';

export interface StopOptions {
  desk: QuestionDesk;
  sideReplies: SideReplies;
}

/**
 * What ends an answer that is being written or waits: the draft's own stop, the buttons, /stop. They
 * never wait behind what they end.
 */
export function stopFeature({ desk, sideReplies }: StopOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.on('stopped_message_generation', (ctx) => {
    const { chat, draft_id: draftId } = ctx.update.stopped_message_generation;
    desk.stop(chat.id, draftId, chat.id);
  });

  feature.callbackQuery(/^(?:stop|cancel):(\d{1,15})$/u, async (ctx) => {
    const chatId = ctx.chatId;
    const stopped =
      chatId === undefined ? 'unknown' : desk.stop(chatId, Number(ctx.match[1]), ctx.from.id);
    await acknowledge(ctx, ctx.locale.t(`stop-${stopped}`));
  });

  feature.command(['stop', 'cancel'], async (ctx) => {
    const askerId = askerOf(ctx);
    const isPrivate = ctx.chat.type === 'private';
    if (desk.stopAll(ctx.chatId, isPrivate ? undefined : (askerId ?? undefined)) > 0) return;
    // In a group it may have been another bot that was to stop.
    if (!isForThisBot(ctx) || !sideReplies.allow('stop', { chatId: ctx.chatId, askerId })) return;
    await ctx.reply(ctx.locale.t('stop-nothing'));
  });
  return feature;
}
