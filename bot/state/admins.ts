import type { DatabaseSync } from 'node:sqlite';

/** Who runs the bot. Every method throws when the disk fails. */
export interface Admins {
  isAdmin(userId: number): boolean;
  /** Those of the settings first, each once. */
  ids(): number[];
  add(userId: number): void;
}

export function createAdmins(
  database: DatabaseSync,
  {
    configuredIds = [],
    now = () => new Date(),
  }: { configuredIds?: readonly number[]; now?: () => Date } = {},
): Admins {
  const insert = database.prepare('INSERT OR IGNORE INTO admins (user_id, since) VALUES (?, ?)');
  const added = database
    .prepare('SELECT user_id FROM admins ORDER BY since')
    .all()
    .map((row) => Number(row['user_id']));
  // Asked for with every update, and nobody else writes the table.
  const known = new Set([...configuredIds, ...added]);
  return {
    isAdmin: (userId) => known.has(userId),
    ids: () => [...known],
    add(userId) {
      insert.run(userId, now().toISOString());
      known.add(userId);
    },
  };
}
