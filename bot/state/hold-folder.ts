import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import { makeFolder } from '../../retrieval/make-folder.ts';

import { StateError } from './database.ts';

export interface HoldFolderOptions {
  folder: string;
  /** How long a program that holds the folder has to end, as when one version takes over from another. */
  waitMs?: number;
  retryMs?: number;
  signal?: AbortSignal;
}

/**
 * Holds the data folder for one bot: two would answer each other's questions twice. Resolves to how to
 * let go; a program that is killed lets go as well, since the lock is the system's.
 * @throws {StateError} when another program holds it for longer than the wait, or it cannot be written.
 */
export async function holdFolder({
  folder,
  waitMs = 15_000,
  retryMs = 200,
  signal = new AbortController().signal,
}: HoldFolderOptions): Promise<() => void> {
  const file = join(folder, 'bot.lock');
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const lock = tryToLock(folder, file);
    if (lock !== null) return () => lock.close();
    if (performance.now() >= giveUpAt || signal.aborted) {
      throw new StateError(
        `Another bot is running on the data folder ${folder}: stop it, or set DATA_DIR to another folder.`,
      );
    }
    await pause(retryMs, undefined, { signal }).catch(() => {});
  }
}

/** Null when another program holds it. */
function tryToLock(folder: string, file: string): DatabaseSync | null {
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(folder);
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : null;
    if (code === SQLITE_BUSY) return null;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StateError(
      `The data folder ${folder} cannot be written (${reason}): make it writable, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
