import { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Ask } from '../generation/answer/answer-event.ts';
import type { Check } from '../generation/check/check-event.ts';
import type { FileLibrary } from '../retrieval/files/file-library.ts';

import type { ChooseWriter } from './compose.ts';
import { secretsOf } from './config.ts';
import type { Config } from './config.ts';
import { createBot } from './create-bot.ts';
import type { BotOptions } from './create-bot.ts';
import type { OpenedDigest } from './digest/open-digest.ts';
import { announceCommands } from './features/commands.ts';
import { createLocales } from './locales/locale.ts';
import { createLogger } from './logger.ts';
import type { LoggerOptions } from './logger.ts';
import { watchDiskSpace } from './operator/disk-space.ts';
import { createHealth } from './operator/health.ts';
import type { Health } from './operator/health.ts';
import type { KeptStats } from './operator/kept-stats.ts';
import { createOperatorNotices } from './operator/operator-notices.ts';
import type { OperatorNotices } from './operator/operator-notices.ts';
import { tidyIndex } from './operator/tidy-index.ts';
import type { TidyIndexOptions } from './operator/tidy-index.ts';
import type { OnStep } from './questions/step.ts';
import { runBot } from './run-bot.ts';
import type { RunOptions } from './run-bot.ts';
import { describeServices } from './services.ts';
import type { SourcesDesk } from './sources/sources-desk.ts';
import { createAdminCode } from './state/admin-code.ts';
import { createAdmins } from './state/admins.ts';
import { createChatSettings } from './state/chat-settings.ts';
import { openDatabase } from './state/database.ts';
import type { OpenedDatabase } from './state/database.ts';
import { keepHeartbeat } from './state/heartbeat.ts';
import { holdFolder } from './state/hold-folder.ts';
import { createUpdateJournal } from './state/update-journal.ts';
import { createUpdateDesk } from './telegram/update-desk.ts';

/** Puts the parts together as the settings say. */
export type Compose = (
  config: Config,
  options: { logger: Logger; health: Health; chooseWriter?: ChooseWriter },
) => Promise<{
  ask: Ask;
  check?: Check;
  /** What pages are kept in; it is tidied while the bot runs. */
  index?: TidyIndexOptions['index'];
  sources?: SourcesDesk;
  files?: FileLibrary;
  digest?: OpenedDigest | null;
  readKept?(): Promise<KeptStats>;
  close(): Promise<void>;
}>;

export interface StartOptions {
  config: Config;
  /** Of the bot. */
  token: string;
  compose: Compose;
  /** Aborted by a signal to stop. */
  signal: AbortSignal;
  logDestination?: LoggerOptions['destination'];
  /** Told each step of each update: for tests of what a killed program does. */
  onStep?: OnStep;
  /** What the bot is made with beside the settings: for tests that cannot wait. */
  botOptions?: Pick<BotOptions, 'pace' | 'now' | 'answerTimeoutMs'> &
    Pick<RunOptions, 'graceMs' | 'retryMs'>;
  /** How posts are sent to the channel. */
  publishing?: NonNullable<NonNullable<BotOptions['digest']>['publishing']>;
}

/**
 * Runs the bot until it is told to stop.
 * @throws what keeps it from running, with a sentence as its message.
 */
