import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { ChoiceReason } from '../../retrieval/releases/choose.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { PostContent, PostState, PostTrouble, QueuedPost } from '../digest/queued-post.ts';

import { inTransaction } from './transaction.ts';

export interface NewPost {
  origin: QueuedPost['origin'];
  content: PostContent;
  release: Release | null;
  reasons: readonly ChoiceReason[];
}

/** Who decided, and on which revision: on an older one nothing is decided. */
export interface Decision {
  by: number | null;
  revision: number;
}

/**
 * The queue of posts. What changes a post's state does so only from the state that it names, in one step
 * of the database: of two admins who tap at once one is told false. Every method throws when the disk
 * fails.
 */
export interface DigestPosts {
  /** Null where there is a post about the release already. */
  add(post: NewPost): QueuedPost | null;
  find(id: number): QueuedPost | null;
  /** That of the release, of one that became part of it, or of the same thing under another id. */
  about(release: Release): QueuedPost | null;
  /** The newest first. */
  list(states: readonly PostState[], limit?: number): QueuedPost[];
  count(state: PostState): number;
  /** Drafts that rounds have made since then, whatever became of them. */
  madeSince(since: Date): number;
  /** Published since then, the oldest first. */
  publishedSince(since: Date): QueuedPost[];
  /** What is known of its release by now. */
  learn(id: number, release: Release): void;
  /** A draft has other words now. Null where it is no draft of that revision any more. */
  revise(
    id: number,
    revision: number,
    change: { content?: PostContent; opinion?: string | null },
  ): QueuedPost | null;
  /** From a draft. */
  approve(id: number, decision: Decision & { dueAt: Date }): boolean;
  /** From a draft. */
  skip(id: number, decision: Decision): boolean;
  /** Back to a draft: from approved, skipped or unknown. */
  reopen(id: number): boolean;
  /** An approved one is due at another time. */
  postpone(id: number, dueAt: Date): boolean;
  /**
   * The approved one that is due first becomes `sending`, as long as no other is: from now on its arrival
   * is unknown. Null where none is due. `sentAfter`: the highest id known of a message of the channel.
   */
  claimDue(now: Date, sentAfter?: number | null): QueuedPost | null;
  /** From sending: it certainly did not arrive, and is approved as before, due then. */
  notSent(id: number, dueAt: Date): boolean;
  /** From sending: nobody knows. */
  outcomeUnknown(id: number): boolean;
  /** What an admin has to know of it, until it is decided on. */
  troubled(id: number, trouble: PostTrouble): void;
  /** From sending or unknown. */
  published(id: number, message: { channelId: number; messageId: number }): boolean;
  /** From published: its message is in the channel no more, and it is a draft again. */
  withdrawn(id: number): boolean;
  /** From published: what it would say by now; null to let that go. */
  renew(id: number, content: PostContent | null): boolean;
  /** From published: its message says that now. */
  renewed(id: number, content: PostContent): boolean;
}

