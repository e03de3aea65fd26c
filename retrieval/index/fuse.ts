import type { Passage, RankedPassage } from '../passage.ts';
import { contentStems } from '../text/stop-words.ts';
import { stems, tokenize } from '../text/terms.ts';
import type { Arm, ArmHit, ArmHits } from './passage-index.ts';

export interface FuseOptions {
  weights?: Record<Arm, number>;
  /** The most passages that one page may take, so that one long page does not fill the list. */
  perPage?: number;
  limit: number;
  /** Tells how much of it was found by words: the less, the more meaning may say. */
  question?: string;
}

/**
 * One list of the arms' lists, best first. Words and 4-grams: each score is divided by the arm's best
 * one, weighted and added up. Meaning adds to that as far as it agrees with them on what is best: a
 * weak embedder would lower the order that words alone give (Bruch et al., "An Analysis of Fusion
 * Functions for Hybrid Retrieval", 2023, for scores over ranks). An arm that did not find a passage
 * adds nothing. Ties by passage id.
 */
export function fuseArms(
  hits: ArmHits,
  { weights = { terms: 1, grams: 1, dense: 1 }, perPage = 3, limit, question }: FuseOptions,
): RankedPassage[] {
  const byWords = new Map<string, RankedPassage>();
  addShares(byWords, hits.terms, { weight: weights.terms, floor: 0 });
  addShares(byWords, hits.grams, { weight: weights.grams, floor: 0 });
  const best = [...byWords.values()].sort(byScoreThenId);
  const trust = Math.max(agreement(best, hits.dense), helplessness(best, hits.dense, question));
  const fused = new Map(byWords);
  // Cosines of any two texts are far from 0: what the last of the list has is taken for nothing.
  const floor = byWords.size === 0 ? 0 : (hits.dense.at(-1)?.score ?? 0);
  addShares(fused, hits.dense, { weight: weights.dense * trust, floor });
  return capPages([...fused.values()].sort(byScoreThenId), { perPage, limit });
}

/** Adds how far each score is from the floor to the best one, times the weight. */
function addShares(
  fused: Map<string, RankedPassage>,
  list: readonly ArmHit[],
  { weight, floor }: { weight: number; floor: number },
): void {
  const best = list[0]?.score ?? 0;
  const range = best > floor ? best - floor : 1;
  for (const { passage, score } of list) {
    const before = fused.get(passage.id)?.score ?? 0;
    const share = best > floor ? (score - floor) / range : 1;
    fused.set(passage.id, { ...passage, score: before + weight * share });
  }
}

/**
 * 0 to 1: grows with the cube of the share of the best passages that both have among their best, so
 * that what may be chance counts for little. Ten are looked at, fewer where few were found.
 */
function agreement(byWords: readonly Passage[], dense: readonly ArmHit[]): number {
  if (byWords.length === 0 || dense.length === 0) return 1;
  const looked = Math.min(10, Math.ceil(Math.max(byWords.length, dense.length) / 4));
  const best = new Set(byWords.slice(0, looked).map(({ id }) => id));
  const shared = dense.slice(0, looked).filter(({ passage }) => best.has(passage.id)).length;
  return Math.min(1, 2 * (shared / looked) ** 3);
}

/**
 * 0 to 1: above 0 when the best that words found holds less than a fifth of the question's words. A
 * question in another language than its pages is found by meaning alone.
 */
function helplessness(
  byWords: readonly Passage[],
  dense: readonly ArmHit[],
  question: string | undefined,
): number {
  const [best] = byWords;
  if (question === undefined || best === undefined || dense.length === 0) return 0;
  const asked = new Set(contentStems(tokenize(question)));
  if (asked.size === 0) return 0;
  const held = new Set(stems(`${best.title}\n${best.heading ?? ''}\n${best.text}`));
  const found = [...asked].filter((stem) => held.has(stem)).length;
  return Math.max(0, 1 - (5 * found) / asked.size);
}

function capPages(
  ranked: readonly RankedPassage[],
  { perPage, limit }: { perPage: number; limit: number },
): RankedPassage[] {
  const taken = new Map<string, number>();
  const kept: RankedPassage[] = [];
  for (const passage of ranked) {
    const before = taken.get(passage.pageUrl) ?? 0;
    if (kept.length === limit) break;
    if (before === perPage) continue;
    taken.set(passage.pageUrl, before + 1);
    kept.push(passage);
  }
  return kept;
}

function byScoreThenId(one: RankedPassage, other: RankedPassage): number {
  return other.score - one.score || compareIds(one, other);
}

function compareIds(one: Passage, other: Passage): number {
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
