import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkHeartbeat, keepHeartbeat } from '../../../bot/state/heartbeat.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'istok-heartbeat-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (time: string) => () => new Date(`2026-11-02T${time}Z`);

test('a bot that has just heard from Telegram is well', () => {
  keepHeartbeat({ folder, now: at('10:00:00') }).beat();
  expect(checkHeartbeat({ folder, now: at('10:02:00') })).toEqual({
    isHealthy: true,
    sentence: 'The bot last heard from Telegram 120 s ago.',
  });
});

test('a bot that has heard nothing for longer than that is not', () => {
  keepHeartbeat({ folder, now: at('10:00:00') }).beat();
  expect(checkHeartbeat({ folder, now: at('10:02:01') })).toEqual({
    isHealthy: false,
    sentence: 'The bot last heard from Telegram 121 s ago.',
  });
});

test('each beat replaces the one before', () => {
  let time = '10:00:00';
  const heartbeat = keepHeartbeat({ folder, now: () => at(time)() });
  heartbeat.beat();
  time = '10:30:00';
  heartbeat.beat();
  expect(checkHeartbeat({ folder, now: at('10:30:10') }).isHealthy).toBe(true);
});

test('a bot that never heard from Telegram, or has stopped, is not well and leaves no file', () => {
  const never = {
    isHealthy: false,
    sentence: `No bot that uses ${folder} has heard from Telegram yet.`,
  };
  expect(checkHeartbeat({ folder })).toEqual(never);
  const heartbeat = keepHeartbeat({ folder });
  heartbeat.beat();
  heartbeat.end();
  expect(checkHeartbeat({ folder })).toEqual(never);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that holds no moment is no sign of life', () => {
  writeFileSync(join(folder, 'heartbeat'), 'yesterday, perhaps');
  expect(checkHeartbeat({ folder }).isHealthy).toBe(false);
});

test('a folder that cannot be written is told and stops nothing', () => {
  const failures: unknown[] = [];
  const gone = join(folder, 'gone');
  keepHeartbeat({ folder: gone, onFailure: (error) => failures.push(error) }).beat();
  expect(failures).toHaveLength(1);
});
