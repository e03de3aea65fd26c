import { Composer } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import type { Conversations, Rating, Turn } from '../state/conversations.ts';
import type { Feedback } from '../state/feedback.ts';

import { acknowledge } from './acknowledge.ts';

export interface FeedbackOptions {
  feedback: Feedback;
  conversations: Conversations;
  /** The buttons under an answer, the chosen one marked. */
  keyboard: (turn: Turn, locale: Locale) => InlineKeyboardMarkup;
  logger: Logger;
}

/** 👍 and 👎 under an answer: kept with the question, changed or taken back by another press. */
export function feedbackFeature({
  feedback,
  conversations,
  keyboard,
  logger,
}: FeedbackOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.callbackQuery(/^rate:(up|down):(\d{1,15})$/u, async (ctx, next) => {
    const turn = conversations.find(Number(ctx.match[2]));
    // Callback data can be forged, and turns are forgotten.
    if (turn === null || turn.chatId !== ctx.chatId) {
      await next();
      return;
    }
    const { t } = ctx.locale;
    if (!isAsker(turn, ctx.from.id)) {
      await acknowledge(ctx, t('feedback-not-yours'));
      return;
    }
    const rating = feedback.rate(turn.id, ctx.match[1] as Rating);
    await acknowledge(ctx, t(rating === null ? 'feedback-taken-back' : `feedback-${rating}`));
    await ctx
      .editMessageReplyMarkup({ reply_markup: keyboard({ ...turn, rating }, ctx.locale) })
      .catch((error: unknown) => {
        logger.info({ err: error }, 'a rating could not be shown');
      });
  });
  return feature;
}

/** One question has one rating: others of a group would take the asker's back without knowing it. */
function isAsker({ askerId }: Turn, userId: number): boolean {
  // Who writes in the name of a chat presses buttons in their own.
  return askerId === null || askerId < 0 || askerId === userId;
}
