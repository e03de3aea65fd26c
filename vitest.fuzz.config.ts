import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/fuzz/**/*.test.ts'],
    env: { FUZZ_RUNS: '10000' },
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 900_000,
    hookTimeout: 20_000,
  },
});
