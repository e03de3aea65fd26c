import type { DatabaseSync } from 'node:sqlite';

import { createLogger } from '../../bot/logger.ts';
import { createChannel } from '../../bot/digest/channel.ts';
import type { Channel } from '../../bot/digest/channel.ts';
import { createPublisher } from '../../bot/digest/publisher.ts';
import type { Publisher, PublisherOptions } from '../../bot/digest/publisher.ts';
import type { PostContent, QueuedPost } from '../../bot/digest/queued-post.ts';
import { NO_QUIET_HOURS } from '../../bot/digest/quiet-hours.ts';
import { openDatabase } from '../../bot/state/database.ts';
import { createDigestNotes } from '../../bot/state/digest-notes.ts';
import { createDigestPosts } from '../../bot/state/digest-posts.ts';
import type { DigestPosts } from '../../bot/state/digest-posts.ts';
import type { FactTable } from '../../generation/digest/fact.ts';
import type { Release } from '../../retrieval/releases/release.ts';

/** A post of one paragraph, named after its release. */
export function postContent(releaseId: string, text = 'Текст.'): PostContent {
  const title = `🐋 ${releaseId}`;
  const start = title.length + 2;
  const links = start + text.length + 2;
  return {
    kind: 'release',
    post: {
      releaseId,
      language: 'ru',
      text: `${title}\n\n${text}\n\nHuggingface`,
      title: { text: title, emoji: '🐋', start: 0, end: title.length },
      paragraphs: [{ kind: 'text', text, start, end: start + text.length }],
      links: [
        {
          label: 'Huggingface',
          url: `https://huggingface.co/acme/${releaseId}`,
          start: links,
          end: links + 'Huggingface'.length,
        },
      ],
      opinionAt: start + text.length,
      sources: [],
      claims: [],
      brokenRules: [],
      isMajor: false,
      generator: 'facts',
    },
  };
}

/** What a stub of the writer has read. */
export const NO_FACTS: FactTable = {
  subject: { name: '', aliases: [], titles: [], kind: 'model' },
  facts: [],
  conflicts: [],
  pages: [],
  notRead: [],
};

export function releaseNamed(id: string, absorbed: string[] = []): Release {
  const at = new Date('2026-11-02T12:00:00Z');
  return {
    id,
    title: id,
    kind: 'model',
    appearances: [],
    links: { github: null, huggingface: `https://huggingface.co/acme/${id}`, paper: null },
    publishedAt: at,
    firstSeenAt: at,
    changedAt: at,
    absorbed,
  };
}

export function addDraft(posts: DigestPosts, releaseId: string): QueuedPost {
  const content = postContent(releaseId);
  const release = releaseNamed(releaseId);
  const added = posts.add({ origin: 'round', content, release, reasons: [] });
  if (added === null) throw new Error(`${releaseId} has a post already`);
  return added;
}

export interface TestPublisher extends Disposable {
  publisher: Publisher;
  database: DatabaseSync;
  channel: Channel;
  posts: DigestPosts;
  /** Ids of posts, each time that their state changed. */
  changed: number[];
  /** `began channel: …`, `ended channel`. */
  faults: string[];
}

/** A publisher over a database in a folder, as one start of the program has it. */
export function openPublisher({
  folder,
  name,
  ...options
}: Pick<PublisherOptions, 'api' | 'adminIds'> &
  Partial<PublisherOptions> & { folder: string; name: string }): TestPublisher {
  const { database } = openDatabase({ folder });
  const { now = () => new Date() } = options;
  const posts = createDigestPosts(database, { now });
  const channel = createChannel({ api: options.api, name, notes: createDigestNotes(database) });
  const changed: number[] = [];
  const faults: string[] = [];
  const { onChanged: tell = () => Promise.resolve() } = options;
  const onChanged = (id: number): Promise<void> => {
    changed.push(id);
    return tell(id);
  };
  const publisher = createPublisher({
    channel,
    posts,
    username: () => 'istok_bot',
    quietHours: NO_QUIET_HOURS,
    notices: {
      began: (fault, details) => void faults.push(`began ${fault}: ${details}`),
      ended: (fault) => void faults.push(`ended ${fault}`),
    },
    logger: createLogger({ level: 'silent', secrets: [] }),
    minGapMs: 0,
    ...options,
    onChanged,
  });
  return {
    publisher,
    database,
    channel,
    posts,
    changed,
    faults,
    [Symbol.dispose]: () => database.close(),
  };
}
