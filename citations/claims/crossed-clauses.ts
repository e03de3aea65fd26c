import { compareTerms, isFact, termWeight, type Statement, type Term } from '../statement.ts';
import { wordOf } from './governors.ts';

/**
 * Whether a claim takes its subject from one clause of a sentence and what it says from another, which
 * has a subject of its own: «Париж — столица Германии» of «Париж — столица Франции, а Берлин — …».
 */
export function isCrossed(claim: Statement, found: Statement): boolean {
  const clauses = clausesOf(found);
  if (clauses.length < 2) return false;
  const places = claim.terms
    .filter((term) => termWeight(term) > 0)
    .map((term) => ({
      term,
      within: clauses.filter((clause) =>
        clause.some((other) => compareTerms(term, other) === 'same'),
      ),
    }))
    .filter(({ within }) => within.length > 0);
  const subject = places[0];
  if (subject === undefined) return false;
  return clauses.some((clause) => {
    const opening = clause.find((term) => termWeight(term) > 0);
    if (opening === undefined || (clause === clauses[0] && false)) return false;
    const isOwn = places.some(({ term }) => compareTerms(term, opening) === 'same');
    if (isOwn || isFact(opening) || isLight(opening)) return false;
    const borrowed = places.filter(({ within }) => within.length === 1 && within[0] === clause);
    const rest = places.filter(({ within }) => !within.includes(clause));
    return borrowed.length > 0 && rest.length > 0 && opening.kind === 'name';
  });
}

function isLight(term: Term): boolean {
  return /^(?:then|later|now|afterwards|затем|потом|позже|позднее|теперь)$/u.test(wordOf(term));
}

/** Parted by a semicolon, a comma with a conjunction or a name after it, or "and" with a name. */
function clausesOf({ terms, text }: Statement): Term[][] {
  const clauses: Term[][] = [[]];
  terms.forEach((term, at) => {
    const between = text.slice(terms[at - 1]?.end, term.start);
    const word = wordOf(term);
    const next = terms[at + 1];
    const isJoint =
      /;/u.test(between) ||
      (between.includes(',') && /^(?:а|но|while|whereas|but)$/u.test(word)) ||
      (/^(?:and|и)$/u.test(word) && next?.kind === 'name' && hasPredicate(terms, at + 1, text)) ||
      (between.includes(',') && term.kind === 'name' && hasPredicate(terms, at, text));
    if (at > 0 && isJoint) clauses.push([]);
    clauses.at(-1)?.push(term);
  });
  return clauses;
}

/** A verb or a dash after the name that begins here, before the next comma. */
function hasPredicate(terms: readonly Term[], at: number, text: string): boolean {
  for (let next = at; next < terms.length && next < at + 5; next += 1) {
    const gap = text.slice(terms[next]?.end, terms[next + 1]?.start);
    if (/\s[—–]\s/u.test(gap)) return true;
    if (/[,;:()]/u.test(gap)) return false;
    const word = wordOf(terms[next + 1]);
    if (
      /^(?:is|was|are|were|has|had|will|can|\p{L}{3,}ed|[а-я]{2,}(?:[аеиоуыя]л[аои]?|ет|ит|ют|ут|ает))$/u.test(
        word,
      )
    )
      return true;
    if (terms[next + 1]?.kind !== 'name') return false;
  }
  return false;
}
