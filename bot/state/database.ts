import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makeFolder } from '../../retrieval/make-folder.ts';

import { MIGRATIONS } from './migrations.ts';

export interface OpenedDatabase {
  database: DatabaseSync;
  /** What happened to the file that its owner should know, one English sentence each. */
  notices: string[];
}

export interface DatabaseOptions {
  /** Created when it does not exist. */
  folder: string;
  /** One script a schema version, the first for version 1. */
  migrations?: readonly string[];
  now?: () => Date;
}

/** The state cannot be used. The message is one sentence that says what to do. */
export class StateError extends Error {
  override name = 'StateError';
}

/**
 * Opens `istok.sqlite` in the folder and brings it to this program's schema. An older file is
 * copied before it is changed; a damaged one is set aside and a new one begun.
 * @throws {StateError} when the folder cannot be written, or the file belongs to a newer Istok.
 */
export function openDatabase({
  folder,
  migrations = MIGRATIONS,
  now = () => new Date(),
}: DatabaseOptions): OpenedDatabase {
  makeDataFolder(folder);
  const file = join(folder, 'istok.sqlite');
  const notices: string[] = [];
  let database = openChecked(file, folder);
  if (database === null) {
    const aside = setAside(file, now());
    notices.push(`The database ${file} is damaged: it was set aside as ${aside} and begun anew.`);
    database = openChecked(file, folder);
    if (database === null) throw new StateError(`The database ${file} cannot be created.`);
  }
  try {
    migrate(database, { file, migrations, now, notices });
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, notices };
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** An open database that can be read and written, or null when the file is damaged. */
function openChecked(file: string, folder: string): DatabaseSync | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    // What is deleted is overwritten: whoever asks to be forgotten is not left in free pages.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;',
    );
    const [check] = database.prepare('PRAGMA quick_check(1)').all();
    if (check?.['quick_check'] !== 'ok') {
      database.close();
      return null;
    }
    // SQLite opens a file that it cannot write, and fails only later.
    database.exec('BEGIN IMMEDIATE; COMMIT;');
    return database;
  } catch (error) {
    database?.close();
    const code = sqliteCode(error);
    if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return null;
    if (code === SQLITE_BUSY || code === SQLITE_LOCKED) {
      throw new StateError(
        `The database ${file} is in use by another program: stop that one first.`,
        {
          cause: error,
        },
      );
    }
    throw unwritable(folder, error);
  }
}

function setAside(file: string, now: Date): string {
  const aside = `${file}.damaged-${stamp(now)}`;
  renameSync(file, aside);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

interface Migration {
  file: string;
  migrations: readonly string[];
  now: () => Date;
  notices: string[];
}

function migrate(database: DatabaseSync, { file, migrations, now, notices }: Migration): void {
  const version = schemaVersion(database);
  if (version > migrations.length) {
    throw new StateError(
      `The database ${file} was written by a newer Istok (schema ${version}, this one knows ${migrations.length}): update Istok, or give it another DATA_DIR.`,
    );
  }
  if (version === migrations.length) return;
  if (version > 0) {
    const copy = `${file}.schema-${version}-${stamp(now())}`;
    copyDatabase(database, file, copy);
    notices.push(`The database ${file} was copied to ${copy} and brought to a new schema.`);
  }
  for (const [index, script] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${script}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function copyDatabase(database: DatabaseSync, file: string, copy: string): void {
  // What the log still holds must be in the file before the file is copied.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  copyFileSync(file, copy);
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function unwritable(folder: string, cause: unknown): StateError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StateError(
    `The data folder ${folder} cannot be written (${reason}): make it writable, or set DATA_DIR to another folder.`,
    { cause },
  );
}

/** 2026-11-02T10-00-00-000Z: a moment that may stand in a file's name. */
function stamp(moment: Date): string {
  return moment.toISOString().replaceAll(/[:.]/gu, '-');
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  // The low byte is the primary code: extended ones hold more above it.
  return Number(error.errcode) % 256;
}

const BUSY_TIMEOUT_MS = 2_000;

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
