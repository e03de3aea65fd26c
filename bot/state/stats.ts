import type { DatabaseSync } from 'node:sqlite';

/** How the bot has served its readers. */
export interface Stats {
  /** Of the last 24 hours. */
  day: PeriodStats;
  /** Of the last seven days. */
  week: PeriodStats;
  /** The last questions whose answers were disliked in the last seven days, the newest first. */
  disliked: string[];
}

export interface PeriodStats {
  /** All that were dealt with. */
  questions: number;
  answered: number;
  declined: number;
  failed: number;
  stopped: number;
  /** From the question to the end of its answer, of those answered. Null when there are none. */
  medianMs: number | null;
  p95Ms: number | null;
  liked: number;
  disliked: number;
  /** In how many chats something was asked. */
  chats: number;
}

/** @throws when the disk fails. */
export function readStats(
  database: DatabaseSync,
  { now = new Date(), mostDisliked = 5 }: { now?: Date; mostDisliked?: number } = {},
): Stats {
  const daysAgo = (days: number): string =>
    new Date(now.getTime() - days * 24 * 60 * 60 * 1000).toISOString();
  return {
    day: periodSince(database, daysAgo(1)),
    week: periodSince(database, daysAgo(7)),
    disliked: database
      .prepare(
        'SELECT question FROM turns WHERE rating < 0 AND asked_at > ? ORDER BY id DESC LIMIT ?',
      )
      .all(daysAgo(7), mostDisliked)
      .map((row) => String(row['question'])),
  };
}

function periodSince(database: DatabaseSync, since: string): PeriodStats {
  const rows = database
    .prepare(
      `SELECT chat_id, status, total_ms, rating FROM turns
       WHERE asked_at > ? AND status IN ('answered', 'declined', 'failed', 'stopped')`,
    )
    .all(since);
  const having = (status: string): number => rows.filter((row) => row['status'] === status).length;
  const times = rows
    .filter((row) => row['status'] === 'answered' && row['total_ms'] !== null)
    .map((row) => Number(row['total_ms']))
    .toSorted((one, other) => one - other);
  return {
    questions: rows.length,
    answered: having('answered'),
    declined: having('declined'),
    failed: having('failed'),
    stopped: having('stopped'),
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    liked: rows.filter((row) => Number(row['rating']) > 0).length,
    disliked: rows.filter((row) => Number(row['rating']) < 0).length,
    chats: new Set(rows.map((row) => row['chat_id'])).size,
  };
}

/** The smallest value that so great a share does not exceed. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
