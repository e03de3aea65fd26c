import type { Passage, RankedPassage } from '../passage.ts';
import type { Arm, ArmHits } from './passage-index.ts';

export interface FuseOptions {
  weights?: Record<Arm, number>;
  /** The most passages that one page may take, so that one long page does not fill the list. */
  perPage?: number;
  limit: number;
}

/**
 * One list of the arms' lists, best first: each arm's scores are divided by its best one, weighted
 * and added up; an arm that did not find a passage adds nothing. Ties by passage id.
 */
export function fuseArms(
  hits: ArmHits,
  { weights = { terms: 1, grams: 1, dense: 1 }, perPage = 3, limit }: FuseOptions,
): RankedPassage[] {
  const ranked = [...addScores(hits, weights).values()].sort(byScoreThenId);
  const taken = new Map<string, number>();
  const fused: RankedPassage[] = [];
  for (const passage of ranked) {
    const before = taken.get(passage.pageUrl) ?? 0;
    if (fused.length === limit) break;
    if (before === perPage) continue;
    taken.set(passage.pageUrl, before + 1);
    fused.push(passage);
  }
  return fused;
}

function addScores(hits: ArmHits, weights: Record<Arm, number>): Map<string, RankedPassage> {
  const fused = new Map<string, RankedPassage>();
  for (const arm of ['terms', 'grams', 'dense'] as const) {
    const best = hits[arm][0]?.score ?? 1;
    for (const { passage, score } of hits[arm]) {
      const before = fused.get(passage.id)?.score ?? 0;
      fused.set(passage.id, { ...passage, score: before + (weights[arm] * score) / best });
    }
  }
  return fused;
}

function byScoreThenId(one: RankedPassage, other: RankedPassage): number {
  return other.score - one.score || compareIds(one, other);
}

function compareIds(one: Passage, other: Passage): number {
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
