import { compareTerms, type Statement, type Term } from '../statement.ts';
import { isUnmistakableName } from '../names.ts';
import { wordOf } from './governors.ts';
import type { SaidPlaces } from './said-places.ts';

/**
 * Whether a claim leaves out of a designation what makes it another one: "iPhone 15" of "iPhone 15
 * Pro", "GPT-4o" of "GPT-4o mini", «72B» of «72B-Instruct».
 */
export function isOtherVariant({ claim, found, places }: SaidPlaces): boolean {
  return places.some(
    ({ term, same }) =>
      same.length > 0 &&
      same.every((other) => {
        const suffix = suffixOf(found, found.terms.indexOf(other));
        return suffix !== null && !claim.terms.some((own) => compareTerms(own, suffix) === 'same');
      }) &&
      suffixOf(claim, claim.terms.indexOf(term)) === null,
  );
}

/** What goes on after a designation: a name joined to it, or a word that product lines are graded by. */
function suffixOf({ terms, text }: Statement, at: number): Term | null {
  const head = terms[at];
  const next = terms[at + 1];
  if (head === undefined || next === undefined || !isDesignation({ terms, text }, at)) return null;
  const gap = text.slice(head.end, next.start);
  const isJoined = gap === '-' && next.kind === 'name';
  const isGraded =
    (gap === ' ' || gap === '-') &&
    (grades.test(wordOf(next)) || capitalGrades.test(text.slice(next.start, next.end)));
  return isJoined || isGraded ? next : null;
}

/** A name with a digit in it, or a number after a name. */
function isDesignation({ terms, text }: Statement, at: number): boolean {
  const term = terms[at];
  if (term === undefined) return false;
  const raw = text.slice(term.start, term.end);
  if (term.kind === 'name') return isUnmistakableName(raw) && /\p{N}/u.test(raw);
  const before = terms[at - 1];
  if (term.kind !== 'figure' || before === undefined) return false;
  const gap = text.slice(before.end, term.start);
  return gap === '-' || (gap === ' ' && before.kind === 'name');
}

const grades =
  /^(?:pro|max|mini|ultra|lite|nano|micro|turbo|flash|preview|instruct|макс|мини|ультра|лайт)$/u;
// Common words unless they are capital.
const capitalGrades = /^(?:Plus|Light|Air|Chat|Base|Vision|Coder|SE|XL|Про|Плюс)$/u;
