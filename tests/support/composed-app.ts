import { compose } from '../../bot/compose.ts';
import type { ComposedApp } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import type { Environment } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The whole program but for Telegram, as its settings put it together, in a folder of its own. */
export interface AppUnderTest extends ComposedApp, AsyncDisposable {
  /** Its data folder. */
  readonly folder: string;
  /** Lines of the log. */
  readonly log: readonly string[];
}

export async function composeApp(settings: Environment): Promise<AppUnderTest> {
  const folder = await temporaryFolder();
  const log: string[] = [];
  const logger = createLogger({
    level: 'warn',
    secrets: [],
    destination: { write: (line) => void log.push(line) },
  });
  const config = readConfig({ WIKIPEDIA: 'off', DATA_DIR: folder.path, ...settings });
  const app = await compose(config, { logger });
  return {
    ...app,
    folder: folder.path,
    log,
    async [Symbol.asyncDispose]() {
      await app.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
