import type { RankedPassage } from '../passage.ts';
import type { Reranker } from './reranker.ts';

/** As many passages as a reranker can judge while somebody waits. */
export const RERANKED_AT_MOST = 30;

/**
 * The first passages in the reranker's order, the others behind them as they were. Scores stay those
 * of the fusion, since what decides whether to answer was fitted to them: the reranker gives the
 * order, and each place keeps the score that it had.
 * @throws {RerankError} and then the caller keeps its order
 */
export async function rerank(
  passages: readonly RankedPassage[],
  {
    question,
    reranker,
    first = RERANKED_AT_MOST,
    signal,
  }: { question: string; reranker: Reranker; first?: number; signal: AbortSignal },
): Promise<RankedPassage[]> {
  const judged = passages.slice(0, first);
  if (judged.length < 2) return [...passages];
  const scores = await reranker.score(
    question,
    judged.map(({ title, text }) => `${title}\n${text}`),
    { signal },
  );
  const order = judged
    .map((passage, at) => ({ passage, score: scores[at] ?? 0 }))
    // Equal ones stay in the fused order, since sorting is stable.
    .sort((one, other) => other.score - one.score);
  const reranked = order.map(({ passage }, at) => ({
    ...passage,
    score: judged[at]?.score ?? passage.score,
  }));
  return [...reranked, ...passages.slice(first)];
}
