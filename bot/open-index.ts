import { join } from 'node:path';

import type { Logger } from 'pino';

import { IndexError } from '../retrieval/errors.ts';
import type { Embedder } from '../retrieval/embed/embedder.ts';
import { openEmbeddedIndex } from '../retrieval/index/embedded-index.ts';
import { isEmbeddedBy, openInSpace } from '../retrieval/index/open-in-space.ts';
import type { IndexInSpace } from '../retrieval/index/open-in-space.ts';
import type { PassageIndex } from '../retrieval/index/passage-index.ts';
import { moveWhileServing, settleSuccession, standingOf } from '../retrieval/index/succession.ts';
import { withoutDense } from '../retrieval/index/vector-space.ts';
import { ANALYSIS_VERSION } from '../retrieval/text/analyze.ts';
import type { Config } from './config.ts';
import { rebuildIndex } from './rebuild-index.ts';

export interface OpenedIndex {
  index: PassageIndex;
  /** Ends a move that is under way; it goes on another time. */
  close(): Promise<void>;
}

export interface OpenIndexOptions {
  logger: Logger;
  /** Whose vectors the index is to hold; those of another are made anew, never mixed with them. */
  embedder: Embedder | null;
  /**
   * What to do about pages that are still in the embedded index when a Qdrant is set: `nothing` but
   * serve them, `conclude` a move that has been made, or `move` them now.
   */
  move: 'nothing' | 'conclude' | 'move';
}

/** The index that the settings name. @throws {IndexError} */
export async function openIndex(
  config: Config,
  { logger, move, embedder }: OpenIndexOptions,
): Promise<OpenedIndex> {
  const { qdrant } = config;
  // Only the program that holds the data folder may make its index anew.
  if (qdrant === null) {
    return openFresh(config, { logger, embedder, isHolder: move !== 'nothing' });
  }
  const old = await openEmbedded(config, logger);
  try {
    const successor = await openQdrant(qdrant);
    const standing = await chooseBetween({ old, successor }, { logger, move, embedder });
    if (standing !== null) return standing;
    await successor.close();
  } catch (error) {
    await old.close();
    throw error;
  }
  await old.close();
  const { openQdrantInSpace } = await import('../retrieval/index/open-qdrant-in-space.ts');
  const isHolder = move !== 'nothing';
  const opened = await openQdrantInSpace({
    ...qdrant,
    analysis: ANALYSIS_VERSION,
    embedder,
    takesOver: isHolder,
  });
  return keepFresh(opened, { logger, embedder, isHolder });
}

/** @throws {IndexError} */
export function openEmbedded({ dataDir }: Config, logger: Logger): Promise<PassageIndex> {
  return namingSetting(() =>
    openEmbeddedIndex({
      folder: join(dataDir, 'index'),
      // An error, since the terminal shows nothing less: what was read before is gone.
      onProblem: (sentence) => logger.error(sentence),
    }),
  );
}

async function openFresh(
  { dataDir }: Config,
  {
    logger,
    embedder,
    isHolder,
  }: Pick<OpenIndexOptions, 'logger' | 'embedder'> & { isHolder: boolean },
): Promise<OpenedIndex> {
  const opened = await namingSetting(() =>
    openInSpace({
      folder: join(dataDir, 'index'),
      analysis: ANALYSIS_VERSION,
      embedder,
      takesOver: isHolder,
      onProblem: (sentence) => logger.error(sentence),
    }),
  );
  return keepFresh(opened, { logger, embedder, isHolder });
}

function keepFresh(
  opened: IndexInSpace,
  {
    logger,
    embedder,
    isHolder,
  }: Pick<OpenIndexOptions, 'logger' | 'embedder'> & { isHolder: boolean },
): OpenedIndex {
  const { index } = opened;
  if (!isHolder) return { index, close: () => index.close() };
  const rebuild = rebuildIndex({ opened, embedder, logger });
  return {
    index,
    async close() {
      await rebuild.stop();
      await index.close();
    },
  };
}

async function namingSetting<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof IndexError)) throw error;
    const sentence = `${error.message} (DATA_DIR sets the folder)`;
    throw new IndexError(sentence, { retryable: error.retryable, cause: error });
  }
}

/** The client is loaded for those alone who have a server. @throws {IndexError} */
export async function openQdrant(settings: NonNullable<Config['qdrant']>): Promise<PassageIndex> {
  const { openQdrantIndex } = await import('../retrieval/index/qdrant-index.ts');
  return openQdrantIndex(settings);
}

interface Two {
  old: PassageIndex;
  successor: PassageIndex;
}

/** Null where the successor serves. */
async function chooseBetween(
  { old, successor }: Two,
  { logger, move, embedder }: OpenIndexOptions,
): Promise<OpenedIndex | null> {
  const both = { old, successor };
  const standing = await (move === 'nothing' ? standingOf(both) : settleSuccession(both));
  // A move is of pages as they are. Until it is made, words alone rank what another embedder made
  // vectors of, and nothing comes beside those.
  const isMixed = standing === 'old' && embedder !== null && !(await isEmbeddedBy(old, embedder));
  if (standing === 'old' && move === 'move') return moveNow(both, { logger, isMixed });
  if (standing !== 'successor') {
    const { pages } = await old.count();
    const where = standing === 'old' ? 'and are served from there' : 'and are not searched';
    logger.warn(
      `QDRANT_URL is set and ${pages} pages are still in the embedded index ${where}: "npm run move-index" copies them into Qdrant, "npm start -- --move-index" does so while the bot runs.`,
    );
  }
  if (standing !== 'old') return null;
  await successor.close();
  return { index: isMixed ? withoutDense(old) : old, close: () => old.close() };
}

function moveNow(
  { old, successor }: Two,
  { logger, isMixed }: { logger: Logger; isMixed: boolean },
): OpenedIndex {
  const stop = new AbortController();
  const { index, move } = moveWhileServing({ old, successor });
  let told = 0;
  const moving = move({
    signal: stop.signal,
    onProgress({ moved, total }) {
      const tenth = Math.floor((moved * 10) / Math.max(1, total));
      if (tenth === told) return;
      told = tenth;
      logger.info(`Moving the index to Qdrant: ${moved} of ${total} pages.`);
    },
  }).then(
    () => logger.info('The index has moved to Qdrant, which serves it now.'),
    (error: unknown) => {
      if (stop.signal.aborted) return;
      logger.error(
        { err: error },
        'The index could not be moved to Qdrant and is served as before; "npm run move-index" goes on with it.',
      );
    },
  );
  return {
    index: isMixed ? withoutDense(index) : index,
    async close() {
      stop.abort();
      await moving;
      await Promise.all([old.close(), successor.close()]);
    },
  };
}
