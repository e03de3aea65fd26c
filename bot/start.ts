import type { Logger } from 'pino';

import type { Ask } from '../generation/answer/answer-event.ts';

import { secretsOf } from './config.ts';
import type { Config } from './config.ts';
import { createBot } from './create-bot.ts';
import { createLogger } from './logger.ts';
import type { LoggerOptions } from './logger.ts';
import type { OnStep } from './questions/step.ts';
import { runBot } from './run-bot.ts';
import { openDatabase } from './state/database.ts';
import { keepHeartbeat } from './state/heartbeat.ts';
import { createUpdateJournal } from './state/update-journal.ts';
import { createUpdateDesk } from './telegram/update-desk.ts';

/** Puts the parts together as the settings say. */
export type Compose = (
  config: Config,
  options: { logger: Logger },
) => Promise<{ ask: Ask; close(): Promise<void> }>;

export interface StartOptions {
  config: Config;
  compose: Compose;
  /** Of the bot. */
  token: string;
  /** Aborted by a signal to stop. */
  signal: AbortSignal;
  logDestination?: LoggerOptions['destination'];
  /** Told each step of each update: for tests of what a killed program does. */
  onStep?: OnStep;
}

/**
 * Runs the bot until it is told to stop.
 * @throws what keeps it from running, with a sentence as its message.
 */
export async function start({
  config,
  compose,
  token,
  signal,
  logDestination,
  onStep = () => {},
}: StartOptions): Promise<void> {
  const logger = createLogger({
    level: config.logLevel ?? 'info',
    secrets: secretsOf(config),
    ...(logDestination !== undefined && { destination: logDestination }),
  });
  for (const warning of config.warnings) logger.warn(warning);
  const { ask, close } = await compose(config, { logger });
  try {
    await runUntilStopped({ config, token, ask, logger, signal, onStep });
  } finally {
    await close();
  }
}

interface BotRun {
  config: Config;
  token: string;
  ask: Ask;
  logger: Logger;
  signal: AbortSignal;
  onStep: OnStep;
}

async function runUntilStopped({
  config,
  token,
  ask,
  logger,
  signal,
  onStep,
}: BotRun): Promise<void> {
  const { database, notices } = openDatabase({ folder: config.dataDir });
  for (const notice of notices) logger.warn(notice);
  const heartbeat = keepHeartbeat({
    folder: config.dataDir,
    onFailure: (error) => logger.warn({ err: error }, 'the heartbeat could not be written'),
  });
  try {
    const stopping = new AbortController();
    const giveUp = (): void => {
      stopping.abort();
    };
    const { bot, handle } = createBot({
      token,
      apiRoot: config.telegram.apiRoot,
      ask,
      hasModel: config.model !== null,
      database,
      logger,
      stopping: stopping.signal,
      onStep,
    });
    const journal = createUpdateJournal(database);
    const updates = createUpdateDesk({ journal, handle, logger, onStep });
    signal.addEventListener('abort', giveUp);
    let running;
    try {
      running = await runBot(bot, { updates, logger, stopping, onPoll: () => heartbeat.beat() });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    logger.info({ username: running.username }, 'the bot is running');
    await Promise.race([running.finished, whenAborted(signal)]);
    logger.info('the bot is stopping');
    await running.stop();
  } finally {
    heartbeat.end();
    database.close();
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
