import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { Channel } from '../digest/channel.ts';
import {
  describeDigest,
  describeHistory,
  describeOutcome,
  titleOf,
} from '../digest/describe-digest.ts';
import { cardButton } from '../digest/digest-card.ts';
import type { DigestDesk } from '../digest/digest-desk.ts';
import type { DraftCards } from '../digest/draft-cards.ts';
import type { QueuedPost } from '../digest/queued-post.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import { acknowledge } from './acknowledge.ts';

export interface DigestFeatureOptions {
  desk: DigestDesk;
  posts: DigestPosts;
  draftCards: Pick<DraftCards, 'show'>;
  channel: Channel;
  /** As the settings have it. */
  channelName: string;
  timeZone: string;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  now?: () => Date;
}

/** /digest: how the channel's rounds and queue stand, and what an admin may want of them. */
export function digestFeature({
  desk,
  posts,
  draftCards,
  channel,
  channelName,
  timeZone,
  logger,
  stopping,
  now = () => new Date(),
}: DigestFeatureOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.command('digest', async (ctx) => {
    const { t } = ctx.locale;
    if (!ctx.isAdmin || ctx.chat.type !== 'private') {
      await ctx.reply(t(ctx.isAdmin ? 'stats-not-here' : 'digest-admins-only'));
      return;
    }
    const wish = WISHES.find(({ words }) => words.test(ctx.match.trim()))?.name;
    if (wish !== undefined) await fulfil(ctx, wish);
    else if (ctx.match.trim() === '') await showDigest(ctx);
    else await ctx.reply(t('digest-usage'));
  });

  feature.callbackQuery(/^digest:([a-z-]{1,20})$/u, async (ctx, next) => {
    const wish = WISHES.find(({ name }) => name === ctx.match[1])?.name;
    if (wish === undefined) {
      await next();
      return;
    }
    if (!ctx.isAdmin) {
      await acknowledge(ctx, ctx.locale.t('digest-admins-only'), { isAlert: true });
      return;
    }
    await acknowledge(ctx);
    await fulfil(ctx, wish);
    if (wish === 'pause' || wish === 'resume') await editDigest(ctx);
  });
  return feature;

  async function fulfil(ctx: BotContext, wish: Wish): Promise<void> {
    const { t } = ctx.locale;
    if (wish === 'now') return gather(ctx);
    if (wish === 'queue') return showQueue(ctx);
    if (wish === 'history') return showHistory(ctx);
    if (wish === 'sources') return showDigest(ctx);
    if (wish === 'pause' || wish === 'resume') {
      desk[wish]();
      if (ctx.callbackQuery === undefined) await ctx.reply(t(`digest-${wish}d`));
      return;
    }
    const list = await desk.makeList(wish === 'list-day' ? 'day' : 'week');
    if (list === null) await ctx.reply(t('digest-list-empty'));
  }

  async function showDigest(ctx: BotContext): Promise<void> {
    const { text, entities, ...options } = current(ctx);
    await ctx.reply(text, { entities, ...options });
  }

  /** A button's message says how it stands now; one that is too old stays as it is. */
  async function editDigest(ctx: BotContext): Promise<void> {
    const { text, entities, ...options } = current(ctx);
    await ctx.editMessageText(text, { entities, ...options }).catch(() => {});
  }

  function current({ locale }: BotContext) {
    const queue = posts.list(['draft', 'approved', 'sending', 'unknown'], 200).toReversed();
    const described = describeDigest(
      { desk, channelName, queue },
      { locale, timeZone, now: now() },
    );
    const button = (name: Wish, key: string): InlineKeyboardButton => ({
      text: locale.t(key),
      callback_data: `digest:${name}`,
    });
    const pause = desk.isPaused()
      ? button('resume', 'button-digest-resume')
      : button('pause', 'button-digest-pause');
    return {
      ...described,
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          [button('now', 'button-digest-now'), pause],
          [button('queue', 'button-digest-queue'), button('history', 'button-digest-history')],
          [button('list-day', 'button-list-day'), button('list-week', 'button-list-week')],
        ],
      },
    };
  }

  async function gather(ctx: BotContext): Promise<void> {
    const { locale } = ctx;
    const notice = await ctx.reply(locale.t('digest-collecting'));
    let said: string;
    try {
      said = describeOutcome(await desk.runRound(), locale);
    } catch (error) {
      // It goes on after the start.
      if (stopping.aborted) return;
      logger.error({ err: error }, 'a round of the digest failed');
      said = locale.t('digest-failed');
    }
    await ctx.api.editMessageText(notice.chat.id, notice.message_id, said, {
      link_preview_options: { is_disabled: true },
    });
  }

  async function showQueue(ctx: BotContext): Promise<void> {
    const queue = posts.list(['draft', 'unknown', 'approved'], 200).toReversed();
    if (queue.length === 0) {
      await ctx.reply(ctx.locale.t('digest-queue-empty'));
      return;
    }
    const to = [ctx.chatId ?? 0];
    for (const { id } of queue.slice(0, SHOWN_AT_ONCE)) {
      await draftCards.show(id, { to, isSilent: true });
    }
    const rest = queue.length - SHOWN_AT_ONCE;
    if (rest > 0) await ctx.reply(ctx.locale.t('sources-more', { count: rest }));
  }

  async function showHistory(ctx: BotContext): Promise<void> {
    const { locale } = ctx;
    const ended = posts.list(['published', 'skipped'], SHOWN_HISTORY);
    const options = { locale, timeZone, now: now() };
    const { text, entities } = describeHistory(ended, channel.known(), options);
    await ctx.reply(text, {
      entities,
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: ended.flatMap((post) => restoreRow(post, ctx)) },
    });
  }
}

/** Where there is no channel: what there would have to be. */
export function noDigestFeature(): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command('digest', async (ctx) => {
    await ctx.reply(ctx.locale.t(ctx.isAdmin ? 'digest-off' : 'digest-admins-only'));
  });
  return feature;
}

function restoreRow(post: QueuedPost, { locale }: BotContext): InlineKeyboardButton[][] {
  if (post.state !== 'skipped') return [];
  const label = `${locale.t('button-restore')}: ${titleOf(post)}`;
  return [[cardButton(post, 'restore', label.slice(0, 60))]];
}

const WISHES = [
  { name: 'now', words: /^(?:now|сейчас|собрать|собери)$/iu },
  { name: 'pause', words: /^(?:pause|пауза|остановить)$/iu },
  { name: 'resume', words: /^(?:resume|продолжить|вернуть)$/iu },
  { name: 'queue', words: /^(?:queue|очередь|черновики)$/iu },
  { name: 'history', words: /^(?:history|история)$/iu },
  { name: 'sources', words: /^(?:sources|источники)$/iu },
  { name: 'list-day', words: /^(?:(?:list|список) (?:day|день|за день))$/iu },
  { name: 'list-week', words: /^(?:(?:list|список)(?: (?:week|неделя|неделю|за неделю))?)$/iu },
] as const;

type Wish = (typeof WISHES)[number]['name'];

const SHOWN_AT_ONCE = 8;
const SHOWN_HISTORY = 10;
