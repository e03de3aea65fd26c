import type { DatabaseSync } from 'node:sqlite';

/** Groups that have become supergroups of another id. Every method throws when the disk fails. */
export interface MovedGroups {
  add(fromChatId: number, toChatId: number): void;
  /** Where a chat is now: the same for one that has not moved. */
  whereIs(chatId: number): number;
  /** What a chat was before. */
  formerIds(chatId: number): number[];
}

export function createMovedGroups(database: DatabaseSync): MovedGroups {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO moved_groups (from_id, to_id) VALUES (?, ?)',
  );
  const target = database.prepare('SELECT to_id FROM moved_groups WHERE from_id = ?');
  const sources = database.prepare('SELECT from_id FROM moved_groups WHERE to_id = ?');
  return {
    add(fromChatId, toChatId) {
      insert.run(fromChatId, toChatId);
    },
    whereIs(chatId) {
      const row = target.get(chatId);
      return row === undefined ? chatId : Number(row['to_id']);
    },
    formerIds: (chatId) => sources.all(chatId).map((row) => Number(row['from_id'])),
  };
}
