import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadEnvironment, readConfig, secretsOf } from '../config.ts';
import { createLocales } from '../locales/locale.ts';
import { createLogger } from '../logger.ts';
import { runProgram } from '../run-program.ts';

import { runDigest } from './run-digest.ts';

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
