import { Composer } from 'grammy';
import type { Message } from 'grammy/types';
import type { Logger } from 'pino';

import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { BotContext } from '../context.ts';
import { changeDraft } from '../digest/change-draft.ts';
import type { DraftChange } from '../digest/change-draft.ts';
import { DECISIONS } from '../digest/decisions.ts';
import type { DecisionOutcome, Decisions } from '../digest/decisions.ts';
import type { DraftCards } from '../digest/draft-cards.ts';
import type { QueuedPost } from '../digest/queued-post.ts';
import { readTime } from '../digest/read-time.ts';
import type { DigestCards, PromptWish } from '../state/digest-cards.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import { acknowledge } from './acknowledge.ts';

export interface DigestDraftsOptions {
  posts: DigestPosts;
  cards: DigestCards;
  draftCards: DraftCards;
  decisions: Decisions;
  writer: Pick<DigestWriter, 'readFacts' | 'edit' | 'instruct'>;
  timeZone: string;
  /** Whether a model is configured that can be told what to change. */
  hasModel: boolean;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  now?: () => Date;
}

/** What admins do with drafts and posts: by buttons below them, and by replies to them. */
export function digestDraftsFeature({
  posts,
  cards,
  draftCards,
  decisions,
  writer,
  timeZone,
  hasModel,
  logger,
  stopping,
  now = () => new Date(),
}: DigestDraftsOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.callbackQuery(/^dig:([a-z-]{1,20}):(\d{1,12}):(\d{1,9})$/u, async (ctx) => {
    const [, action = '', id = '', revision = ''] = ctx.match;
    const { t } = ctx.locale;
    const post = posts.find(Number(id));
    if (!ctx.isAdmin || post === null) {
      const why = ctx.isAdmin ? 'digest-post-gone' : 'digest-admins-only';
      await acknowledge(ctx, t(why), { isAlert: true });
      return;
    }
    if (post.state === 'draft' && post.revision !== Number(revision)) {
      await acknowledge(ctx, t('digest-draft-changed'), { isAlert: true });
      await draftCards.refresh(post.id);
      return;
    }
    const decision = DECISIONS.find((known) => known === action);
    if (decision === undefined) {
      await acknowledge(ctx);
      await offer(ctx, post, action);
      return;
    }
    const outcome = await decisions.take(decision, post, ctx.from.id);
    const said = await sayOutcome(ctx, outcome, post.id);
    await acknowledge(ctx, said ?? undefined, { isAlert: said !== null });
  });

  feature.chatType('private').on('message', async (ctx, next) => {
    const replied = ctx.message.reply_to_message?.message_id;
    if (!ctx.isAdmin || replied === undefined) {
      await next();
      return;
    }
    const prompt = cards.prompt(ctx.chatId, replied);
    const postId = prompt?.postId ?? cards.ofMessage(ctx.chatId, replied)?.postId;
    const post = postId === undefined ? null : posts.find(postId);
    if (post === null || (prompt === null && post.state !== 'draft')) {
      await next();
      return;
    }
    const isDone = await answer(ctx, post, prompt?.wish ?? wishOf(ctx.message), ctx.message);
    if (isDone && prompt !== null) cards.answered(prompt);
  });

  return feature;

  /** Buttons that decide nothing yet: they show others, or ask for words. */
  async function offer(ctx: BotContext, post: QueuedPost, action: string): Promise<void> {
    const chatId = ctx.chatId ?? 0;
    if (post.state !== 'draft') return draftCards.refresh(post.id);
    if (action === 'later') return draftCards.offer(post.id, chatId, 'when');
    if (action === 'back') return draftCards.offer(post.id, chatId, 'what');
    if (action === 'edit' && hasModel) return draftCards.offer(post.id, chatId, 'edit');
    const wish = PROMPTS.get(action);
    if (wish === undefined) return;
    const prompt = await ctx.reply(ctx.locale.t(`digest-ask-${wish}`), {
      reply_markup: { force_reply: true },
    });
    cards.ask({ chatId, messageId: prompt.message_id, postId: post.id, wish });
    if (wish !== 'opinion') await draftCards.offer(post.id, chatId, 'what');
  }

  /** A reply to a draft without a button: an order to the model is shorter than a post. */
  function wishOf({ text = '' }: Message): PromptWish {
    return hasModel && text.length < SHORTEST_POST ? 'instruction' : 'text';
  }

  /** Resolves to whether no other answer is waited for. */
  async function answer(
    ctx: BotContext,
    post: QueuedPost,
    wish: PromptWish,
    message: Message,
  ): Promise<boolean> {
    const { t } = ctx.locale;
    if (post.state !== 'draft') {
      await ctx.reply(await decidedSentence(ctx, post.id));
      return true;
    }
    const words = (message.text ?? message.caption)?.trim() ?? '';
    if (words.replaceAll(UNSEEN, '') === '') {
      await ctx.reply(t('digest-edit-empty'));
      return false;
    }
    if (wish === 'time') {
      const dueAt = readTime(words, { now: now(), timeZone });
      if (dueAt === null) {
        await ctx.reply(t('digest-time-unread'));
        return false;
      }
      const outcome = await decisions.schedule(post, dueAt, ctx.from?.id ?? 0);
      const said = await sayOutcome(ctx, outcome, post.id);
      if (said === null) await draftCards.show(post.id, { to: [message.chat.id], isSilent: true });
      else await ctx.reply(said);
      return true;
    }
    const isNone = wish === 'opinion' && /^[-–—]$/u.test(words);
    return change(
      ctx,
      post,
      wish === 'opinion' ? { kind: wish, words: isNone ? null : words } : { kind: wish, words },
    );
  }

  async function change(ctx: BotContext, post: QueuedPost, wanted: DraftChange): Promise<boolean> {
    const { t } = ctx.locale;
    const notice = wanted.kind === 'opinion' ? null : await ctx.reply(t('digest-edit-checking'));
    const outcome = await changeDraft(post, wanted, {
      posts,
      writer,
      username: ctx.me.username,
      logger,
      signal: stopping,
    });
    if (notice !== null) {
      await ctx.api.deleteMessage(notice.chat.id, notice.message_id).catch(() => {});
    }
    const { kind } = outcome;
    if (kind === 'too-long') {
      await ctx.reply(t('digest-edit-long', { count: outcome.count, most: outcome.most }));
      return false;
    }
    if (kind === 'done' || kind === 'changed') {
      if (kind === 'changed') await ctx.reply(t('digest-draft-changed'));
      // Below the words that changed it; the others' copies change where they are.
      await draftCards.show(post.id, { to: [ctx.chatId ?? 0], isSilent: true });
      await draftCards.refresh(post.id);
      return true;
    }
    await ctx.reply(t(FAILED[kind]));
    return false;
  }

  /** Null where the card says it all. */
  async function sayOutcome(
    ctx: BotContext,
    outcome: DecisionOutcome,
    postId: number,
  ): Promise<string | null> {
    if (outcome === 'done') return null;
    return outcome === 'decided' ? decidedSentence(ctx, postId) : ctx.locale.t(`digest-${outcome}`);
  }

  async function decidedSentence(ctx: BotContext, postId: number): Promise<string> {
    const by = posts.find(postId)?.decidedBy ?? null;
    const name = by === null || by === ctx.from?.id ? null : await draftCards.nameOf(by);
    return name === null
      ? ctx.locale.t('digest-decided')
      : ctx.locale.t('digest-decided-by', { name });
  }
}

const PROMPTS = new Map<string, PromptWish>([
  ['edit', 'text'],
  ['text', 'text'],
  ['instruct', 'instruction'],
  ['opinion', 'opinion'],
  ['pick', 'time'],
]);

const FAILED = {
  'no-list': 'digest-edit-no-list',
  'not-checked': 'digest-edit-failed',
  'no-model': 'digest-model-failed',
} as const;

/** White space, and characters that Telegram takes for text and nobody sees. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/gu;

/** Less is no post. */
const SHORTEST_POST = 200;
