import { statfs } from 'node:fs/promises';

import type { Logger } from 'pino';

import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';

import type { OperatorNotices } from './operator-notices.ts';

/** Bytes. */
export interface DiskSpace {
  total: number;
  /** For a program without special rights. */
  free: number;
}

export interface DiskWatchOptions {
  /** DATA_DIR. */
  folder: string;
  notices: Pick<OperatorNotices, 'began' | 'ended'>;
  logger: Logger;
  intervalMs?: number;
  clock?: Clock;
  measure?: (folder: string) => Promise<DiskSpace>;
}

/** Looks at the disk now and every few minutes. Returns how to stop. */
export function watchDiskSpace({
  folder,
  notices,
  logger,
  intervalMs = 300_000,
  clock = SYSTEM_CLOCK,
  measure = measureDisk,
}: DiskWatchOptions): () => void {
  let hasStopped = false;
  let cancel: (() => void) | null = null;

  async function look(): Promise<void> {
    try {
      const { total, free } = await measure(folder);
      if (hasStopped) return;
      const least = leastFree(total);
      if (free < least) {
        notices.began('disk-low', `${megabytes(free)} MB of ${megabytes(total)} MB are free`);
      } else if (free >= least * ENOUGH_AGAIN) {
        notices.ended('disk-low');
      }
    } catch (error) {
      logger.warn({ err: error }, 'the space on the disk could not be measured');
    }
    if (!hasStopped) cancel = clock.after(intervalMs, () => void look());
  }

  void look();
  return () => {
    hasStopped = true;
    cancel?.();
  };
}

/** @throws what Node throws when the folder cannot be looked at. */
export async function measureDisk(folder: string): Promise<DiskSpace> {
  const { bsize, blocks, bavail } = await statfs(folder);
  return { total: blocks * bsize, free: bavail * bsize };
}

/** Half a gigabyte, which a busy day may take; of a small disk a tenth. */
function leastFree(total: number): number {
  return Math.min(500_000_000, total / 10);
}

/** A disk around the limit is not to be told of again and again. */
const ENOUGH_AGAIN = 1.4;

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
