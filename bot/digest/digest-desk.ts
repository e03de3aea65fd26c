import type { Logger } from 'pino';

import { writeListPost } from '../../generation/digest/list-post.ts';
import type { PostLanguage } from '../../generation/digest/digest-post.ts';
import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { SourceReport } from '../../retrieval/releases/collect.ts';
import type { ReleaseStore, SourceState } from '../../retrieval/releases/release-store.ts';
import type { DigestNotes } from '../state/digest-notes.ts';
import type { DigestPosts } from '../state/digest-posts.ts';
import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';

import type { Channel } from './channel.ts';
import { postAddress } from './channel.ts';
import type { DraftCards } from './draft-cards.ts';
import { mayPublishItself } from './may-publish-itself.ts';
import type { OpenedDigest } from './open-digest.ts';
import type { Publisher } from './publisher.ts';
import { queueRound } from './queue-round.ts';
import type { QueuedPost } from './queued-post.ts';
import type { QuietHours } from './quiet-hours.ts';
import { renewPosts } from './renew-posts.ts';
import type { Schedule } from './schedule.ts';
import { spreadPosts } from './spread-posts.ts';

/** What one round brought. */
export interface RoundOutcome {
  /** New in the queue, before the admins or approved by themselves. */
  posts: QueuedPost[];
  /** Posts that say something else by now. */
  renewed: number;
  /** Worth a post, and for which there is no room today. */
  waiting: number;
  /** Topics and words that no release matches. */
  unmatched: string[];
  /** Titles of releases of which no post could be written. */
  notWritten: string[];
  sources: SourceReport[];
}

/** Rounds by the clock and on request, and what is known of the channel's queue. */
export interface DigestDesk {
  /** Now; the one under way, where there is one. @throws when it fails as a whole or is cut off */
  runRound(): Promise<RoundOutcome>;
  isRunning(): boolean;
  isPaused(): boolean;
  /** No rounds by the clock from now on. What is approved is published. */
  pause(): void;
  resume(): void;
  nextRoundAt(): Date | null;
  lastRoundAt(): Date | null;
  /** The last one of this run of the program. */
  lastOutcome(): RoundOutcome | null;
  sources(): SourceState[];
  /**
   * A draft of a list of what was published, or the list that says so already. Null where nothing was.
   */
  makeList(period: 'day' | 'week'): Promise<QueuedPost | null>;
  /** Rounds and publishing begin; drafts that no admin has seen yet are shown. */
  begin(): void;
  close(): Promise<void>;
}

export interface DigestDeskOptions {
  digest: Pick<OpenedDigest, 'prepare'> & {
    writer: Pick<DigestWriter, 'write' | 'readFacts' | 'edit'>;
    releases: Pick<ReleaseStore, 'find' | 'sources'>;
  };
  posts: DigestPosts;
  notes: DigestNotes;
  cards: DraftCards;
  publisher: Pick<Publisher, 'begin' | 'poke' | 'renew' | 'close'>;
  channel: Channel;
  schedule: Schedule;
  mode: 'approve' | 'auto';
  quietHours: QuietHours;
  timeZone: string;
  /** Drafts that rounds may make in a day. */
  maxPerDay: number;
  language: PostLanguage;
  logger: Logger;
  clock?: Clock;
  now?: () => Date;
}

