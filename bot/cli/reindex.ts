import { loadEnvironment, readConfig, secretsOf } from '../config.ts';
import { createLocales } from '../locales/locale.ts';
import { createLogger } from '../logger.ts';
import { runProgram } from '../run-program.ts';

import { runReindex } from './run-reindex.ts';

if (import.meta.main) await runProgram(reindexInTerminal);

async function reindexInTerminal(signal: AbortSignal): Promise<number> {
  const environment = loadEnvironment();
  const config = readConfig(environment);
  const logger = createLogger({ level: config.logLevel ?? 'error', secrets: secretsOf(config) });
  const { compose } = await import('../compose.ts');
  const app = await compose(config, { logger });
  try {
    return await runReindex({
      reindexer: app.sources.reindexer,
      args: process.argv.slice(2),
      locale: createLocales().of(environment['LANG']),
      stdout: process.stdout,
      stderr: process.stderr,
      signal,
    });
  } finally {
    await app.close();
  }
}
