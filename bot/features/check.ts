import { Composer, InlineKeyboard } from 'grammy';
import type { Message } from 'grammy/types';

import { findClaims } from '../../generation/check/find-claims.ts';
import type { BotContext } from '../context.ts';
import type { Locales } from '../locales/locale.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { askerOf, questionOf, unseenIn } from '../questions/question-of.ts';
import { replyTo } from '../questions/reply-to.ts';
import type { Deliveries } from '../state/deliveries.ts';

import { acknowledge } from './acknowledge.ts';
import { addressedText } from './addressed.ts';
import type { RefuseQuestion } from './again.ts';
import { checkWish } from './check-wish.ts';
import { asksWhetherTrue, repliedSubject, subjectIn } from './checked-message.ts';
import type { CheckSubject } from './checked-message.ts';
import type { RecentAlbums } from './recent-albums.ts';
import type { RecentForwards } from './recent-forwards.ts';
import type { SideReplies } from './side-replies.ts';

export interface CheckFeatureOptions {
  /** Takes what may be a piece of a longer text, within the limits. */
  take: (question: ChatQuestion) => Promise<void>;
  /** Takes what is whole, within the limits. */
  takeWhole: (question: ChatQuestion) => Promise<void>;
  /** Takes it without asking whether it may be asked. */
  takeAdmitted: (question: ChatQuestion) => Promise<void>;
  takeEdited: (question: ChatQuestion) => Promise<void>;
  refuse: RefuseQuestion;
  forwards: RecentForwards;
  sideReplies: SideReplies;
  albums: RecentAlbums;
  deliveries: Deliveries;
  locales: Locales;
  /** Takes a forwarded message that nobody asks to be checked, where it is for something else. */
  takeOtherwise?: (ctx: BotContext, message: Message) => Promise<boolean>;
}

/**
 * «Правда?»: a message that somebody forwards or replies to with such words or /check is checked claim
 * by claim. A forwarded message that asks nothing gets an offer to.
 */
export function checkFeature({
  take,
  takeWhole,
  takeAdmitted,
  takeEdited,
  refuse,
  forwards,
  sideReplies,
  albums,
  deliveries,
  locales,
  takeOtherwise = () => Promise.resolve(false),
}: CheckFeatureOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.on('message', async (ctx, next) => {
    if (isForwarded(ctx.message)) {
      await takeForwarded(ctx, ctx.message, next);
      return;
    }
    const wish = checkWish(ctx, ctx.message);
    if (wish === null) {
      await next();
      return;
    }
    if (wish.text !== null) {
      const subject = { ...subjectIn(ctx.message, ctx.me.id), text: wish.text, ownPages: [] };
      await checkWith(take, ctx, subject);
      return;
    }
    const replied = repliedSubject(ctx.message, ctx.me.id);
    if (replied !== null) {
      await checkWith(takeWhole, ctx, replied);
      return;
    }
    const forwarded = ctx.chat.type === 'private' ? await forwards.asked(keyOf(ctx)) : null;
    if (forwarded === 'taken') return;
    if (forwarded === null) await say(ctx, 'check-how');
    else await checkWith(takeWhole, ctx, forwarded);
  });

  feature.on('edited_message', async (ctx, next) => {
    const wish = isForwarded(ctx.editedMessage) ? null : checkWish(ctx, ctx.editedMessage);
    if (wish === null || wish.text === null) {
      await next();
      return;
    }
    const subject = { ...subjectIn(ctx.editedMessage, ctx.me.id), text: wish.text, ownPages: [] };
    const question = checkOf(ctx, subject);
    if (question !== null) await takeEdited(question);
  });

  feature.callbackQuery('check:this', async (ctx) => {
    const offer = ctx.callbackQuery.message;
    const message =
      offer !== undefined && 'reply_to_message' in offer ? offer.reply_to_message : undefined;
    const question = message === undefined ? null : checkOf(ctx, subjectIn(message, ctx.me.id));
    if (message === undefined || question === null) {
      await acknowledge(ctx, ctx.locale.t('button-expired'));
      return;
    }
    const refusal = refuse(ctx, ctx.from.id);
    await acknowledge(ctx, refusal ?? undefined, { isAlert: refusal !== null });
    if (refusal !== null) return;
    // The check stands in its place. One that is gone already leaves nothing to be done.
    await ctx.deleteMessage().catch(() => {});
    const place = { ...question.place, messageId: message.message_id };
    await takeAdmitted({ ...question, place, askedAt: new Date() });
  });

  return feature;

  async function takeForwarded(
    ctx: BotContext,
    message: Message,
    next: () => Promise<void>,
  ): Promise<void> {
    const text = ctx.chat?.type === 'private' ? addressedText(ctx) : null;
    if (text === null || text === '') {
      await next();
      return;
    }
    // What is said of one picture is said of its album.
    albums.isNew(message.chat.id, message.media_group_id);
    const subject = subjectIn(message, ctx.me.id);
    if (forwards.came(keyOf(ctx), subject)) {
      await checkWith(takeWhole, ctx, subject);
      return;
    }
    if (await takeOtherwise(ctx, message)) return;
    // A forwarded question is asked for its answer; a post may ask its reader something on its way.
    if (/[?？][\s)»”"!]*$/u.test(text) || findClaims(text).claims.length === 0) {
      await next();
      return;
    }
    const keyboard = new InlineKeyboard().text(ctx.locale.t('button-check'), 'check:this');
    await ctx.reply(ctx.locale.t('check-offer'), { ...inReply(ctx), reply_markup: keyboard });
  }

  async function checkWith(
    taking: (question: ChatQuestion) => Promise<void>,
    ctx: BotContext,
    subject: CheckSubject,
  ): Promise<void> {
    const question = checkOf(ctx, subject);
    if (question === null) await say(ctx, 'check-no-text');
    else await taking(question);
  }

  function checkOf(ctx: BotContext, subject: CheckSubject): ChatQuestion | null {
    if (!/[\p{L}\p{N}]/u.test(subject.text)) return null;
    const question = questionOf(ctx, subject.text, { deliveries });
    if (question === null) return null;
    return {
      ...question,
      inReplyTo: null,
      unseen: unseenIn(subject.message),
      locale: localeFor(ctx),
      checked: { ownPages: subject.ownPages },
    };
  }

  /** "Is it true?" under a Russian post is answered in English, where nothing else is set. */
  function localeFor(ctx: BotContext): BotContext['locale'] {
    const words = ctx.message === undefined ? '' : (addressedText(ctx) ?? '');
    if (ctx.settings.language !== 'auto' || !asksWhetherTrue(words)) return ctx.locale;
    return /[а-яё]/iu.test(words) ? locales.ru : locales.en;
  }

  async function say(ctx: BotContext, key: 'check-how' | 'check-no-text'): Promise<void> {
    if (ctx.chatId === undefined) return;
    if (!sideReplies.allow(key, { chatId: ctx.chatId, askerId: askerOf(ctx) })) return;
    await ctx.reply(ctx.locale.t(key, { name: `@${ctx.me.username}` }), inReply(ctx));
  }
}

function isForwarded({
  forward_origin: origin,
  is_automatic_forward: isAutomatic,
}: Message): boolean {
  return origin !== undefined && isAutomatic !== true;
}

function keyOf(ctx: BotContext): string {
  return `${ctx.chatId}:${askerOf(ctx)}`;
}

function inReply(ctx: BotContext) {
  return ctx.msgId === undefined
    ? {}
    : replyTo({ chatId: 0, kind: 'private', threadId: null, messageId: ctx.msgId });
}
