import { loadEnvironment, readConfig, secretsOf } from '../config.ts';
import { createLogger } from '../logger.ts';
import { runProgram } from '../run-program.ts';

import { runMoveIndex } from './run-move-index.ts';

if (import.meta.main) await runProgram(moveInTerminal);

async function moveInTerminal(signal: AbortSignal): Promise<number> {
  const config = readConfig(loadEnvironment());
  const logger = createLogger({ level: config.logLevel ?? 'error', secrets: secretsOf(config) });
  const { qdrant } = config;
  if (qdrant === null) {
    process.stderr.write('QDRANT_URL is not set, so there is nowhere to move the index to.\n');
    return 2;
  }
  const { openEmbedded, openQdrant } = await import('../open-index.ts');
  const old = await openEmbedded(config, logger);
  try {
    const successor = await openQdrant(qdrant);
    try {
      return await runMoveIndex({ old, successor, stdout: process.stdout, signal });
    } finally {
      await successor.close();
    }
  } finally {
    await old.close();
  }
}
