import { compareTerms, termWeight, type Statement, type Term } from './statement.ts';

/** Between two terms that both statements share in order: what only the one and only the other says. */
export interface Gap {
  claim: Term[];
  found: Term[];
}

export interface Alignment {
  /** Terms of the claim that the source has in the same order. */
  shared: Set<Term>;
  /** Of each of these, the one of the source. */
  pairs: Map<Term, Term>;
  gaps: Gap[];
}

/** Lays a claim beside a sentence of its source: the heaviest common subsequence of their terms. */
export function alignStatements(claim: Statement, found: Statement): Alignment {
  const best = scoreSubsequences(claim.terms, found.terms);
  const shared = new Set<Term>();
  const pairs = new Map<Term, Term>();
  const gaps: Gap[] = [];
  let gap: Gap = { claim: [], found: [] };
  let at = 0;
  let other = 0;
  while (at < claim.terms.length || other < found.terms.length) {
    const term = claim.terms[at];
    const opposite = found.terms[other];
    const here = best[at]?.[other] ?? 0;
    const weight = term && opposite ? pairWeight(term, opposite) : 0;
    if (term && opposite && weight > 0 && here === weight + (best[at + 1]?.[other + 1] ?? 0)) {
      shared.add(term);
      pairs.set(term, opposite);
      gaps.push(gap);
      gap = { claim: [], found: [] };
      at += 1;
      other += 1;
    } else if (term && (best[at + 1]?.[other] ?? -1) >= (best[at]?.[other + 1] ?? -1)) {
      gap.claim.push(term);
      at += 1;
    } else {
      if (opposite) gap.found.push(opposite);
      other += 1;
    }
  }
  gaps.push(gap);
  return { shared, pairs, gaps };
}

/** `scores[i][j]`: the weight that the rests from i and from j can share. */
function scoreSubsequences(claim: readonly Term[], found: readonly Term[]): number[][] {
  const scores = Array.from({ length: claim.length + 1 }, () =>
    Array.from({ length: found.length + 1 }, () => 0),
  );
  for (let at = claim.length - 1; at >= 0; at -= 1) {
    const row = scores[at];
    const next = scores[at + 1];
    const term = claim[at];
    if (!row || !next || !term) continue;
    for (let other = found.length - 1; other >= 0; other -= 1) {
      const opposite = found[other];
      const weight = opposite ? pairWeight(term, opposite) : 0;
      const matched = weight > 0 ? weight + (next[other + 1] ?? 0) : 0;
      row[other] = Math.max(matched, next[other] ?? 0, row[other + 1] ?? 0);
    }
  }
  return scores;
}

// Small words join up what the others leave open, and outweigh none of them.
const stopWeight = 1 / 64;

function pairWeight(claim: Term, found: Term): number {
  return compareTerms(claim, found) === 'same'
    ? Math.min(termWeight(claim), termWeight(found)) + stopWeight
    : 0;
}