export function createDigestPosts(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): DigestPosts {
  // A round asks about every release of two weeks, among the posts of years.
  for (const kind of ['huggingface', 'paper', 'github']) {
    database.exec(`CREATE INDEX IF NOT EXISTS digest_posts_by_${kind}
      ON digest_posts (${nameIn(`release ->> '$.links.${kind}'`)})`);
  }
  const insert = database.prepare(
    `INSERT INTO digest_posts (origin, release_id, state, content, release, reasons, made_at)
     VALUES (?, ?, 'draft', ?, ?, ?, ?) RETURNING *`,
  );
  const byId = database.prepare('SELECT * FROM digest_posts WHERE id = ?');
  const byRelease = database.prepare('SELECT * FROM digest_posts WHERE release_id = ?');
  const byLinks = database.prepare(
    `SELECT * FROM digest_posts
     WHERE ${nameIn(`release ->> '$.links.huggingface'`)} = ${nameIn('?1')}
       OR ${nameIn(`release ->> '$.links.paper'`)} = ${nameIn('?2')}
       OR ${nameIn(`release ->> '$.links.github'`)} = ${nameIn('?3')}`,
  );
  const byStates = database.prepare(
    `SELECT * FROM digest_posts WHERE state IN (SELECT value FROM json_each(?))
     ORDER BY coalesce(sent_at, decided_at, made_at) DESC, id DESC LIMIT ?`,
  );
  const countOf = database.prepare('SELECT count(*) AS n FROM digest_posts WHERE state = ?');
  const madeSince = database.prepare(
    `SELECT count(*) AS n FROM digest_posts WHERE origin = 'round' AND made_at >= ?`,
  );
  const learn = database.prepare('UPDATE digest_posts SET release = ? WHERE id = ?');
  const since = database.prepare(
    `SELECT * FROM digest_posts WHERE state = 'published' AND sent_at >= ? ORDER BY sent_at, id`,
  );
  const revise = database.prepare(
    `UPDATE digest_posts SET content = ?, opinion = ?, revision = revision + 1
     WHERE id = ? AND state = 'draft' AND revision = ?`,
  );
  const approve = database.prepare(
    `UPDATE digest_posts SET state = 'approved', decided_by = ?, decided_at = ?, due_at = ?,
       trouble = NULL WHERE id = ? AND state = 'draft' AND revision = ?`,
  );
  const skip = database.prepare(
    `UPDATE digest_posts SET state = 'skipped', decided_by = ?, decided_at = ?
     WHERE id = ? AND state = 'draft' AND revision = ?`,
  );
  const reopen = database.prepare(
    `UPDATE digest_posts SET state = 'draft', decided_by = NULL, decided_at = NULL, due_at = NULL,
       trouble = NULL WHERE id = ? AND state IN ('approved', 'skipped', 'unknown')`,
  );
  const postpone = database.prepare(
    `UPDATE digest_posts SET due_at = ? WHERE id = ? AND state = 'approved'`,
  );
  const claim = database.prepare(
    `UPDATE digest_posts SET state = 'sending', sent_after = ?, trouble = NULL WHERE id = (
       SELECT id FROM digest_posts WHERE state = 'approved' AND due_at <= ?
       ORDER BY due_at, id LIMIT 1
     ) AND NOT EXISTS (SELECT 1 FROM digest_posts WHERE state = 'sending') RETURNING *`,
  );
  const notSent = database.prepare(
    `UPDATE digest_posts SET state = 'approved', due_at = ? WHERE id = ? AND state = 'sending'`,
  );
  const troubled = database.prepare('UPDATE digest_posts SET trouble = ? WHERE id = ?');
  const unknown = database.prepare(
    `UPDATE digest_posts SET state = 'unknown' WHERE id = ? AND state = 'sending'`,
  );
  const published = database.prepare(
    `UPDATE digest_posts SET state = 'published', channel_id = ?, message_id = ?, sent_at = ?,
       published_revision = revision, trouble = NULL
     WHERE id = ? AND state IN ('sending', 'unknown')`,
  );
  const withdrawn = database.prepare(
    `UPDATE digest_posts SET state = 'draft', channel_id = NULL, message_id = NULL, sent_at = NULL,
       published_revision = NULL, renewed = NULL, decided_by = NULL, decided_at = NULL,
       due_at = NULL WHERE id = ? AND state = 'published'`,
  );
  const renew = database.prepare(
    `UPDATE digest_posts SET renewed = ? WHERE id = ? AND state = 'published'`,
  );
  const renewed = database.prepare(
    `UPDATE digest_posts SET content = ?, renewed = NULL, revision = revision + 1,
       published_revision = revision + 1 WHERE id = ? AND state = 'published'`,
  );

  const find = (id: number): QueuedPost | null => postOrNull(byId.get(id));
  const about = (release: Release): QueuedPost | null => {
    for (const id of [release.id, ...(release.absorbed ?? [])]) {
      const post = postOrNull(byRelease.get(id));
      if (post !== null) return post;
    }
    const { huggingface, paper, github } = release.links;
    const linked = byLinks.all(huggingface, paper, github).map(toPost);
    return linked.find((post) => isSameThing(post.release, release)) ?? null;
  };

  return {
    find,
    about,
    add({ origin, content, release, reasons }) {
      return inTransaction(database, () => {
        if (release !== null && about(release) !== null) return null;
        return postOrNull(
          insert.get(
            origin,
            release?.id ?? null,
            JSON.stringify(content),
            release === null ? null : JSON.stringify(release),
            JSON.stringify(reasons),
            now().toISOString(),
          ),
        );
      });
    },
    list: (states, limit = 50) => byStates.all(JSON.stringify(states), limit).map(toPost),
    count: (state) => Number(countOf.get(state)?.['n'] ?? 0),
    madeSince: (from) => Number(madeSince.get(from.toISOString())?.['n'] ?? 0),
    learn(id, release) {
      learn.run(JSON.stringify(release), id);
    },
    publishedSince: (from) => since.all(from.toISOString()).map(toPost),
    revise(id, revision, change) {
      const standing = find(id);
      if (standing === null) return null;
      const { content = standing.content, opinion = standing.opinion } = change;
      const { changes } = revise.run(JSON.stringify(content), opinion, id, revision);
      return changes === 1 ? find(id) : null;
    },
    approve: (id, { by, revision, dueAt }) =>
      approve.run(by, now().toISOString(), dueAt.toISOString(), id, revision).changes === 1,
    skip: (id, { by, revision }) => skip.run(by, now().toISOString(), id, revision).changes === 1,
    reopen: (id) => reopen.run(id).changes === 1,
    postpone: (id, dueAt) => postpone.run(dueAt.toISOString(), id).changes === 1,
    claimDue: (at, sentAfter = null) => postOrNull(claim.get(sentAfter, at.toISOString())),
    troubled(id, trouble) {
      troubled.run(JSON.stringify(trouble), id);
    },
    notSent: (id, dueAt) => notSent.run(dueAt.toISOString(), id).changes === 1,
    outcomeUnknown: (id) => unknown.run(id).changes === 1,
    published: (id, { channelId, messageId }) =>
      published.run(channelId, messageId, now().toISOString(), id).changes === 1,
    withdrawn: (id) => withdrawn.run(id).changes === 1,
    renew: (id, content) =>
      renew.run(content === null ? null : JSON.stringify(content), id).changes === 1,
    renewed: (id, content) => renewed.run(JSON.stringify(content), id).changes === 1,
  };
}

