import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Needs a browser: npm run test:browser.
    exclude: ['tests/browser/**'],
    pool: 'forks',
    // Half of the time is spent waiting for other programs, so three share even two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Tests that are marked as concurrent wait for other programs, not for this one.
    maxConcurrency: 10,
  },
});
