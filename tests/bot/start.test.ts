import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from '../../bot/config.ts';
import type { Environment } from '../../bot/config.ts';
import { start } from '../../bot/start.ts';
import type { StartOptions } from '../../bot/start.ts';
import { checkHeartbeat } from '../../bot/state/heartbeat.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { scriptedAsk } from '../support/scripted-ask.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';

let folder: string;
let telegram: TestTelegram;
let log: string[];
let closed: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'istok-start-'));
  telegram = await startTelegram();
  log = [];
  closed = 0;
});
afterEach(async () => {
  await telegram.close();
  rmSync(folder, { recursive: true, force: true });
});

function options(environment: Environment): Omit<StartOptions, 'signal'> {
  const { ask } = scriptedAsk([{ type: 'answered', report: penicillinReport() }]);
  return {
    config: readConfig({ DATA_DIR: folder, ...environment }),
    token: environment['BOT_TOKEN'] ?? '',
    compose: async () => {
      return {
        ask,
        close: async () => {
          closed += 1;
        },
      };
    },
    logDestination: { write: (line: string) => log.push(line) },
  };
}

describe('with a token', () => {
  test('the bot answers until it is told to stop, then closes what it opened', async () => {
    const stop = new AbortController();
    const settings = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url };
    const started = start({ ...options(settings), signal: stop.signal });
    telegram.write('Кто открыл пенициллин?');
    const [sent] = await telegram.waitFor('sendMessage');
    expect(sent?.payload['text']).toContain('Флеминг');
    expect(checkHeartbeat({ folder }).isHealthy).toBe(true);
    stop.abort();
    await started;
    expect(closed).toBe(1);
    expect(readdirSync(folder)).toEqual(['bot.lock', 'istok.sqlite']);
    expect(log.join('')).toContain('"username":"istok_test_bot","msg":"the bot is running"');
    expect(log.join('')).not.toContain(telegram.token);
  });

  test('a stop while Telegram cannot be reached ends the wait', async () => {
    const stop = new AbortController();
    for (let index = 0; index < 20; index += 1) telegram.failNext('getMe', { type: 'hang-up' });
    const settings = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url };
    const started = start({ ...options(settings), signal: stop.signal });
    await telegram.waitFor('getMe', 2);
    expect(checkHeartbeat({ folder }).isHealthy).toBe(false);
    stop.abort();
    await started;
    expect(closed).toBe(1);
    expect(log.join('')).toContain('Telegram cannot be reached, trying again');
    expect(log.join('')).not.toContain(telegram.token);
  });

  test('a wrong token is told in a sentence, and what was opened is closed', async () => {
    const settings = { BOT_TOKEN: '1:wrong', TELEGRAM_API_ROOT: telegram.url };
    const { signal } = new AbortController();
    await expect(start({ ...options(settings), signal })).rejects.toThrow(
      'Telegram does not know this BOT_TOKEN: copy it again from @BotFather.',
    );
    expect(closed).toBe(1);
  });

  test('a data folder that cannot be written is told in a sentence', async () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const settings = { BOT_TOKEN: telegram.token, DATA_DIR: blocked };
    const { signal } = new AbortController();
    await expect(start({ ...options(settings), signal })).rejects.toThrow(
      /^The data folder \S+ cannot be written/u,
    );
    expect(telegram.calls).toEqual([]);
  });

  test('what happened to the database and what a setting does not do is logged', async () => {
    writeFileSync(join(folder, 'istok.sqlite'), 'no database at all '.repeat(100));
    const stop = new AbortController();
    const settings = {
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      OPENAI_API_KEY: 'sk-alone',
    };
    const started = start({ ...options(settings), signal: stop.signal });
    await telegram.waitFor('setMyCommands', 2);
    stop.abort();
    await started;
    expect(log.join('')).toContain('is damaged: it was set aside as ');
    expect(log.join('')).toContain('OPENAI_API_KEY is set without OPENAI_BASE_URL');
    expect(log.join('')).not.toContain('sk-alone');
  });
});
