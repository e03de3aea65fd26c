import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { inTransaction } from './transaction.ts';

export interface Forgotten {
  /** Questions that were kept with their answers. */
  turns: number;
  /** Copies from before a new schema that could not be cleaned, each with its reason. */
  problems: string[];
}

/**
 * Deletes what is kept of a chat: its questions, answers, ratings, answers on their way and updates not
 * yet dealt with, also in the copies that were made before a new schema. Settings stay, and so does who
 * asked when. Afterwards the files hold nothing of the text.
 * @throws when the disk fails: then nothing was deleted, or all of it and its traces are still there.
 */
export function forgetChat(database: DatabaseSync, chatId: number): Forgotten {
  const turns = inTransaction(database, () => deleteRows(database, chatId));
  wipeLog(database);
  return { turns, problems: forgetInCopies(database.location(), chatId) };
}

/** Returns how many questions there were. A copy may be of a schema that lacks a table. */
function deleteRows(database: DatabaseSync, chatId: number): number {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const tables = new Set(rows.map((row) => row['name']));
  let turns = 0;
  if (tables.has('turns')) {
    turns = Number(database.prepare('DELETE FROM turns WHERE chat_id = ?').run(chatId).changes);
  }
  if (tables.has('chat_files')) {
    database.prepare('DELETE FROM chat_files WHERE chat_id = ?').run(chatId);
    database.prepare('DELETE FROM asked_posts WHERE chat_id = ?').run(chatId);
  }
  if (tables.has('deliveries')) {
    database.prepare('DELETE FROM deliveries WHERE chat_id = ?').run(chatId);
  }
  if (tables.has('updates')) emptyUpdates(database, chatId);
  return turns;
}

/** Their ids stay for a while, so that none is taken for a new one. */
function emptyUpdates(database: DatabaseSync, chatId: number): void {
  const empty = database.prepare(
    `UPDATE updates SET body = NULL, done_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     WHERE update_id = ?`,
  );
  const rows = database.prepare('SELECT update_id, body FROM updates WHERE body IS NOT NULL').all();
  for (const { update_id: updateId, body } of rows) {
    if (updateId !== undefined && chatIdOf(String(body)) === chatId) empty.run(updateId);
  }
}

/** Whatever kind of update it is: its chat, else that of the message it is about, else its sender's own. */
function chatIdOf(body: string): number | null {
  const update = JSON.parse(body) as Record<string, unknown>;
  for (const content of Object.values(update)) {
    if (typeof content !== 'object' || content === null) continue;
    const { chat, message, from } = content as {
      chat?: { id?: number };
      message?: { chat?: { id?: number } };
      from?: { id?: number };
    };
    return chat?.id ?? message?.chat?.id ?? from?.id ?? null;
  }
  return null;
}

/** What was deleted is overwritten in the file; the log would still hold it. */
function wipeLog(database: DatabaseSync): void {
  const [result] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  if (result?.['busy'] !== 0) throw new Error('the log of the database could not be emptied');
}

function forgetInCopies(file: string | null, chatId: number): string[] {
  // A database in memory has no copies.
  if (file === null) return [];
  const copies = readdirSync(dirname(file)).filter((name) =>
    new RegExp(String.raw`^${RegExp.escape(basename(file))}\.schema-\d+-[\dTZ-]+$`, 'u').test(name),
  );
  return copies.flatMap((name) => {
    try {
      forgetInCopy(join(dirname(file), name), chatId);
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

function forgetInCopy(file: string, chatId: number): void {
  const copy = new DatabaseSync(file);
  try {
    copy.exec('PRAGMA secure_delete = ON');
    deleteRows(copy, chatId);
    // Leaves no log beside a copy, which is one file for whoever wants to go back to it.
    copy.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;');
  } finally {
    copy.close();
  }
}
