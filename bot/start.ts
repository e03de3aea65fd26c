import type { Logger } from 'pino';

import type { Ask } from '../generation/answer/answer-event.ts';

import { runChat } from './cli/chat.ts';
import type { RunChatOptions } from './cli/chat.ts';
import { secretsOf } from './config.ts';
import type { Config } from './config.ts';
import { createBot } from './create-bot.ts';
import { createLogger } from './logger.ts';
import type { LoggerOptions } from './logger.ts';
import { runBot } from './run-bot.ts';
import { createConversations } from './state/conversations.ts';
import { openDatabase } from './state/database.ts';
import { keepHeartbeat } from './state/heartbeat.ts';

/** Puts the parts together as the settings say. */
export type Compose = (
  config: Config,
  options: { logger: Logger },
) => Promise<{ ask: Ask; close(): Promise<void> }>;

export interface StartOptions {
  config: Config;
  compose: Compose;
  stdin: RunChatOptions['stdin'];
  stdout: RunChatOptions['stdout'];
  /** Aborted by a signal to stop. */
  signal: AbortSignal;
  logDestination?: LoggerOptions['destination'];
}

/**
 * Runs the bot, or without a token a chat in the terminal, until it is told to stop.
 * @throws what keeps it from running, with a sentence as its message.
 */
export async function start({
  config,
  compose,
  stdin,
  stdout,
  signal,
  logDestination,
}: StartOptions): Promise<void> {
  const { token } = config.telegram;
  const logger = createLogger({
    // In a chat, lines of the log would stand between those of the conversation.
    level: config.logLevel ?? (token === null ? 'error' : 'info'),
    secrets: secretsOf(config),
    ...(logDestination !== undefined && { destination: logDestination }),
  });
  for (const warning of config.warnings) logger.warn(warning);
  const { ask, close } = await compose(config, { logger });
  try {
    if (token === null) await runChat({ ask, stdin, stdout, signal });
    else await runUntilStopped({ config, token, ask, logger, signal });
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
}

async function runUntilStopped({ config, token, ask, logger, signal }: BotRun): Promise<void> {
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
    const bot = createBot({
      token,
      apiRoot: config.telegram.apiRoot,
      ask,
      conversations: createConversations(database),
      logger,
      stopping: stopping.signal,
    });
    signal.addEventListener('abort', giveUp);
    let running;
    try {
      running = await runBot(bot, { logger, stopping, onPoll: () => heartbeat.beat() });
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
