import type { Alignment, Gap } from './align.ts';
import { countTheSame } from './figures.ts';
import { areOpposite } from './polarity.ts';
import { compareTerms, isFact, type Statement, type Term } from './statement.ts';

/** Whether the source has another figure or date where the claim has this one. */
export function isReplaced(fact: Term, { gaps }: Alignment): boolean {
  return gaps.some(
    (gap) => gap.claim.includes(fact) && gap.found.some((other) => isRival(fact, other)),
  );
}

function isRival(fact: Term, other: Term): boolean {
  return isFact(fact) && isFact(other) && compareTerms(fact, other) === 'different';
}

/** Whether only one of both can be right: two values of one thing. */
export function isOfSameKind(fact: Term, other: Term): boolean {
  if (!isRival(fact, other)) return false;
  if (fact.kind === 'date' && other.kind === 'date') return true;
  return (
    fact.kind === 'figure' && other.kind === 'figure' && countTheSame(fact.figure, other.figure)
  );
}

/** Whether the source has another name where the claim has one. */
export function hasChangedName({ gaps }: Alignment): boolean {
  return gaps.some(
    (gap) =>
      gap.claim.some((term) => term.kind === 'name' && term.isCertain) &&
      gap.found.some((term) => isCapital(term) || isFact(term)),
  );
}

/** The same for what may be a name: a first word is capital anyway: «Дэвис» against «Кикли», but also «Фирма» against «Компания». */
export function hasChangedCapital({ gaps }: Alignment): boolean {
  return gaps.some(
    (gap) =>
      gap.claim.some(isCapital) &&
      // A number may stand for a name: «Девятый Доктор».
      gap.found.some((term) => isCapital(term) || isFact(term)),
  );
}

function isCapital(term: Term): boolean {
  return term.kind === 'name' || (term.kind === 'word' && term.isCapital);
}

/** «выше» against «ниже» in one place, unless both say both. */
export function hasOpposites(gap: Gap, claim: Statement, found: Statement): boolean {
  return gap.claim.some(
    (one) =>
      'word' in one &&
      gap.found.some(
        (other) =>
          'word' in other &&
          areOpposite(one.word, other.word) &&
          !(hasWord(found, one.word) && hasWord(claim, other.word)),
      ),
  );
}

function hasWord({ terms }: Statement, word: string): boolean {
  return terms.some((term) => 'word' in term && term.word === word);
}
