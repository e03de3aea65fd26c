import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { keepHeartbeat } from '../../bot/state/heartbeat.ts';

const MAIN = fileURLToPath(new URL('../../bot/main.ts', import.meta.url));
const ASK = fileURLToPath(new URL('../../bot/cli/ask.ts', import.meta.url));
const HEALTH = fileURLToPath(new URL('../../bot/cli/health.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'istok-programs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** In a folder of its own, with no setting but those given. */
async function run(file: string, args: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [file, ...args], { cwd: folder, env: environment });
  child.stdin.end();
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, exitCode };
}

test('a wrong setting stops the start with its sentence and nothing else', async () => {
  expect(await run(MAIN, [], { BOT_TOKEN: 'secret-but-wrong' })).toEqual({
    out: '',
    err: 'BOT_TOKEN must be a token from @BotFather: digits, a colon, letters and digits.\n',
    exitCode: 1,
  });
});

test('settings come from .env in the working directory', async () => {
  writeFileSync(join(folder, '.env'), 'WIKIPEDIA=sometimes\n');
  const { err, exitCode } = await run(ASK, ['Кто?'], {});
  expect(err).toBe('WIKIPEDIA must be auto, on or off; it is "sometimes".\n');
  expect(exitCode).toBe(1);
});

test('wrong usage is told before any setting is read', async () => {
  const { out, err, exitCode } = await run(ASK, ['--lang', 'fr', 'Кто?'], { WIKIPEDIA: 'wrong' });
  expect(exitCode).toBe(2);
  expect(err).toContain('--lang must be ru or en; it is "fr".');
  expect(out).toBe('');
});

test('the health check says how the bot is by its exit code and a sentence', async () => {
  expect(await run(HEALTH, [], { DATA_DIR: folder })).toEqual({
    out: `No bot that uses ${folder} has heard from Telegram yet.\n`,
    err: '',
    exitCode: 1,
  });
  keepHeartbeat({ folder }).beat();
  const { out, exitCode } = await run(HEALTH, [], { DATA_DIR: folder });
  expect(out).toMatch(/^The bot last heard from Telegram \d+ s ago\.\n$/u);
  expect(exitCode).toBe(0);
});
