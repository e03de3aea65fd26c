import { negatedTerms } from '../polarity.ts';
import { compareTerms, isFact, readStatement, type Statement, type Term } from '../statement.ts';

/**
 * Whether a sentence has a figure, date or name of a claim only to say that it is not so: «671
 * миллиард, а не 617», "rather than Pasteur".
 */
export function isSetAside(claim: string, sentence: string): boolean {
  const said = readStatement(claim);
  const denied = negatedTerms(said);
  const found = readStatement(sentence);
  const aside = termsSetAside(found);
  return said.terms.some((term) => {
    if (!isFact(term) && term.kind !== 'name') return false;
    const same = found.terms.filter((other) => compareTerms(term, other) === 'same');
    return same.length > 0 && same.every((other) => aside.has(other) !== denied.has(term));
  });
}

/** What a sentence names only to say that it is not what is meant. */
export function termsSetAside(statement: Statement): Set<Term> {
  const aside = negatedTerms(statement);
  for (const match of statement.text.matchAll(instead)) {
    const end = match.index + match[0].length;
    const next = statement.terms.find(
      (term) => term.start >= end && !(term.kind === 'word' && term.isStop),
    );
    if (next !== undefined) aside.add(next);
  }
  return aside;
}

const instead =
  /(?<!\p{L})(?:вместо|нежели|instead of|rather than|as opposed to|unlike)(?!\p{L})/giu;
