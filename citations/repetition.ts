import { readStance } from './claims/stance.ts';
import type { PassageReading } from './passage-reading.ts';
import { negatedTerms } from './polarity.ts';
import { compareTerms, type Statement, type Term } from './statement.ts';

/** The claim word by word inside one sentence that says it itself, with nothing that takes it back. */
export function isRepeated(claim: Statement, reading: PassageReading): boolean {
  if (claim.terms.length === 0) return false;
  return reading.sentences.some((sentence) => {
    const negated = negatedTerms(sentence);
    const denied = negatedTerms(claim);
    for (let at = 0; at + claim.terms.length <= sentence.terms.length; at += 1) {
      const isHere = claim.terms.every((term, offset) => {
        const other = sentence.terms[at + offset];
        return (
          other !== undefined && isIdentical(term, other) && negated.has(other) === denied.has(term)
        );
      });
      if (!isHere) continue;
      const isWhole = claim.terms.length === sentence.terms.length && !/\?/u.test(sentence.text);
      return isWhole || readStance(claim, sentence) === null;
    }
    return false;
  });
}

function isIdentical(claim: Term, found: Term): boolean {
  if ('word' in claim && 'word' in found) return claim.word === found.word;
  if (claim.kind === 'figure' && found.kind === 'figure') {
    if (claim.figure.unit !== found.figure.unit) return false;
  }
  return claim.kind === found.kind && compareTerms(claim, found) === 'same';
}
