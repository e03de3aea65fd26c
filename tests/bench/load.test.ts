import { expect, test } from 'vitest';

import { runLoadBench, showLoad } from './load.ts';

test('a few chats that ask at once lose nothing, with and without failing calls', async () => {
  const result = await runLoadBench({ chats: 5, log: () => {}, deadlineMs: 15_000 });

  const expected = {
    chats: 5,
    questions: 7,
    lost: 0,
    duplicated: 0,
    failed: 0,
    p95Ms: expect.any(Number),
    eventLoopDelayP99Ms: expect.any(Number),
    peakRssMb: expect.any(Number),
  };
  expect(result).toMatchObject({
    ...expected,
    answered: 7,
    rejected: 0,
    faultsPlayed: 0,
    failing: expected,
  });
  expect(result.failing?.faultsPlayed).toBeGreaterThan(0);
  expect(result.peakRssMb).toBeGreaterThan(50);
  expect(showLoad(result)).toMatch(/^lost +0 +0$/mu);
}, 60_000);
