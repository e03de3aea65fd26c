import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import { makeFolder } from '../../make-folder.ts';
import { DamagedFileError, isDamage, toFailure } from './failure.ts';
import { checkIndexVersion, migrateIndex } from './schema.ts';

export interface OpenedIndexFile {
  database: DatabaseSync;
  file: string;
  /** What the operator should know, one sentence each. */
  problems: string[];
}

/**
 * Opens the index file of the folder for writing, making both where they are missing. A damaged
 * file is set aside and a new one started.
 *
 * @param options.setAside - do so at once: damage has shown while the file was in use
 * @throws {IndexError} when the folder cannot be used or a newer program wrote the file
 */
export function openIndexFile(options: { folder: string; setAside: boolean }): OpenedIndexFile {
  const file = join(options.folder, 'index.sqlite');
  try {
    makeFolder(options.folder);
    if (options.setAside) return startAnew(file);
    try {
      return { database: openDatabase(file), file, problems: [] };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return startAnew(file);
    }
  } catch (error) {
    if (error instanceof IndexError) throw error;
    throw new IndexError(`the index cannot be kept in ${options.folder}: ${reasonOf(error)}`, {
      retryable: false,
      cause: error,
    });
  }
}

/** A check of so much takes some hundredths of a second; in larger files damage shows when met. */
const CHECKED_BYTES_AT_MOST = 16 * 2 ** 20;

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    checkIndexVersion(database, file);
    // A page's vectors take some 25 kB: larger database pages waste less at their ends.
    database.exec('PRAGMA page_size = 16384');
    database.exec('PRAGMA journal_mode = WAL');
    // What one chat alone could see must be gone from the disk when it is deleted, and rows move
    // between pages of the file whenever others are written.
    database.exec('PRAGMA secure_delete = ON');
    // NORMAL does not wait for the disk at a commit. A kill of the process loses nothing even so:
    // the log has been handed to the system by then. Only a loss of power may take the last
    // commits, and pages can be read again.
    database.exec('PRAGMA synchronous = NORMAL');
    // Checkpoints are made between commits, so that nobody waits for them.
    database.exec('PRAGMA wal_autocheckpoint = 0');
    if (statSync(file).size <= CHECKED_BYTES_AT_MOST) checkStructure(database, file);
    migrateIndex(database, file);
    // A file that can only be read shows it here, not when the first page is written.
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkStructure(database: DatabaseSync, file: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found === 'ok') return;
  throw new DamagedFileError(`the index file ${file} is damaged`, found);
}

function startAnew(file: string): OpenedIndexFile {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(file, aside);
  // The log belongs to the damaged file: replayed into a new one it would damage that as well.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
  const problem = `The index file was damaged: it was set aside as ${basename(aside)} and a new one was started, pages will be read again.`;
  return { database: openDatabase(file), file, problems: [problem] };
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error) return error.message;
  return toFailure(error).message;
}