export async function start({
  config,
  token,
  compose,
  signal,
  logDestination,
  onStep = () => {},
  botOptions = {},
  publishing = {},
}: StartOptions): Promise<void> {
  const logger = createLogger({
    level: config.logLevel ?? 'info',
    secrets: secretsOf(config),
    ...(logDestination !== undefined && { destination: logDestination }),
  });
  for (const warning of config.warnings) logger.warn(warning);
  await using held = new AsyncDisposableStack();
  try {
    held.defer(await holdFolder({ folder: config.dataDir, signal }));
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const { database, notices } = openDatabase({ folder: config.dataDir });
  held.defer(() => database.close());
  for (const notice of notices) logger.warn(notice);
  await runOn(database, {
    config,
    token,
    compose,
    signal,
    logger,
    onStep,
    botOptions,
    publishing,
  });
}

interface BotRun {
  config: Config;
  token: string;
  compose: Compose;
  signal: AbortSignal;
  logger: Logger;
  onStep: OnStep;
  botOptions: NonNullable<StartOptions['botOptions']>;
  publishing: NonNullable<StartOptions['publishing']>;
}

async function runOn(
  database: OpenedDatabase['database'],
  { config, token, compose, signal, logger, onStep, botOptions, publishing }: BotRun,
): Promise<void> {
  const locales = createLocales();
  const settings = createChatSettings(database);
  const admins = createAdmins(database, { configuredIds: config.access.adminIds });
  const operatorApi = new Api(token, { apiRoot: config.telegram.apiRoot, timeoutSeconds: 30 });
  const notices = createOperatorNotices({
    database,
    adminIds: () => admins.ids(),
    localeOf(adminId) {
      const { language } = settings.of(adminId);
      return language === 'auto' ? locales.ru : locales[language];
    },
    tell: (adminId, text) => tellAdmin(operatorApi, adminId, text),
    logger,
  });
  const health = createHealth({ notices });
  const heartbeat = keepHeartbeat({
    folder: config.dataDir,
    onFailure: (error) => logger.warn({ err: error }, 'the heartbeat could not be written'),
  });
  const stopDiskWatch = watchDiskSpace({ folder: config.dataDir, notices, logger });
  await using opened = new AsyncDisposableStack();
  opened.defer(() => notices.settled());
  opened.defer(() => heartbeat.end());
  opened.defer(stopDiskWatch);
  const app = await compose(config, { logger, health });
  opened.defer(() => app.close());
  const adminCode = createAdminCode({
    admins,
    announce: (code) =>
      // Above `info`, so that a quiet log shows it too: without it nobody can run the bot.
      logger.warn(`Nobody runs this bot yet: send it "/admin ${code}" to become its admin.`),
  });
  const stopping = new AbortController();
  const { bot, desk, handle, apologize } = createBot({
    token,
    apiRoot: config.telegram.apiRoot,
    ask: app.ask,
    check: app.check ?? null,
    sources: app.sources ?? null,
    files: app.files ?? null,
    readKept: app.readKept ?? null,
    digest: digestOf(app.digest ?? null, config, { notices, publishing }),
    database,
    admins,
    adminCode,
    access: config.access,
    questionsPerDay: config.limits.questionsPerDay,
    services: describeServices(config),
    logger,
    locales,
    stopping: stopping.signal,
    onStep,
    ...botOptions,
  });
  const journal = createUpdateJournal(database);
  const running = await runBot(bot, {
    updates: createUpdateDesk({ journal, handle, onGivenUp: apologize, logger, onStep }),
    webhook: config.telegram.webhook,
    port: config.port,
    logger,
    signal,
    stopping,
    ...botOptions,
    onUpdates() {
      heartbeat.beat();
      health.worked('updates');
    },
    onNoUpdates: (error) => health.failed('updates', error),
    onLeftoverWebhook: (host) => notices.began('leftover-webhook', `it led to ${host}`),
  });
  if (running === null) return;
  logger.info({ username: running.username }, 'the bot is running');
  app.sources?.keepFresh();
  desk?.begin();
  if (app.index !== undefined) opened.defer(tidyIndex({ index: app.index, logger }));
  announceCommands(bot.api, { locales, adminIds: admins.ids() }).catch((error: unknown) => {
    logger.warn({ err: error }, 'the list of commands could not be set');
  });
  try {
    await Promise.race([running.finished, whenAborted(signal)]);
  } finally {
    logger.info('the bot is stopping');
    await Promise.all([desk?.close(), running.stop()]);
  }
}

function digestOf(
  digest: OpenedDigest | null,
  { channel, releases }: Config,
  parts: { notices: OperatorNotices; publishing: BotRun['publishing'] },
): NonNullable<BotOptions['digest']> | null {
  return digest === null || channel === null ? null : { digest, channel, releases, ...parts };
}

/** @throws what grammY throws, as for an admin who has not written to the bot yet: then it is said later. */
async function tellAdmin(api: Api, adminId: number, text: string): Promise<void> {
  await api.sendMessage(adminId, text, { link_preview_options: { is_disabled: true } });
}

function whenAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
