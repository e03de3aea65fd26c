import type { DatabaseSync } from 'node:sqlite';

import type { Update } from 'grammy/types';

/**
 * The updates that Telegram gave, written down before it is told that they were taken. Every method
 * throws when the disk fails.
 */
export interface UpdateJournal {
  /** Writes those down that are new, all or none, and returns them: what comes twice is taken once. */
  take(updates: readonly Update[]): Update[];
  /** Those that were taken and not dealt with, the oldest first, and how often work on them began. */
  pending(): { update: Update; starts: number }[];
  /** Counts that work on an update begins. Returns how often it has. */
  start(updateId: number): number;
  /** The work was left in good order: it does not count as begun. */
  handBack(updateId: number): void;
  /** The update is dealt with: only its id is kept. */
  finish(updateId: number): void;
}

export function createUpdateJournal(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): UpdateJournal {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO updates (update_id, body, taken_at) VALUES (?, ?, ?)',
  );
  const unfinished = database.prepare(
    'SELECT body, starts FROM updates WHERE done_at IS NULL ORDER BY update_id',
  );
  const countStart = database.prepare(
    'UPDATE updates SET starts = starts + 1 WHERE update_id = ? RETURNING starts',
  );
  const uncountStart = database.prepare(
    'UPDATE updates SET starts = max(starts - 1, 0) WHERE update_id = ?',
  );
  const finish = database.prepare(
    'UPDATE updates SET body = NULL, done_at = ? WHERE update_id = ?',
  );
  const prune = database.prepare('DELETE FROM updates WHERE done_at < ?');

  return {
    take(updates) {
      if (updates.length === 0) return [];
      const moment = now();
      database.exec('BEGIN IMMEDIATE');
      try {
        prune.run(new Date(moment.getTime() - KEPT_MS).toISOString());
        const fresh = updates.filter((update) => {
          const { changes } = insert.run(
            update.update_id,
            JSON.stringify(update),
            moment.toISOString(),
          );
          return Number(changes) === 1;
        });
        database.exec('COMMIT');
        return fresh;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    pending() {
      return unfinished.all().flatMap(({ body, starts }) => {
        // What was forgotten on its reader's wish has no body left.
        if (typeof body !== 'string') return [];
        return [{ update: JSON.parse(body) as Update, starts: Number(starts) }];
      });
    },
    start(updateId) {
      return Number(countStart.get(updateId)?.['starts'] ?? 1);
    },
    handBack(updateId) {
      uncountStart.run(updateId);
    },
    finish(updateId) {
      finish.run(now().toISOString(), updateId);
    },
  };
}

/** Telegram gives an update for a day at most; twice that, for clocks that are wrong. */
const KEPT_MS = 48 * 60 * 60 * 1000;
