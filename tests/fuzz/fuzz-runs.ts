/**
 * How often a property is tried: its share, in percent, of all runs. `npm run test:fuzz` makes ten
 * thousand of them, `npm test` a taste.
 */
export function fuzzRuns(percent: number): number {
  return Math.ceil((Number(process.env['FUZZ_RUNS'] ?? 200) * percent) / 100);
}
