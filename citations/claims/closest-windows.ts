import { isFact, type Statement, type Term } from '../statement.ts';
import { wordWeight } from './overlap.ts';

const compared = 6;

/** The windows of a passage that share most with a claim at first sight, in their order. */
export function closestWindows(claim: Statement, windows: readonly Statement[]): Statement[] {
  if (windows.length <= compared) return [...windows];
  const claimed = new Map(claim.terms.map((term) => [keyOf(term), weightOf(term)]));
  const ranked = windows.map((window) => {
    const keys = new Set(window.terms.map(keyOf));
    let weight = 0;
    for (const key of keys) weight += claimed.get(key) ?? 0;
    return { window, weight };
  });
  const kept = new Set(
    ranked
      .toSorted((one, other) => other.weight - one.weight)
      .slice(0, compared)
      .map(({ window }) => window),
  );
  return windows.filter((window) => kept.has(window));
}

/** Facts of one kind count as alike here: which of them say the same is for later. */
function keyOf(term: Term): string {
  return isFact(term) ? 'fact' : term.stem;
}

function weightOf(term: Term): number {
  return isFact(term) ? 1 : wordWeight(term.stem);
}
