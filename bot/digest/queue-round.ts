import type { DigestPosts } from '../state/digest-posts.ts';

import type { OpenedDigest } from './open-digest.ts';
import type { PreparedDigest } from './prepare-digest.ts';
import type { QueuedPost } from './queued-post.ts';

export interface QueueRoundOptions {
  digest: Pick<OpenedDigest, 'prepare'>;
  posts: DigestPosts;
  /** Drafts that rounds may make in a day, by the clocks of the time zone. */
  maxPerDay: number;
  timeZone: string;
  now: () => Date;
  signal: AbortSignal;
}

/**
 * One round, whose posts become drafts of the queue: none of what has a post already, and no more than
 * there is room for today. @throws the signal's reason when it is aborted; nothing is queued then
 */
export async function queueRound({
  digest,
  posts,
  maxPerDay,
  timeZone,
  now,
  signal,
}: QueueRoundOptions): Promise<{ prepared: PreparedDigest; added: QueuedPost[] }> {
  const made = posts.madeSince(beginningOfDay(now(), timeZone));
  const prepared = await digest.prepare({
    signal,
    isTaken: (release) => posts.about(release) !== null,
    atMost: Math.max(0, maxPerDay - made),
  });
  const added = prepared.drafts.flatMap(
    ({ release, post, notRead, reasons }) =>
      posts.add({
        origin: 'round',
        content: { kind: 'release', post, notRead },
        release,
        reasons,
      }) ?? [],
  );
  return { prepared, added };
}

function beginningOfDay(at: Date, timeZone: string): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  return new Date(day.epochMilliseconds);
}
