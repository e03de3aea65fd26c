import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Logger } from 'pino';

import type { ChatModel } from '../../generation/models/chat-model.ts';
import { loadEnvironment, readConfig, secretsOf } from '../config.ts';
import type { Config } from '../config.ts';
import { createLocales } from '../locales/locale.ts';
import { createLogger } from '../logger.ts';
import { openDatabase, StateError } from '../state/database.ts';
import { createDigestPosts } from '../state/digest-posts.ts';
import { holdFolder } from '../state/hold-folder.ts';
import { runProgram } from '../run-program.ts';

import { runDigest } from './run-digest.ts';
import type { DigestQueue } from './run-digest.ts';

if (import.meta.main) await runProgram(digestInTerminal);

async function digestInTerminal(signal: AbortSignal): Promise<number> {
  const environment = loadEnvironment();
  const config = readConfig(environment);
  const logger = createLogger({ level: config.logLevel ?? 'error', secrets: secretsOf(config) });
  const { openDigest } = await import('../digest/open-digest.ts');
  const { openGigaChat } = await import('../connections/open-gigachat.ts');
  const { openModels } = await import('../open-models.ts');
  const gigachat = await openGigaChat(config);
  const models = await openModels(config, { health: { worked() {}, failed() {} }, gigachat });
  // What a dry run learns is not what the bot knows.
  const folder = mkdtempSync(join(tmpdir(), 'istok-digest-'));
  try {
    return await runDigest({
      open: () => openDigest(config, { folder, model: models.chat, logger }),
      openQueue: () => openQueue(config, { model: models.chat, logger, signal }),
      args: process.argv.slice(2),
      locale: createLocales().of(environment['LANG']),
      stdout: process.stdout,
      stderr: process.stderr,
      signal,
    });
  } finally {
    await gigachat?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a running bot has for itself. @throws {StateError} */
async function openQueue(
  config: Config,
  { model, logger, signal }: { model: ChatModel | null; logger: Logger; signal: AbortSignal },
): Promise<DigestQueue> {
  const { channel, dataDir, releases } = config;
  if (channel === null)
    throw new StateError('CHANNEL_ID is not set, so there is no queue to fill.');
  const { openDigest } = await import('../digest/open-digest.ts');
  const release = await hold(dataDir, signal);
  const { database } = openDatabase({ folder: dataDir });
  const digest = openDigest(config, { folder: dataDir, model, logger });
  return {
    digest,
    posts: createDigestPosts(database),
    maxPerDay: releases.maxPerDay,
    timeZone: channel.timeZone,
    async close() {
      await digest.close();
      database.close();
      release();
    },
  };
}

async function hold(folder: string, signal: AbortSignal): Promise<() => void> {
  try {
    return await holdFolder({ folder, waitMs: 0, signal });
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new StateError(
      `The bot is running on the data folder ${folder}: ask it with /digest now, or stop it first.`,
      { cause: error },
    );
  }
}
