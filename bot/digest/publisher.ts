import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { OperatorNotices } from '../operator/operator-notices.ts';
import type { DigestPosts } from '../state/digest-posts.ts';
import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';
import { ONCE } from '../telegram/sending-rules.ts';

import type { Channel, ChannelChat } from './channel.ts';
import { channelMessage } from './channel-message.ts';
import type { ChannelMessage } from './channel-message.ts';
import { findPost, isPassing } from './find-post.ts';
import type { QueuedPost } from './queued-post.ts';
import type { QuietHours } from './quiet-hours.ts';

/**
 * The points between an approval and a post that stands: what a program that is killed at one of them
 * does after its restart is proven for each.
 */
export const PUBLISHING_STEPS = [
  'claimed',
  'sending',
  'sent',
  'published',
  'unknown',
  'looked',
  'told',
  'withdrawing',
  'withdrawn',
  'renewing',
  'renewed',
] as const;

export type PublishingStep = (typeof PUBLISHING_STEPS)[number];

/** Brings approved posts to the channel, each once or, where that cannot be known, before the admins. */
export interface Publisher {
  /** Sees to what an earlier run left on its way, then sends what is due, and goes on when more is. */
  begin(): void;
  /** Something may be due. Never throws. */
  poke(): void;
  /** Takes a published post out of the channel: it is a draft again. */
  withdraw(postId: number): Promise<'withdrawn' | 'too-late' | 'failed'>;
  /** Puts what a published post would say by now in the place of what it says. */
  renew(postId: number): Promise<'renewed' | 'gone' | 'failed'>;
  /**
   * An admin says what became of one of which nobody knows: it stands in the channel, is to be sent
   * again, or dropped. False where it is not unknown any more.
   */
  settle(postId: number, outcome: 'arrived' | 'send-again' | 'drop', by: number): boolean;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
  /** Sends nothing more. What is on its way comes to its end. */
  close(): Promise<void>;
}

export interface PublisherOptions {
  /** Sends with care: see sending.ts. */
  api: Api;
  channel: Channel;
  /** Of the bot, without @. */
  username: () => string;
  posts: DigestPosts;
  quietHours: QuietHours;
  adminIds: () => readonly number[];
  /** A post's state changed: cards are to say so. */
  onChanged: (postId: number) => Promise<void>;
  notices: Pick<OperatorNotices, 'began' | 'ended'>;
  logger: Logger;
  /** Between two posts. */
  minGapMs?: number;
  /** After a fault of the channel; doubled with each one, up to the longest. */
  firstPauseMs?: number;
  longestPauseMs?: number;
  clock?: Clock;
  now?: () => Date;
  onStep?: (step: PublishingStep, postId: number) => void;
}

