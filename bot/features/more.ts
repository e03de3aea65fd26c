import { Composer, InlineKeyboard } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import type { Conversations } from '../state/conversations.ts';

import type { AnswerInChat } from './answer-in-chat.ts';

export interface MoreOptions {
  answer: AnswerInChat;
  conversations: Conversations;
  logger: Logger;
}

/** The button under a short answer: the same question again, answered at length. */
export function moreFeature({ answer, conversations, logger }: MoreOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.callbackQuery(/^more:(\d{1,15})$/u, async (ctx) => {
    const id = Number(ctx.match[1]);
    const turn = conversations.find(id);
    const isOurs = turn !== null && turn.chatId === ctx.chatId;
    const isFirst = isOurs && conversations.claimExpansion(id);
    const refusal = isOurs ? 'more-given' : 'more-expired';
    // Telegram forgets a press after a while; the answer itself does not depend on it.
    await ctx
      .answerCallbackQuery(isFirst ? {} : { text: ctx.locale.t(refusal) })
      .catch((error: unknown) => {
        logger.info({ err: error }, 'a button press could not be acknowledged');
      });
    if (!isFirst) return;

    const isAnswered = await answer(ctx, { question: turn.question, length: 'long' });
    if (!isAnswered) {
      conversations.releaseExpansion(id);
      return;
    }
    await ctx.editMessageReplyMarkup().catch((error: unknown) => {
      logger.info({ err: error }, 'a used button could not be removed');
    });
  });
  return feature;
}

/** The button for an answered turn. */
export function moreKeyboard(turnId: number, { t }: Locale): InlineKeyboard {
  return new InlineKeyboard().text(t('button-more'), `more:${turnId}`);
}
