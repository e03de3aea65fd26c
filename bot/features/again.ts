import { Composer } from 'grammy';
import type { Filter } from 'grammy';

import type { BotContext } from '../context.ts';
import { answerKeyboard } from '../questions/answer-keyboard.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { HandedBackError } from '../questions/handed-back.ts';
import { questionOf } from '../questions/question-of.ts';
import type { QuestionDesk } from '../questions/question-desk.ts';
import type { Conversations, Turn } from '../state/conversations.ts';
import type { Deliveries } from '../state/deliveries.ts';

import { acknowledge } from './acknowledge.ts';

/** Counts a question of someone; a sentence when they have asked enough, else null. */
export type RefuseQuestion = (ctx: BotContext, askerId: number) => string | null;

export interface AgainOptions {
  desk: QuestionDesk;
  refuse: RefuseQuestion;
  conversations: Conversations;
  deliveries: Deliveries;
}

/**
 * The buttons under an answer that ask: its question again, at more length or once more, and what may
 * be asked next.
 */
export function againFeature({
  desk,
  refuse,
  conversations,
  deliveries,
}: AgainOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  const inProgress = new Set<number>();
  const nextInProgress = new Set<string>();

  feature.callbackQuery(/^more:(\d{1,15})$/u, async (ctx) => {
    const turn = await turnOf(ctx);
    if (turn === null || (await isRefused(ctx))) return;
    if (!conversations.claimExpansion(turn.id, ctx.update.update_id)) {
      await acknowledge(ctx, ctx.locale.t('more-given'));
      return;
    }
    await acknowledge(ctx);
    try {
      await askAgain(ctx, turn, { length: 'long' });
    } catch (error) {
      // What the program's stop has cut off is taken up again under the same claim.
      if (!(error instanceof HandedBackError)) conversations.releaseExpansion(turn.id);
      throw error;
    }
    const longer = deliveries.find(ctx.update.update_id)?.turnId ?? null;
    const isAnswered = longer !== null && conversations.find(longer)?.status === 'answered';
    if (isAnswered) await showKeyboard(ctx, turn.id);
    else conversations.releaseExpansion(turn.id);
  });

  feature.callbackQuery(/^again:(\d{1,15})$/u, async (ctx) => {
    const turn = await turnOf(ctx);
    if (turn === null) return;
    if (inProgress.has(turn.id)) {
      await acknowledge(ctx, ctx.locale.t('again-in-progress'));
      return;
    }
    if (await isRefused(ctx)) return;
    inProgress.add(turn.id);
    try {
      await acknowledge(ctx);
      await askAgain(ctx, turn, {});
    } finally {
      inProgress.delete(turn.id);
    }
  });

  feature.callbackQuery(/^next:(\d{1,15}):(\d)$/u, async (ctx) => {
    const turn = await turnOf(ctx);
    const text = turn?.nextQuestions[Number(ctx.match[2])];
    if (turn === null) return;
    const question = text === undefined ? null : questionOf(ctx, text, { deliveries });
    if (text === undefined || question === null) {
      await acknowledge(ctx, ctx.locale.t('button-expired'));
      return;
    }
    const key = `${turn.id}:${ctx.match[2]}`;
    if (nextInProgress.has(key)) {
      await acknowledge(ctx, ctx.locale.t('again-in-progress'));
      return;
    }
    if (await isRefused(ctx)) return;
    nextInProgress.add(key);
    try {
      // Nothing in the chat says what was asked but this.
      await acknowledge(ctx, text);
      await desk.take({
        ...question,
        askedAt: new Date(),
        inReplyTo: null,
        about: turn.about && { ...turn.about, task: null },
      });
    } finally {
      nextInProgress.delete(key);
    }
  });

  return feature;

  async function askAgain(ctx: Pressed, turn: Turn, change: Partial<ChatQuestion>): Promise<void> {
    const question = questionOf(ctx, turn.standaloneQuestion, { deliveries });
    if (question === null) return;
    const messageId = turn.questionMessageId ?? question.place.messageId;
    await desk.take({
      ...question,
      place: { ...question.place, messageId },
      askedAt: new Date(),
      length: turn.length,
      askedAs: turn.question,
      again: turn.id,
      inReplyTo: null,
      checked: turn.checked,
      about: turn.about,
      ...change,
    });
  }

  /** The turn of a button, when it belongs to this chat: callback data can be forged. */
  async function turnOf(ctx: Pressed): Promise<Turn | null> {
    const turn = conversations.find(Number(ctx.match[1]));
    if (turn !== null && turn.chatId === ctx.chatId) return turn;
    await acknowledge(ctx, ctx.locale.t('button-expired'));
    return null;
  }

  async function isRefused(ctx: Pressed): Promise<boolean> {
    const sentence = refuse(ctx, ctx.from.id);
    if (sentence !== null) await acknowledge(ctx, sentence, { isAlert: true });
    return sentence !== null;
  }

  async function showKeyboard(ctx: Pressed, turnId: number): Promise<void> {
    const turn = conversations.find(turnId);
    if (turn === null) return;
    await ctx.editMessageReplyMarkup({ reply_markup: answerKeyboard(turn, ctx.locale) }).catch(
      // The message may be gone: what its buttons show does not matter then.
      () => {},
    );
  }
}

type Pressed = Filter<BotContext, 'callback_query:data'> & { match: string | RegExpMatchArray };
