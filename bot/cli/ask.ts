import { loadEnvironment, readConfig, secretsOf } from '../config.ts';
import { createLogger } from '../logger.ts';
import { runProgram } from '../run-program.ts';

import { runAsk } from './run-ask.ts';

if (import.meta.main) await runProgram(askInTerminal);

async function askInTerminal(signal: AbortSignal): Promise<number> {
  // Composed at the first question, so that wrong usage is told at once.
  const composing: ReturnType<typeof composeFromEnvironment>[] = [];
  try {
    return await runAsk({
      async *ask(request, options) {
        if (composing.length === 0) composing.push(composeFromEnvironment());
        for (const composed of composing) yield* (await composed).ask(request, options);
      },
      args: process.argv.slice(2),
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal,
    });
  } finally {
    for (const settled of await Promise.allSettled(composing)) {
      if (settled.status === 'fulfilled') await settled.value.close();
    }
  }
}

async function composeFromEnvironment() {
  const config = readConfig(loadEnvironment());
  const logger = createLogger({ level: config.logLevel ?? 'error', secrets: secretsOf(config) });
  const { compose } = await import('../compose.ts');
  return compose(config, { logger });
}
