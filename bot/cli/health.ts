import { loadEnvironment, readConfig } from '../config.ts';
import { runProgram } from '../run-program.ts';
import { checkHeartbeat } from '../state/heartbeat.ts';

// For a container's health check: says how the bot is and exits with 0 when it is well.
if (import.meta.main) {
  await runProgram(async () => {
    const { dataDir } = readConfig(loadEnvironment());
    const { isHealthy, sentence } = checkHeartbeat({ folder: dataDir });
    process.stdout.write(`${sentence}\n`);
    return isHealthy ? 0 : 1;
  });
}
