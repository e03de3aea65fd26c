import type { DigestPosts } from '../state/digest-posts.ts';

import { UNDO_MS } from './digest-card.ts';
import type { DraftCards } from './draft-cards.ts';
import type { Publisher } from './publisher.ts';
import type { QueuedPost } from './queued-post.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What an admin decides with one tap. */
export const DECISIONS = [
  'publish',
  'tonight',
  'tomorrow',
  'skip',
  'now',
  'cancel',
  'undo',
  'restore',
  'arrived',
  'again',
  'drop',
  'renew',
  'keep',
  'no-opinion',
] as const;

export type Decision = (typeof DECISIONS)[number];

/**
 * `decided`: somebody was faster, or it stands otherwise by now. `undo-late`: longer ago than can be
 * undone. The others: Telegram did not do it.
 */
export type DecisionOutcome =
  | 'done'
  | 'decided'
  | 'undo-late'
  | 'undo-failed'
  | 'renew-failed'
  | 'renew-gone';

export interface DecisionsOptions {
  posts: DigestPosts;
  draftCards: Pick<DraftCards, 'refresh'>;
  publisher: Pick<Publisher, 'poke' | 'withdraw' | 'renew' | 'settle'>;
  quietHours: QuietHours;
  timeZone: string;
  now?: () => Date;
}

export interface Decisions {
  take(decision: Decision, post: QueuedPost, by: number): Promise<DecisionOutcome>;
  /** Goes out then. */
  schedule(post: QueuedPost, dueAt: Date, by: number): Promise<DecisionOutcome>;
}

/** Carries out what admins decide; of two who decide at once one is told that it was decided. */
export function createDecisions({
  posts,
  draftCards,
  publisher,
  quietHours,
  timeZone,
  now = () => new Date(),
}: DecisionsOptions): Decisions {
  const take: Record<Decision, (post: QueuedPost, by: number) => Promise<DecisionOutcome>> = {
    // In the quiet time it waits for its end; who wants it at once says so on the card.
    publish: (post, by) => schedule(post, quietHours.until(now()) ?? now(), by),
    tonight: (post, by) => schedule(post, next(20), by),
    tomorrow: (post, by) => schedule(post, tomorrow(10), by),
    skip: async ({ id, revision }, by) => settled(posts.skip(id, { by, revision })),
    now: async ({ id }) => settled(posts.postpone(id, now())),
    cancel: async ({ id, state }) => settled(state === 'approved' && posts.reopen(id)),
    restore: async ({ id, state }) => settled(state === 'skipped' && posts.reopen(id)),
    arrived: async ({ id }, by) => settled(publisher.settle(id, 'arrived', by)),
    again: async ({ id }, by) => settled(publisher.settle(id, 'send-again', by)),
    drop: async ({ id }, by) => settled(publisher.settle(id, 'drop', by)),
    keep: async ({ id }) => settled(posts.renew(id, null)),
    'no-opinion': async ({ id, revision }) =>
      settled(posts.revise(id, revision, { opinion: null }) !== null),
    async undo({ id, state, sent }) {
      if (state !== 'published' || sent === null) return 'decided';
      if (now().getTime() >= sent.at.getTime() + UNDO_MS) return 'undo-late';
      return (await publisher.withdraw(id)) === 'withdrawn' ? 'done' : 'undo-failed';
    },
    async renew({ id, state, renewed }) {
      if (state !== 'published' || renewed === null) return 'decided';
      const outcome = await publisher.renew(id);
      return outcome === 'renewed' ? 'done' : `renew-${outcome}`;
    },
  };

  return {
    async take(decision, post, by) {
      const outcome = await take[decision](post, by);
      publisher.poke();
      await draftCards.refresh(post.id);
      return outcome;
    },
    async schedule(post, dueAt, by) {
      const outcome = await schedule(post, dueAt, by);
      publisher.poke();
      await draftCards.refresh(post.id);
      return outcome;
    },
  };

  async function schedule(
    { id, revision }: QueuedPost,
    dueAt: Date,
    by: number,
  ): Promise<DecisionOutcome> {
    return settled(posts.approve(id, { by, revision, dueAt }));
  }

  function zoned(): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO(timeZone);
  }

  /** The next time that the clock shows that hour. */
  function next(hour: number): Date {
    const at = zoned();
    const today = at.withPlainTime({ hour });
    const found = Temporal.ZonedDateTime.compare(today, at) > 0 ? today : today.add({ days: 1 });
    return new Date(found.epochMilliseconds);
  }

  function tomorrow(hour: number): Date {
    return new Date(zoned().add({ days: 1 }).withPlainTime({ hour }).epochMilliseconds);
  }
}

function settled(isDone: boolean): DecisionOutcome {
  return isDone ? 'done' : 'decided';
}
