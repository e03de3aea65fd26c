import type { DatabaseSync } from 'node:sqlite';

import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Config } from '../config.ts';
import type { Locale } from '../locales/locale.ts';
import type { OperatorNotices } from '../operator/operator-notices.ts';
import { createDigestCards } from '../state/digest-cards.ts';
import type { DigestCards } from '../state/digest-cards.ts';
import { createDigestNotes } from '../state/digest-notes.ts';
import { createDigestPosts } from '../state/digest-posts.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import { createChannel } from './channel.ts';
import type { Channel } from './channel.ts';
import { createDecisions } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import { createDigestDesk } from './digest-desk.ts';
import type { DigestDesk } from './digest-desk.ts';
import { createDraftCards } from './draft-cards.ts';
import type { DraftCards } from './draft-cards.ts';
import type { OpenedDigest } from './open-digest.ts';
import { createPublisher } from './publisher.ts';
import type { PublisherOptions } from './publisher.ts';
import { NO_QUIET_HOURS, readQuietHours } from './quiet-hours.ts';
import { readSchedule } from './schedule.ts';

export interface OpenDeskOptions {
  digest: OpenedDigest;
  channel: NonNullable<Config['channel']>;
  releases: Pick<Config['releases'], 'maxPerDay' | 'language'>;
  /** Sends with care: see sending.ts. */
  api: Api;
  /** Of the bot, without @; known once it runs. */
  username: () => string;
  database: DatabaseSync;
  adminIds: () => readonly number[];
  localeOf: (adminId: number) => Locale;
  notices: Pick<OperatorNotices, 'began' | 'ended'>;
  logger: Logger;
  now?: () => Date;
  /** How posts are sent: for tests that cannot wait. */
  publishing?: Partial<Pick<PublisherOptions, 'minGapMs' | 'clock' | 'onStep'>>;
}

/** All that the channel's rounds, queue and posts are worked with. */
export interface OpenedDesk {
  desk: DigestDesk;
  posts: DigestPosts;
  cards: DigestCards;
  draftCards: DraftCards;
  decisions: Decisions;
  channel: Channel;
  /** As the settings have it. */
  channelName: string;
  timeZone: string;
  writer: OpenedDigest['writer'];
}

/** Puts the parts together. Nothing happens before the desk begins. */
export function openDesk({
  digest,
  channel: settings,
  releases: { maxPerDay, language },
  api,
  username,
  database,
  adminIds,
  localeOf,
  notices,
  logger,
  now = () => new Date(),
  publishing = {},
}: OpenDeskOptions): OpenedDesk {
  const { name, timeZone, mode } = settings;
  const posts = createDigestPosts(database, { now });
  const cards = createDigestCards(database);
  const notes = createDigestNotes(database);
  const channel = createChannel({ api, name, notes });
  const quietHours =
    settings.quietHours === null ? NO_QUIET_HOURS : readQuietHours(settings.quietHours, timeZone);
  const draftCards = createDraftCards({
    api,
    cards,
    posts,
    channel,
    username,
    adminIds,
    localeOf,
    timeZone,
    logger,
    now,
  });
  const publisher = createPublisher({
    api,
    channel,
    username,
    posts,
    quietHours,
    adminIds,
    onChanged: (postId) => draftCards.refresh(postId),
    notices,
    logger,
    now,
    ...publishing,
  });
  const desk = createDigestDesk({
    digest,
    posts,
    notes,
    cards: draftCards,
    publisher,
    channel,
    schedule: readSchedule(settings.cron, timeZone),
    mode,
    quietHours,
    timeZone,
    maxPerDay,
    language,
    logger,
    now,
  });
  const decisions = createDecisions({ posts, draftCards, publisher, quietHours, timeZone, now });
  return {
    desk,
    posts,
    cards,
    draftCards,
    decisions,
    channel,
    channelName: name,
    timeZone,
    writer: digest.writer,
  };
}
