import type { Alignment } from '../align.ts';
import { wordWeight } from './overlap.ts';
import { scaleFactor } from '../number-words.ts';
import { isGrading } from '../polarity.ts';
import { compareTerms, isFact, termWeight, type Statement, type Term } from '../statement.ts';

type Word = Extract<Term, { kind: 'word' | 'name' }>;

/**
 * Whether words that a claim has and its source lacks stand where the source has other ones: «самое
 * пресное» for «самое глубокое». They may be synonyms, which comparing words cannot know.
 */
export function hasExchangedWords(
  { gaps, shared }: Alignment,
  { claim, found, missing }: { claim: Statement; found: Statement; missing: readonly Term[] },
): boolean {
  return gaps.some((gap) => {
    const own = gap.claim.filter(
      (term): term is Word =>
        isTelling(term) &&
        !shared.has(term) &&
        // A unit that was converted is neither missing nor there.
        (missing.includes(term) || occurrences(term, found) > 0 || isTellingStop(term)),
    );
    const lost = gap.found.filter((other) => occurrences(other, found) > occurrences(other, claim));
    const rivals = lost.filter(isTelling);
    const facts = lost.filter(isFact);
    return own.some((term) => {
      // "Fifth" is a number and "main" is none; "thousand" by itself is a word.
      if (facts.some((fact) => isWritten(fact) || scaleFactor(term.word) !== null)) return true;
      return rivals.some((other) => !areAlike(term, other));
    });
  });
}

/** Words of a claim that nothing known has, nor one of the same root, and that are not just filling. */
export function addedWords(missing: readonly Term[], known: readonly Statement[]): Term[] {
  return missing.filter(
    (term) =>
      isWord(term) &&
      termWeight(term) > 0 &&
      (wordWeight(term.stem) > lightUpTo || isGrading(term.word)) &&
      !known.some(({ terms }) =>
        terms.some(
          (other) =>
            isWord(other) && (compareTerms(term, other) === 'same' || areAlike(term, other)),
        ),
      ),
  );
}

function occurrences(term: Term, { terms }: Statement): number {
  return terms.filter((other) => compareTerms(term, other) === 'same').length;
}

/** Of one root: «основание» and «основал». */
function areAlike({ word: one }: Word, { word: other }: Word): boolean {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return shared >= 4 && shared >= Math.max(one.length, other.length) * 0.6;
}

function isWritten(fact: Term): boolean {
  return fact.kind === 'figure' && fact.figure.isWritten;
}

function isTelling(term: Term): term is Word {
  return isWord(term) && (termWeight(term) > 0 || isTellingStop(term));
}

function isTellingStop(term: Term): boolean {
  return term.kind === 'word' && tellingStops.has(term.word);
}

function isWord(term: Term): term is Word {
  return term.kind === 'word' || term.kind === 'name';
}

// Words as frequent as "also" and "called" add nothing that can be wrong.
const lightUpTo = 1.6;

// Small words that set how much, how sure and when; the rest of them join other words.
const tellingStops = new Set(
  `all each every both some any few many most more less least none only before after during since until
   above below over under with without must should could may might can
   все всех всем всеми каждый каждая каждое только лишь самый самая самое самые более менее больше меньше
   до после между без под над может могут мог могли должен должна должно должны можно нужно`.split(
    /\s+/u,
  ),
);