export function createDigestDesk({
  digest,
  posts,
  notes,
  cards,
  publisher,
  channel,
  schedule,
  mode,
  quietHours,
  timeZone,
  maxPerDay,
  language,
  logger,
  clock = SYSTEM_CLOCK,
  now = () => new Date(),
}: DigestDeskOptions): DigestDesk {
  const closing = new AbortController();
  let running: Promise<RoundOutcome> | null = null;
  let lastOutcome: RoundOutcome | null = null;
  let cancelTimer: (() => void) | null = null;
  let showing: Promise<void> = Promise.resolve();
  /** One after another; by the clock that only goes on, no round before. */
  let failures = 0;
  let notBefore = -Infinity;

  const isPaused = (): boolean => notes.read('paused-at') !== null;
  const lastRoundAt = (): Date | null => {
    const at = notes.read('round-at');
    return at === null ? null : new Date(at);
  };

  async function round(): Promise<RoundOutcome> {
    const { signal } = closing;
    notes.write('round-at', now().toISOString());
    notes.write('round-open', 'yes');
    const { prepared, added } = await queueRound({
      digest,
      posts,
      maxPerDay,
      timeZone,
      now,
      signal,
    });
    await decideOrShow(added);
    const renewed = await renewPosts({ digest, posts, logger, now, signal });
    for (const { id, state } of renewed) {
      if (state === 'published' && mode === 'auto') await publisher.renew(id);
      else if (state === 'published') await cards.show(id, { isSilent: true });
      else await cards.refresh(id);
    }
    notes.write('round-open', null);
    const { waiting, unmatched, notWritten, sources } = prepared;
    return { posts: added, renewed: renewed.length, waiting, unmatched, notWritten, sources };
  }

  async function decideOrShow(added: readonly QueuedPost[]): Promise<void> {
    const own =
      mode === 'auto'
        ? added.filter(
            ({ content }) => content.kind === 'release' && mayPublishItself(content.post),
          )
        : [];
    const until = schedule.next(now());
    const times = spreadPosts(own.length, { from: now(), until, quietHours });
    for (const [at, { id, revision }] of own.entries()) {
      posts.approve(id, { by: null, revision, dueAt: times[at] ?? until });
    }
    for (const { id } of added) await show(id);
    publisher.poke();
  }

  async function show(postId: number): Promise<void> {
    try {
      await cards.show(postId, { isSilent: quietHours.until(now()) !== null });
    } catch (error) {
      logger.warn({ err: error, post: postId }, 'a draft could not be put before the admins');
    }
  }

  function runRound(): Promise<RoundOutcome> {
    running ??= round()
      .then((outcome) => {
        lastOutcome = outcome;
        failures = 0;
        return outcome;
      })
      .catch((error: unknown) => {
        // What fails as a whole fails again, and each try asks every service.
        notBefore = clock.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** failures);
        failures += 1;
        throw error;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  /** Looks at the wall clock, which may be set at any time. */
  function tick(): void {
    if (closing.signal.aborted) return;
    try {
      const isFree = running === null && !isPaused() && clock.now() >= notBefore;
      if (isFree && isRoundDue()) runRound().catch(noteFailure);
    } catch (error) {
      logger.error({ err: error }, 'whether a round is due could not be found out');
    }
    cancelTimer = clock.after(TICK_MS, tick);
  }

  function isRoundDue(): boolean {
    // Killed in the middle: what it would have brought is not lost until the next time.
    if (notes.read('round-open') !== null) {
      notes.write('round-open', null);
      return true;
    }
    const due = schedule.last(now());
    const last = lastRoundAt();
    if (due === null || now().getTime() - due.getTime() > LATE_MS) return last === null;
    // A last round of the future was by a clock that was wrong.
    if (last !== null && last.getTime() > now().getTime() + TICK_MS) {
      notes.write('round-at', now().toISOString());
      return false;
    }
    return last === null || last < due;
  }

  function noteFailure(error: unknown): void {
    if (!closing.signal.aborted) logger.error({ err: error }, 'a round of the digest failed');
  }

  async function showNew(): Promise<void> {
    for (const { id } of posts.list(['draft', 'unknown'], 200).toReversed()) {
      if (closing.signal.aborted) return;
      if (!cards.isShown(id)) await show(id);
    }
  }

  return {
    runRound,
    isRunning: () => running !== null,
    isPaused,
    pause() {
      notes.write('paused-at', now().toISOString());
    },
    resume() {
      notes.write('paused-at', null);
    },
    nextRoundAt: () => (isPaused() ? null : schedule.next(now())),
    lastRoundAt,
    lastOutcome: () => lastOutcome,
    sources: () => digest.releases.sources(),
    async makeList(period) {
      const since = new Date(now().getTime() - (period === 'day' ? 1 : 7) * DAY_MS);
      const published = posts
        .publishedSince(since)
        .flatMap(({ id, content, sent }) =>
          content.kind === 'release' ? [{ id, post: content.post, sent }] : [],
        );
      const chat = channel.known();
      const post = writeListPost(
        published.map((one) => one.post),
        {
          period,
          language,
          postUrl(releaseId) {
            const sent = published.find((one) => one.post.releaseId === releaseId)?.sent;
            if (chat === null || sent?.channelId !== chat.id || sent.messageId === 0) return null;
            return postAddress(chat, sent.messageId);
          },
        },
      );
      if (post === null) return null;
      const releaseIds = published.map((one) => one.post.releaseId);
      const content = { kind: 'list', post, releaseIds } as const;
      const same = posts
        .list(['draft', 'approved', 'sending', 'unknown', 'published'], 50)
        .find((one) => one.content.kind === 'list' && one.content.post.text === post.text);
      if (same !== undefined) {
        await show(same.id);
        return same;
      }
      const list = posts.add({ origin: 'list', content, release: null, reasons: [] });
      if (list !== null) await show(list.id);
      return list;
    },
    begin() {
      publisher.begin();
      showing = showNew().catch((error: unknown) => {
        logger.warn({ err: error }, 'drafts could not be put before the admins');
      });
      tick();
    },
    async close() {
      closing.abort();
      cancelTimer?.();
      await showing;
      await running?.catch(() => {});
      await publisher.close();
    },
  };
}

/** How late a round may be that was due while the program did not run. */
const LATE_MS = 12 * 3_600_000;
const TICK_MS = 30_000;
/** After a round that failed as a whole; doubled with each one more. */
const FIRST_REST_MS = 10 * 60_000;
const LONGEST_REST_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
