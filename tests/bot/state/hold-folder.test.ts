import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { StateError } from '../../../bot/state/database.ts';
import { holdFolder } from '../../../bot/state/hold-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MODULE = new URL('../../../bot/state/hold-folder.ts', import.meta.url).href;

/** Another program that holds the folder, and says so on standard output. */
async function startHolder(folder: string) {
  const script = `const { holdFolder } = await import(${JSON.stringify(MODULE)});
    await holdFolder({ folder: ${JSON.stringify(folder)} });
    console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('a second program is refused with a sentence, and served once the first was killed', async () => {
  await using folder = await temporaryFolder();
  const holder = await startHolder(folder.path);
  await expect(holdFolder({ folder: folder.path, waitMs: 0 })).rejects.toThrow(
    new StateError(
      `Another bot is running on the data folder ${folder.path}: stop it, or set DATA_DIR to another folder.`,
    ),
  );
  const waiting = holdFolder({ folder: folder.path, retryMs: 5 });
  holder.kill('SIGKILL');
  const letGo = await waiting;
  await expect(holdFolder({ folder: folder.path, waitMs: 0 })).rejects.toThrow(StateError);
  letGo();
  (await holdFolder({ folder: folder.path, waitMs: 0 }))();
});

test('a wait that is called off ends', async () => {
  await using folder = await temporaryFolder();
  const letGo = await holdFolder({ folder: folder.path });
  const stop = new AbortController();
  const waiting = holdFolder({ folder: folder.path, signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toThrow(StateError);
  letGo();
});
