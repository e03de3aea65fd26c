import type { PassageReading } from './passage-reading.ts';
import type { Support } from './comparison.ts';
import { countTheSame } from './figures.ts';
import { negatedTerms } from './polarity.ts';
import { compareTerms, isFact, termWeight, type Statement, type Term } from './statement.ts';

/**
 * Compares a claim with passages in the other language. Stems never meet there, so figures, dates
 * and names (by their consonants) have to carry the claim; where they are few, it stays `partly`.
 */
export function checkForeignSupport(
  claim: Statement,
  readings: readonly PassageReading[],
): Support {
  const terms = claim.terms.filter(
    (term) => isFact(term) || (term.kind === 'name' && term.isCertain),
  );
  if (terms.length === 0) return { support: 0.4, verdict: 'partly' };

  const windows = readings.flatMap(({ sentences, pairs, context }) =>
    [...sentences, ...pairs].map((window) => ({
      window,
      missing: terms.filter((term) => !has(term, window, context)),
    })),
  );
  const [best] = windows.toSorted((one, other) => weigh(one.missing) - weigh(other.missing));
  if (best === undefined) return { support: 0, verdict: 'unsupported' };

  const lost = best.missing.filter(
    (term) => isFact(term) && !readings.some(({ whole }) => has(term, whole, null)),
  );
  if (lost.some(isHard)) {
    const isComparable = best.missing.length < terms.length;
    const closest = windows.filter(({ missing }) => weigh(missing) === weigh(best.missing));
    const isChanged = closest.some(({ window }) =>
      lost.some((term) => window.terms.some((other) => isOtherOfSameUnit(term, other))),
    );
    return isComparable && isChanged
      ? { support: 0.1, verdict: 'contradicted' }
      : { support: 0.2, verdict: 'unsupported' };
  }
  const content = weigh(claim.terms);
  const carried = weigh(terms) / content;
  const hasFact = terms.some((term) => isFact(term) && !isPartOfName(term, claim));
  const isSure = terms.length >= 2 && hasFact && carried >= 0.6 && !isDenied(claim, best.window);
  if (best.missing.length === 0 && isSure) {
    return { support: 0.85, verdict: 'supported' };
  }
  const found = 1 - weigh(best.missing) / weigh(terms);
  return { support: 0.4 + 0.3 * found, verdict: 'partly' };
}

/** "Qwen2.5-3B" has no figure that could be right or wrong. */
function isPartOfName({ start }: Term, { text }: Statement): boolean {
  return /[\p{L}\p{N}][-.]?$/u.test(text.slice(0, start));
}

/** Whether one of both denies something: which words are denied is not to be seen. */
function isDenied(claim: Statement, window: Statement): boolean {
  return (negatedTerms(claim).size === 0) !== (negatedTerms(window).size === 0);
}

/** «три» may stand for a word that counts nothing in the other language. */
function isHard(term: Term): boolean {
  return term.kind !== 'figure' || !term.figure.isWritten;
}

function has(term: Term, statement: Statement, context: Statement | null): boolean {
  const isHere = (other: Term): boolean => compareTerms(term, other) === 'same';
  return statement.terms.some(isHere) || (!isFact(term) && (context?.terms.some(isHere) ?? false));
}

function isOtherOfSameUnit(term: Term, other: Term): boolean {
  if (term.kind === 'date' && other.kind === 'date') return true;
  return (
    term.kind === 'figure' &&
    other.kind === 'figure' &&
    compareTerms(term, other) === 'different' &&
    countTheSame(term.figure, other.figure)
  );
}

function weigh(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + termWeight(term), 0);
}
