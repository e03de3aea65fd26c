import type { DatabaseSync } from 'node:sqlite';

import type { Rating } from './conversations.ts';

/** What readers think of answers. Every method throws when the disk fails. */
export interface Feedback {
  /**
   * Rates a turn, changes its rating, or takes it back when it is the same again. Returns the rating
   * that now stands.
   */
  rate(turnId: number, rating: Rating): Rating | null;
}

export function createFeedback(database: DatabaseSync): Feedback {
  const update = database.prepare(
    'UPDATE turns SET rating = nullif(?, coalesce(rating, 0)) WHERE id = ? RETURNING rating',
  );
  return {
    rate(turnId, rating) {
      const stands = update.get(rating === 'up' ? 1 : -1, turnId)?.['rating'] ?? null;
      return stands === null ? null : Number(stands) > 0 ? 'up' : 'down';
    },
  };
}
