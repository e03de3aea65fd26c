import { closestPassages } from '../../citations/claims/closest-passages.ts';
import { isDisowned } from '../../citations/claims/disowned.ts';
import { askSecondOpinion } from '../../citations/claims/second-opinion.ts';
import type { Opinion, SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { findDifference } from '../../citations/find-difference.ts';
import { contains } from '../../citations/matching.ts';
import { readPassage } from '../../citations/passage-reading.ts';
import { isFact, readStatement } from '../../citations/statement.ts';
import type { Passage } from '../../retrieval/passage.ts';

import type { CheckedClaim } from './check-event.ts';
import { evidenceOf } from './judge-claim.ts';

/** A claim that words did not decide, with what was read for it. */
export interface UndecidedClaim {
  at: number;
  claim: CheckedClaim;
  passages: readonly Passage[];
}

export interface SecondLook {
  /** Those that the judge has decided. */
  decided: { at: number; claim: CheckedClaim }[];
  /** Why there is no opinion; null otherwise. */
  fault: unknown;
}

/**
 * Asks a judge about all undecided claims in one call. It decides only with a quote, never against a
 * figure, date or name that the quoted page has otherwise or not at all.
 */
export async function lookAgain(
  undecided: readonly UndecidedClaim[],
  judge: SecondOpinion,
  { signal, deadlineMs }: { signal: AbortSignal; deadlineMs: number },
): Promise<SecondLook> {
  const asked = undecided
    .map((one) => ({ ...one, passages: closestPassages(one.claim.text, one.passages).slice(0, 4) }))
    .filter(({ passages }) => passages.length > 0);
  const { opinions, fault } = await askSecondOpinion(
    judge,
    asked.map(({ claim, passages }) => ({
      claim: claim.text,
      passages: passages.map(({ text }) => text),
    })),
    { signal, deadlineMs },
  );
  const decided = asked.flatMap(({ at, claim, passages }, index) => {
    const opinion = opinions[index];
    const changed = opinion ? decide(claim, passages, opinion) : null;
    return changed === null ? [] : [{ at, claim: changed }];
  });
  return { decided, fault };
}

function decide(
  claim: CheckedClaim,
  passages: readonly Passage[],
  { verdict, quote }: Opinion,
): CheckedClaim | null {
  if (quote === null || (verdict !== 'supported' && verdict !== 'contradicted')) return null;
  const passage = passages.find(({ text }) => text.includes(quote));
  if (passage === undefined || isDisowned(quote, passage, claim.text)) return null;
  const { whole, context } = readPassage(passage);
  const { terms } = readStatement(claim.text);
  const isThere = (term: (typeof terms)[number]): boolean =>
    contains(whole, term) || (!isFact(term) && contains(context, term));
  const names = terms.filter((term) => term.kind === 'name' && term.isCertain);
  if (verdict === 'supported') {
    // A judge may overlook a figure; comparing does not.
    if (!terms.filter(isFact).every(isThere) || !names.every(isThere)) return null;
    const evidence = [evidenceOf(passage, quote, 'for', null)];
    return { ...claim, verdict: 'confirmed', evidence, isSecondOpinion: true };
  }
  // It must at least speak of the same thing.
  if (names.length > 0 && !names.some(isThere)) return null;
  const difference = findDifference(claim.text, quote);
  const told = difference?.found === null && difference.kind !== 'negation' ? null : difference;
  const evidence = [evidenceOf(passage, quote, 'against', told)];
  return { ...claim, verdict: 'contradicted', evidence, isSecondOpinion: true };
}
