import type { Logger } from 'pino';

import type { Embedder } from '../retrieval/embed/embedder.ts';
import type { IndexInSpace } from '../retrieval/index/open-in-space.ts';
import type { PassageIndex } from '../retrieval/index/passage-index.ts';
import { SYSTEM_CLOCK, wait } from './telegram/clock.ts';
import type { Clock } from './telegram/clock.ts';

export interface RebuildIndexOptions {
  opened: IndexInSpace;
  embedder: Embedder | null;
  logger: Logger;
  clock?: Clock;
  /** Before the second try; each further wait is twice as long, up to ten minutes. */
  firstWaitMs?: number;
}

export interface BackgroundRebuild {
  /** Resolves when there is nothing to rebuild, or it is done or was stopped. Never rejects. */
  readonly finished: Promise<void>;
  /** Ends it; the next start goes on with it. */
  stop(): Promise<void>;
}

/**
 * Makes an index's vectors anew beside what is served, when they are of another analysis or
 * embedder than this program's, or of other dimensions. Tries again for as long as it fails: until
 * it succeeds, words alone rank what is there.
 */
export function rebuildIndex({
  opened,
  embedder,
  logger,
  clock = SYSTEM_CLOCK,
  firstWaitMs = 5000,
}: RebuildIndexOptions): BackgroundRebuild {
  const stopping = new AbortController();
  const { signal } = stopping;

  const run = async (): Promise<void> => {
    let isDue = opened.difference !== 'none';
    if (!isDue && embedder === null) return;
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        isDue ||= embedder !== null && (await differs(opened.index, embedder, signal));
        if (!isDue) return;
        logger.info('The index is made anew for the embeddings and the analysis of this version.');
        await opened.rebuild({ signal, onProgress: progressTo(logger) });
        logger.info('The index has been made anew and serves.');
        return;
      } catch (error) {
        signal.throwIfAborted();
        // Whoever runs the bot hears once of an embedder that is down, by the health of its calls.
        if (isDue) {
          logger.warn({ err: error }, 'The index could not be made anew yet; the old one serves.');
        }
        await wait(clock, waitMs, signal);
      }
    }
  };

  const finished = run().catch((error: unknown) => {
    if (!signal.aborted) logger.error({ err: error }, 'The index could not be made anew.');
  });
  return {
    finished,
    async stop() {
      stopping.abort();
      await finished;
    },
  };
}

const LONGEST_WAIT_MS = 600_000;

/** Pages that are looked at for one with vectors. */
const PAGES_LOOKED_AT = 20;

/** Whether another model answers under the same name: then its vectors have other dimensions. */
async function differs(
  index: Pick<PassageIndex, 'readPages'>,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<boolean> {
  const { pages } = await index.readPages({ cursor: null, limit: PAGES_LOOKED_AT });
  const passages = pages.flatMap((page) => page.passages);
  const kept = passages.find(({ dense }) => dense !== null)?.dense ?? null;
  if (kept === null) return false;
  return (await embedder.embedQuery('?', { signal })).length !== kept.length;
}

/** A line at each tenth. */
function progressTo(logger: Logger): (progress: { moved: number; total: number }) => void {
  let told = 0;
  return ({ moved, total }) => {
    const tenth = Math.floor((moved * 10) / Math.max(1, total));
    if (tenth <= told) return;
    told = tenth;
    logger.info(`Making the index anew: ${moved} of ${total} pages.`);
  };
}
