import type { Logger } from 'pino';

import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';

export interface TidyIndexOptions {
  index: Pick<PassageIndex, 'count' | 'deleteFetchedBefore'>;
  logger: Logger;
  /** Pages read for answers are kept so long, the youngest limit that is needed. */
  maxAgeDays?: readonly number[];
  /** Passages beyond which the next younger limit is taken; null for an engine without one. */
  maxPassages?: number | null;
  intervalMs?: number;
  clock?: Clock;
  now?: () => Date;
}

/**
 * Lets pages that were read for answers age out, now and every few hours: what was read a month ago
 * is read again when it is asked for. Sources and files of chats stay. Returns how to stop.
 */
export function tidyIndex({
  index,
  logger,
  maxAgeDays = [30, 14, 7, 3, 1],
  maxPassages = 200_000,
  intervalMs = 6 * 3_600_000,
  clock = SYSTEM_CLOCK,
  now = () => new Date(),
}: TidyIndexOptions): () => void {
  let hasStopped = false;
  let cancel: (() => void) | null = null;

  async function tidy(): Promise<void> {
    try {
      for (const days of maxAgeDays) {
        if (hasStopped) return;
        const before = new Date(now().getTime() - days * DAY_MS);
        await index.deleteFetchedBefore(before.toISOString());
        const { passages } = await index.count();
        if (maxPassages === null || passages <= maxPassages) return;
      }
      logger.warn(`The index holds more than ${maxPassages} passages of sources and files.`);
    } catch (error) {
      logger.warn({ err: error }, 'old pages could not be removed from the index');
    }
  }

  const look = async (): Promise<void> => {
    await tidy();
    if (!hasStopped) cancel = clock.after(intervalMs, () => void look());
  };
  void look();
  return () => {
    hasStopped = true;
    cancel?.();
  };
}

const DAY_MS = 24 * 3_600_000;
