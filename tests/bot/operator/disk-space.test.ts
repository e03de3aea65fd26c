import { expect, test } from 'vitest';

import { createLogger } from '../../../bot/logger.ts';
import { measureDisk, watchDiskSpace } from '../../../bot/operator/disk-space.ts';
import type { DiskSpace } from '../../../bot/operator/disk-space.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MINUTES = 60_000;
const GB = 1_000_000_000;

function watch(measure: (folder: string) => Promise<DiskSpace>) {
  const clock = manualClock();
  const said: string[] = [];
  const log: string[] = [];
  const stop = watchDiskSpace({
    folder: '/data',
    notices: {
      began: (fault, details) => void said.push(`+ ${fault}: ${details}`),
      ended: (fault) => void said.push(`- ${fault}`),
    },
    logger: createLogger({
      level: 'info',
      secrets: [],
      destination: { write: (line) => void log.push(line) },
    }),
    clock,
    measure,
  });
  return { clock, said, log, stop };
}

test('tells of a disk with less than half a gigabyte, and not of one around that to and fro', async () => {
  let free = 0.6 * GB;
  const { clock, said, stop } = watch(() => Promise.resolve({ total: 100 * GB, free }));
  await clock.advance(0);
  expect(said).toEqual([]);
  free = 0.4 * GB;
  await clock.advance(5 * MINUTES);
  expect(said).toEqual(['+ disk-low: 400 MB of 100000 MB are free']);
  free = 0.6 * GB;
  await clock.advance(5 * MINUTES);
  expect(said).toHaveLength(1);
  free = 0.7 * GB;
  await clock.advance(5 * MINUTES);
  expect(said.slice(1)).toEqual(['- disk-low']);
  stop();
  expect(clock.waiting).toBe(0);
});

test('a small disk is low at a tenth', async () => {
  let free = 0.11 * GB;
  const { clock, said, stop } = watch(() => Promise.resolve({ total: GB, free }));
  await clock.advance(0);
  expect(said).toEqual([]);
  free = 0.09 * GB;
  await clock.advance(5 * MINUTES);
  expect(said).toEqual(['+ disk-low: 90 MB of 1000 MB are free']);
  stop();
});

test('goes on looking after it could not, and says nothing of the space then', async () => {
  let isBroken = true;
  const { clock, said, log, stop } = watch(() =>
    isBroken ? Promise.reject(new Error('ENOENT')) : Promise.resolve({ total: GB, free: 0 }),
  );
  await clock.advance(0);
  expect(said).toEqual([]);
  expect(log.join('')).toContain('could not be measured');
  isBroken = false;
  await clock.advance(5 * MINUTES);
  expect(said).toHaveLength(1);
  stop();
});

test('measures a real disk', async () => {
  await using folder = await temporaryFolder();
  const { total, free } = await measureDisk(folder.path);
  expect(total).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(total);
  await expect(measureDisk(`${folder.path}/none`)).rejects.toThrow('ENOENT');
});
