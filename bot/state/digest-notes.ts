import type { DatabaseSync } from 'node:sqlite';

/**
 * What the channel's desk remembers from one start to the next. `paused-at`: no rounds since. `round-at`:
 * when the last one began. `round-open`: it did not come to its end. `last-message`: the highest id of a message seen in the channel, after its
 * chat's: `-1001:42`.
 */
export type DigestNote = 'paused-at' | 'round-at' | 'round-open' | 'last-message';

export interface DigestNotes {
  read(name: DigestNote): string | null;
  /** Null to forget it. */
  write(name: DigestNote, value: string | null): void;
}

/** Every method throws when the disk fails. */
export function createDigestNotes(database: DatabaseSync): DigestNotes {
  const select = database.prepare('SELECT value FROM digest_notes WHERE name = ?');
  const insert = database.prepare('INSERT OR REPLACE INTO digest_notes VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM digest_notes WHERE name = ?');
  return {
    read(name) {
      const row = select.get(name);
      return row === undefined ? null : String(row['value']);
    },
    write(name, value) {
      if (value === null) remove.run(name);
      else insert.run(name, value);
    },
  };
}
