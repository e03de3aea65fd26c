import type { DatabaseSync } from 'node:sqlite';

/**
 * Who asked when, for a day: nothing of what was asked, so it is kept when a conversation is forgotten.
 * Every method throws when the disk fails.
 */
export interface Usage {
  /** When an asker's questions of the last 24 hours were taken, the newest first. */
  lastDay(askerId: number): Date[];
  /** Whether a question has been counted: one that is taken up again after a restart has. */
  isCounted(questionId: number): boolean;
  count(askerId: number, questionId: number): void;
}

export function createUsage(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): Usage {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO questions_asked (question_id, user_id, asked_at) VALUES (?, ?, ?)',
  );
  const select = database.prepare(
    'SELECT asked_at FROM questions_asked WHERE user_id = ? AND asked_at > ? ORDER BY asked_at DESC',
  );
  const byId = database.prepare('SELECT 1 FROM questions_asked WHERE question_id = ?');
  const prune = database.prepare('DELETE FROM questions_asked WHERE asked_at <= ?');
  const dayAgo = (): string => new Date(now().getTime() - DAY_MS).toISOString();
  let pruneAt = 0;
  prune.run(dayAgo());

  return {
    lastDay(askerId) {
      return select.all(askerId, dayAgo()).map((row) => new Date(String(row['asked_at'])));
    },
    isCounted(questionId) {
      return byId.get(questionId) !== undefined;
    },
    count(askerId, questionId) {
      const moment = now();
      if (moment.getTime() >= pruneAt) {
        prune.run(dayAgo());
        pruneAt = moment.getTime() + PRUNE_EVERY_MS;
      }
      insert.run(questionId, askerId, moment.toISOString());
    },
  };
}

export const DAY_MS = 24 * 60 * 60 * 1000;

const PRUNE_EVERY_MS = 60 * 60 * 1000;
