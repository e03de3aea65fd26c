import type { Update } from 'grammy/types';
import type { Logger } from 'pino';

import { HandedBackError } from '../questions/handed-back.ts';
import type { OnStep } from '../questions/step.ts';
import type { UpdateJournal } from '../state/update-journal.ts';

/** Writes updates down, has them handled side by side, and notes which are dealt with. */
export interface UpdateDesk {
  /**
   * Takes updates from Telegram; when it returns they are written down. What comes twice is taken once.
   * @throws when the disk fails: then none was taken.
   */
  take(updates: readonly Update[]): void;
  /** Takes up what a program that ended before left unfinished. */
  resume(): void;
  /** Resolves when nothing is in progress, or after the wait. */
  settled(waitMs: number): Promise<void>;
}

export interface UpdateDeskOptions {
  journal: UpdateJournal;
  handle: (update: Update) => Promise<void>;
  logger: Logger;
  onStep?: OnStep;
  /** Told what is given up, so that its sender can be. */
  onGivenUp?: (update: Update) => Promise<void>;
  /** After so many starts that none survived, an update is suspect: it is handled with no other. */
  suspectStarts?: number;
  /** After so many it is given up. */
  mostStarts?: number;
}

export function createUpdateDesk({
  journal,
  handle,
  logger,
  onStep = () => {},
  onGivenUp = () => Promise.resolve(),
  suspectStarts = 3,
  mostStarts = 10,
}: UpdateDeskOptions): UpdateDesk {
  const running = new Set<Promise<void>>();

  function begin(update: Update): void {
    track(work(update));
  }

  function track(handling: Promise<void>): void {
    const tracked = handling.finally(() => {
      running.delete(tracked);
    });
    running.add(tracked);
  }

  async function inTurn(updates: readonly Update[]): Promise<void> {
    await Promise.allSettled(running);
    for (const update of updates) await work(update);
  }

  async function work(update: Update): Promise<void> {
    const id = update.update_id;
    try {
      if (isKept(update) && journal.start(id) > mostStarts) {
        logger.error({ update: id }, 'an update that no start survived was given up');
        await onGivenUp(update);
      } else {
        onStep('started', id);
        await handle(update);
      }
    } catch (error) {
      if (error instanceof HandedBackError) {
        // A stop in good order is no sign of a fault.
        journal.handBack(id);
        return;
      }
      logger.error({ err: error, update: id }, 'an update could not be handled');
    }
    if (!isKept(update)) return;
    try {
      journal.finish(id);
    } catch (error) {
      logger.error({ err: error, update: id }, 'that an update is dealt with could not be kept');
    }
  }

  return {
    take(updates) {
      for (const { update_id: id } of updates) onStep('fetched', id);
      const fresh = journal.take(updates.filter(isKept));
      for (const { update_id: id } of fresh) onStep('journalled', id);
      for (const update of [...fresh, ...updates.filter((one) => !isKept(one))]) begin(update);
    },
    resume() {
      const pending = journal.pending();
      const sound = pending.filter(({ starts }) => starts < suspectStarts);
      for (const { update } of sound) begin(update);
      // One at a time, after the others: what ends the program takes none of them along.
      const suspect = pending.filter(({ starts }) => starts >= suspectStarts);
      track(inTurn(suspect.map(({ update }) => update)));
    },
    async settled(waitMs) {
      if (running.size === 0) return;
      const { promise: waited, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, waitMs);
      await Promise.race([Promise.allSettled(running), waited]);
      clearTimeout(timer);
    },
  };
}

/** One comes with every letter that is typed, and after a restart nobody waits for its answer. */
function isKept(update: Update): boolean {
  return update.inline_query === undefined;
}