export function createPublisher({
  api,
  channel,
  username,
  posts,
  quietHours,
  adminIds,
  onChanged,
  notices,
  logger,
  minGapMs = 20_000,
  firstPauseMs = 60_000,
  longestPauseMs = 3_600_000,
  clock = SYSTEM_CLOCK,
  now = () => new Date(),
  onStep = () => {},
}: PublisherOptions): Publisher {
  const closing = new AbortController();
  let working: Promise<void> | null = null;
  let isPoked = false;
  let hasBegun = false;
  let cancelTimer: (() => void) | null = null;
  let pauseMs = 0;
  let pausedUntil: number | null = null;
  let lastSentAt: number | null = null;

  function poke(): void {
    isPoked = true;
    if (working !== null || !hasBegun || closing.signal.aborted) return;
    working = work().finally(() => {
      working = null;
      if (isPoked) poke();
    });
  }

  async function settled(): Promise<void> {
    if (working === null) return;
    await working;
    await settled();
  }

  async function work(): Promise<void> {
    isPoked = false;
    cancelTimer?.();
    try {
      await seeToLeftOvers();
      for (;;) {
        if (closing.signal.aborted || mustWait()) break;
        keepQuiet();
        if (!isAnyDue()) break;
        const chat = await enterChannel();
        if (chat === null) break;
        const post = posts.claimDue(now(), channel.lastMessageId());
        if (post === null) break;
        onStep('claimed', post.id);
        await send(post, chat);
      }
    } catch (error) {
      // The disk: what is in the queue stays there.
      logger.error({ err: error }, 'the queue of posts could not be worked on');
    }
    // Never longer: what is due is told by the wall clock, which may be set meanwhile.
    if (!closing.signal.aborted) cancelTimer = clock.after(nextLookMs(), poke);
  }

  function mustWait(): boolean {
    const at = clock.now();
    return (
      (pausedUntil !== null && at < pausedUntil) ||
      (lastSentAt !== null && at < lastSentAt + minGapMs)
    );
  }

  function nextLookMs(): number {
    const at = clock.now();
    const waits = [MINUTE_MS];
    if (pausedUntil !== null && pausedUntil > at) waits.push(pausedUntil - at);
    else if (lastSentAt !== null && lastSentAt + minGapMs > at) {
      waits.push(lastSentAt + minGapMs - at);
    }
    for (const { dueAt } of posts.list(['approved'])) {
      const ms = (dueAt?.getTime() ?? 0) - now().getTime();
      if (ms > 0) waits.push(ms);
    }
    return Math.min(...waits);
  }

  /** What was to go out before the quiet time waits for its end; what was put into it goes out in it. */
  function keepQuiet(): void {
    const at = now();
    const end = quietHours.until(at);
    if (end === null) return;
    for (const { id, dueAt } of posts.list(['approved'], EVERY)) {
      if (dueAt === null || dueAt > at || quietHours.until(dueAt) !== null) continue;
      posts.postpone(id, end);
      void tell(id);
    }
  }

  function isAnyDue(): boolean {
    const at = now();
    return posts.list(['approved'], EVERY).some(({ dueAt }) => dueAt !== null && dueAt <= at);
  }

  async function enterChannel(): Promise<ChannelChat | null> {
    try {
      return await channel.chat(closing.signal);
    } catch (error) {
      logger.warn({ err: error }, 'the channel cannot be reached');
      pause(error);
      return null;
    }
  }

  /** The whole queue waits, the longer the more often it had to. */
  function pause(error: unknown): void {
    if (closing.signal.aborted) return;
    pauseMs = Math.min(longestPauseMs, pauseMs === 0 ? firstPauseMs : pauseMs * 2);
    pausedUntil = clock.now() + pauseMs;
    // That Telegram as a whole is out of reach is seen elsewhere, and nobody could be told.
    if (sendingFailureOf(error) === 'unreachable' || !(error instanceof GrammyError)) return;
    notices.began('channel', wordsOf(error));
  }

  async function send(post: QueuedPost, chat: ChannelChat): Promise<void> {
    const message = channelMessage(post, { username: username() });
    try {
      onStep('sending', post.id);
      const parts = { ...partsOf(message), [ONCE]: true };
      const { message_id: messageId } = await api.sendMessage(chat.id, message.text, parts);
      onStep('sent', post.id);
      arrived(post.id, chat.id, messageId);
      onStep('published', post.id);
      lastSentAt = clock.now();
      [pauseMs, pausedUntil] = [0, null];
      notices.ended('channel');
    } catch (error) {
      await setBack(post, error);
      return;
    }
    await tell(post.id);
  }

  function arrived(postId: number, channelId: number, messageId: number): void {
    posts.published(postId, { channelId, messageId });
    channel.saw(messageId);
  }

  async function setBack(post: QueuedPost, error: unknown): Promise<void> {
    const failure = sendingFailureOf(error);
    logger.warn({ err: error, post: post.id }, `a post was not published: ${failure}`);
    if (failure === 'unknown-outcome') {
      posts.outcomeUnknown(post.id);
      onStep('unknown', post.id);
      await lookFor(post.id);
      return;
    }
    posts.notSent(post.id, post.dueAt ?? now());
    if (closing.signal.aborted) return;
    if (failure === 'refused' && error instanceof GrammyError) {
      posts.reopen(post.id);
      posts.troubled(post.id, { kind: 'refused', words: error.description });
    } else {
      pause(error);
    }
    await tell(post.id);
  }

  /** What an earlier run had on its way, or could not look for to the end. */
  async function seeToLeftOvers(): Promise<void> {
    for (const { id } of posts.list(['sending'])) {
      posts.outcomeUnknown(id);
      onStep('unknown', id);
    }
    for (const { id, trouble } of posts.list(['unknown'], EVERY)) {
      if (trouble === null && !closing.signal.aborted) await lookFor(id);
    }
  }

  async function lookFor(postId: number): Promise<void> {
    const post = posts.find(postId);
    if (post?.state !== 'unknown') return;
    const found = await look(post).catch((error: unknown) => {
      logger.warn({ err: error, post: postId }, 'a post could not be looked for in the channel');
      return { kind: isPassing(error) ? 'out-of-reach' : 'not-looked' } as const;
    });
    // Looked for at the next start, then.
    if (closing.signal.aborted && found.kind !== 'found') return;
    if (found.kind === 'out-of-reach') {
      // Without a finding it is looked for again, and told of again: nobody may have heard of it.
      await tell(postId);
      return;
    }
    onStep('looked', postId);
    if (found.kind === 'found') {
      arrived(postId, channel.known()?.id ?? 0, found.messageId);
      lastSentAt = clock.now();
    } else {
      posts.troubled(postId, { kind: found.kind });
    }
    await tell(postId);
  }

  async function look(post: QueuedPost): ReturnType<typeof findPost> {
    const chat = await channel.chat(closing.signal);
    const after = post.sentAfter ?? 0;
    const found = await findPost({
      api,
      channel: chat,
      text: channelMessage(post, { username: username() }).text,
      after,
      last: channel.lastMessageId() ?? after,
      adminIds: adminIds(),
      signal: closing.signal,
    });
    // In a channel of which nothing was known it may stand further on than was looked.
    const isSure = found.kind !== 'not-found' || post.sentAfter !== null;
    return isSure ? found : { kind: 'not-looked' };
  }

  async function tell(postId: number): Promise<void> {
    try {
      await onChanged(postId);
      onStep('told', postId);
    } catch (error) {
      logger.warn({ err: error, post: postId }, 'the admins could not be told of a post');
    }
  }

  return {
    begin() {
      hasBegun = true;
      poke();
    },
    poke,
    async withdraw(postId) {
      const post = posts.find(postId);
      if (post?.state !== 'published' || post.sent === null) return 'failed';
      if (post.sent.messageId === NOT_KNOWN) return 'failed';
      onStep('withdrawing', postId);
      try {
        await api.deleteMessage(post.sent.channelId, post.sent.messageId);
      } catch (error) {
        const words = error instanceof GrammyError ? error.description : '';
        if (!/message to delete not found/iu.test(words)) {
          logger.warn({ err: error, post: postId }, 'a post could not be taken out of the channel');
          return /can't be deleted/iu.test(words) ? 'too-late' : 'failed';
        }
      }
      onStep('withdrawn', postId);
      posts.withdrawn(postId);
      await tell(postId);
      return 'withdrawn';
    },
    async renew(postId) {
      const post = posts.find(postId);
      const content = post?.renewed ?? null;
      if (post?.state !== 'published' || post.sent === null || content === null) return 'failed';
      if (post.sent.messageId === NOT_KNOWN) return 'failed';
      const message = channelMessage({ ...post, content }, { username: username() });
      onStep('renewing', postId);
      try {
        const { channelId, messageId } = post.sent;
        await api.editMessageText(channelId, messageId, message.text, partsOf(message));
      } catch (error) {
        logger.warn({ err: error, post: postId }, 'a post could not be brought up to date');
        const isGone = /message to edit not found|can't be edited/iu.test(wordsOf(error));
        if (isGone) posts.renew(postId, null);
        await tell(postId);
        return isGone ? 'gone' : 'failed';
      }
      onStep('renewed', postId);
      posts.renewed(postId, content);
      await tell(postId);
      return 'renewed';
    },
    settle(postId, outcome, by) {
      const post = posts.find(postId);
      if (post?.state !== 'unknown') return false;
      if (outcome === 'arrived') {
        // Which message it is nobody knows: it can be neither edited nor taken back.
        const channelId = channel.known()?.id ?? 0;
        return posts.published(postId, { channelId, messageId: NOT_KNOWN });
      }
      if (!posts.reopen(postId)) return false;
      const decision = { by, revision: post.revision };
      if (outcome === 'drop') return posts.skip(postId, decision);
      const isApproved = posts.approve(postId, { ...decision, dueAt: now() });
      poke();
      return isApproved;
    },
    settled,
    async close() {
      closing.abort();
      cancelTimer?.();
      await settled();
    },
  };
}

/** The id of a message that an admin saw in the channel. */
const NOT_KNOWN = 0;
const MINUTE_MS = 60_000;
/** As many posts as anybody could have waiting. */
const EVERY = 10_000;

function partsOf({ entities, preview, keyboard }: ChannelMessage) {
  return {
    entities,
    link_preview_options: preview,
    ...(keyboard === null ? {} : { reply_markup: keyboard }),
  };
}

function wordsOf(error: unknown): string {
  if (error instanceof GrammyError) return error.description;
  return error instanceof Error ? error.message : String(error);
}
