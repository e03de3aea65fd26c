import { alignStatements, type Alignment } from '../align.ts';
import { compareTerms, termWeight, type Statement, type Term } from '../statement.ts';

/** Where a sentence has the telling words of a claim. */
export interface SaidPlaces {
  claim: Statement;
  found: Statement;
  alignment: Alignment;
  /**
   * In the order of the claim, with what answers in the sentence: the one term in the same order, or
   * all others that say the same. What the sentence lacks is not listed.
   */
  places: { term: Term; same: Term[] }[];
}

/** Finds the telling words of a claim in a sentence. */
export function findSaid(claim: Statement, found: Statement): SaidPlaces {
  const alignment = alignStatements(claim, found);
  const places = claim.terms.flatMap((term) => {
    if (termWeight(term) === 0) return [];
    const aligned = alignment.pairs.get(term);
    const same =
      aligned === undefined
        ? found.terms.filter((other) => compareTerms(term, other) === 'same')
        : [aligned];
    return same.length === 0 ? [] : [{ term, same }];
  });
  return { claim, found, alignment, places };
}

/** Whether a claim has a term of the sentence, anywhere. */
export function isSaid({ claim }: SaidPlaces, term: Term): boolean {
  return claim.terms.some((own) => compareTerms(own, term) === 'same');
}