/** A paper may be of several models, and a repository of several papers. */
function isSameThing(one: Release | null, { links }: Release): boolean {
  if (one === null) return false;
  for (const kind of ['huggingface', 'paper', 'github'] as const) {
    const [link, other] = [one.links[kind], links[kind]];
    if (link === null || other === null) continue;
    return kind === 'paper' ? link === other : nameAt(link) === nameAt(other);
  }
  return false;
}

/** An address as an admin sends it: by a short host, in other letters, as one clones from it. */
function nameAt(address: string): string {
  const path = URL.parse(address)?.pathname ?? address;
  return path.replace(/\/+$|\.git\/*$/u, '').toLowerCase();
}

/** Much the same in SQL; what is the same there is not always so here. */
function nameIn(address: string): string {
  const path = `substr(${address}, 9 + instr(substr(${address}, 9), '/'))`;
  return `lower(replace(rtrim(${path}, '/'), '.git', ''))`;
}

function postOrNull(row: Record<string, SQLOutputValue> | undefined): QueuedPost | null {
  return row === undefined ? null : toPost(row);
}

function toPost(row: Record<string, SQLOutputValue>): QueuedPost {
  const at = dateOrNull(row['sent_at']);
  return {
    id: Number(row['id']),
    origin: String(row['origin']) as QueuedPost['origin'],
    state: String(row['state']) as PostState,
    revision: Number(row['revision']),
    content: JSON.parse(String(row['content'])) as PostContent,
    release:
      row['release'] === null ? null : (JSON.parse(String(row['release']), reviveDate) as Release),
    reasons: JSON.parse(String(row['reasons'])) as ChoiceReason[],
    opinion: row['opinion'] === null ? null : String(row['opinion']),
    madeAt: new Date(String(row['made_at'])),
    decidedBy: row['decided_by'] === null ? null : Number(row['decided_by']),
    decidedAt: dateOrNull(row['decided_at']),
    dueAt: dateOrNull(row['due_at']),
    sent:
      at === null
        ? null
        : {
            channelId: Number(row['channel_id']),
            messageId: Number(row['message_id']),
            at,
            revision: Number(row['published_revision']),
          },
    renewed: row['renewed'] === null ? null : (JSON.parse(String(row['renewed'])) as PostContent),
    sentAfter: row['sent_after'] === null ? null : Number(row['sent_after']),
    trouble: row['trouble'] === null ? null : (JSON.parse(String(row['trouble'])) as PostTrouble),
  };
}

function dateOrNull(value: SQLOutputValue | undefined): Date | null {
  return value === null || value === undefined ? null : new Date(String(value));
}

/** Of a release: the moments that it holds. */
const DATES = new Set(['publishedAt', 'updatedAt', 'firstSeenAt', 'changedAt']);

function reviveDate(key: string, value: unknown): unknown {
  return DATES.has(key) && typeof value === 'string' ? new Date(value) : value;
}
