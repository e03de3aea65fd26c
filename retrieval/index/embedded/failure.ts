import { IndexError } from '../../errors.ts';
import type { Failure } from './messages.ts';

/** The index file is broken: not a failure of the call, but of what the file holds. */
export class DamagedFileError extends IndexError {
  override name = 'DamagedFileError';

  constructor(message: string, cause?: unknown) {
    // The next call starts with a new file.
    super(message, { retryable: true, cause });
  }
}

/** Describes an error so that it can cross from a worker to the main thread. */
export function toFailure(error: unknown): Failure {
  if (error instanceof IndexError) {
    const { message, retryable, cause } = error;
    return { message, retryable, damaged: error instanceof DamagedFileError, cause };
  }
  const known = SQLITE_FAILURES[primaryCode(error) ?? -1];
  if (known !== undefined) return { damaged: false, ...known, cause: error };
  const detail = error instanceof Error ? error.message : String(error);
  return { message: `the index failed: ${detail}`, retryable: true, damaged: false, cause: error };
}

export function toError(failure: Failure): IndexError {
  const { message, retryable, damaged, cause } = failure;
  return damaged
    ? new DamagedFileError(message, cause)
    : new IndexError(message, { retryable, cause });
}

export function isDamage(error: unknown): boolean {
  return toFailure(error).damaged;
}

const DAMAGED = { message: 'the index file is damaged', retryable: true, damaged: true };

/** By SQLite's primary result code: https://sqlite.org/rescode.html */
const SQLITE_FAILURES: Record<number, { message: string; retryable: boolean; damaged?: boolean }> =
  {
    5: { message: 'the index file is locked by another program', retryable: true },
    8: { message: 'the index file is read-only', retryable: false },
    10: { message: 'the index file could not be read or written', retryable: true },
    11: DAMAGED,
    13: { message: 'the disk of the index is full', retryable: true },
    14: { message: 'the index file cannot be opened', retryable: false },
    26: DAMAGED,
  };

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  // The low byte is the primary code, the rest says more.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
