/**
 * How often a property is tried, by its share, in percent, of all runs, and with which changes.
 * `npm run test:fuzz` makes ten thousand runs, `npm test` a taste. The same seed tries the same
 * changes, so that a change of the code is what a new failure means; FUZZ_SEED tries others.
 */
export function fuzzRuns(percent: number): { numRuns: number; seed: number } {
  const all = Number(process.env['FUZZ_RUNS'] ?? 200);
  return {
    numRuns: Math.ceil((all * percent) / 100),
    seed: Number(process.env['FUZZ_SEED'] ?? 2026),
  };
}
