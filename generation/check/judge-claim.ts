import { findConfirmation } from '../../citations/find-confirmation.ts';
import { findContradiction } from '../../citations/find-contradiction.ts';
import type { Difference } from '../../citations/find-difference.ts';
import { quoteAddress } from '../../citations/quote-address.ts';
import type { Passage } from '../../retrieval/passage.ts';

import type { CheckedClaim, ClaimVerdict, Evidence } from './check-event.ts';

/** What pages say of a claim, by their words alone. */
export function judgeClaim(text: string, passages: readonly Passage[]): CheckedClaim {
  const confirmation = findConfirmation(text, passages);
  // A page that says both has been misread in one of the two.
  const others = passages.filter(({ pageUrl }) => pageUrl !== confirmation?.passage.pageUrl);
  const contradiction = findContradiction(text, others);
  const evidence: Evidence[] = [];
  if (confirmation !== null) {
    evidence.push(evidenceOf(confirmation.passage, confirmation.quote, 'for', null));
  }
  if (contradiction !== null) {
    const { passage, quote, difference } = contradiction;
    evidence.push(evidenceOf(passage, quote, 'against', difference));
  }
  return { text, verdict: verdictOf(evidence), reason: null, evidence, isSecondOpinion: false };
}

/** A quote of a passage as what decides. */
export function evidenceOf(
  passage: Passage,
  quote: string,
  stance: Evidence['stance'],
  difference: Difference | null,
): Evidence {
  const { pageUrl: url, title, site, publishedAt, fetchedAt, place, alsoAt } = passage;
  return {
    stance,
    quote,
    quoteUrl: quoteAddress(passage, quote),
    place,
    difference,
    page: { url, title, site, publishedAt, fetchedAt, ...(alsoAt !== undefined && { alsoAt }) },
  };
}

function verdictOf(evidence: readonly Evidence[]): ClaimVerdict {
  const stances = new Set(evidence.map(({ stance }) => stance));
  if (stances.size === 2) return 'disputed';
  if (stances.has('for')) return 'confirmed';
  return stances.has('against') ? 'contradicted' : 'not-found';
}
