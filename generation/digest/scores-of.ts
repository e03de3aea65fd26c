import type { Fact, FactTable } from './fact.ts';
import { isRussianBenchmark } from './facts/benchmarks.ts';

export type ScoreFact = Extract<Fact, { kind: 'score' }>;

/** One benchmark with the release's own score and those of others beside it. */
export interface Comparison {
  benchmark: string;
  own: ScoreFact;
  others: readonly ScoreFact[];
}

/**
 * The scores that a post has room for: with others beside them first, of benchmarks in the order of
 * the pages. What pages say differently is left out.
 */
export function comparisonsOf(
  { facts, conflicts }: FactTable,
  { most = 4, russian = null }: { most?: number; russian?: boolean | null } = {},
): Comparison[] {
  const disputed = new Set(conflicts.flatMap(({ facts: stated }) => stated));
  const scores = facts.filter((fact): fact is ScoreFact => fact.kind === 'score');
  const comparisons = new Map<string, Comparison>();
  for (const own of scores) {
    const { benchmark, isOwn, from } = own.score;
    if (!isOwn || from !== null || disputed.has(own) || comparisons.has(benchmark)) continue;
    if (russian !== null && isRussianBenchmark(benchmark) !== russian) continue;
    const others = scores.filter(
      ({ score, address, kind }) =>
        kind === 'score' &&
        !score.isOwn &&
        score.system !== null &&
        score.from === null &&
        score.benchmark === benchmark &&
        address === own.address &&
        isOneMeasure(score.amount.value, own.score.amount.value),
    );
    comparisons.set(benchmark, { benchmark, own, others: others.slice(0, 2) });
  }
  const all = [...comparisons.values()];
  return [
    ...all.filter(({ others }) => others.length > 0),
    ...all.filter(({ others }) => others.length === 0),
  ].slice(0, most);
}

/** Scores of the release that rose, or fell. */
export function changesOf({ facts }: FactTable): ScoreFact[] {
  return facts.filter(
    (fact): fact is ScoreFact =>
      fact.kind === 'score' && fact.score.from !== null && fact.score.isOwn,
  );
}

/** A share of one beside a percentage is another measure. */
function isOneMeasure(one: number, other: number): boolean {
  return one <= 1 === other <= 1 && one > 100 === other > 100;
}
