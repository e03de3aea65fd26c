import { compareTerms, isFact, termWeight, type Statement, type Term } from './statement.ts';

/**
 * What of a claim a window lacks, and what it has only nearly. Every figure of the source answers
 * for one of the claim, so «7 и 7» is not found in «3 и 7».
 */
export function matchTerms(
  claim: Statement,
  window: Statement,
): { missing: Term[]; close: Term[] } {
  const free = new Set(window.terms);
  const missing: Term[] = [];
  const close: Term[] = [];
  for (const term of claim.terms) {
    const grades = window.terms.map((other): [Term, string] => [other, compareTerms(term, other)]);
    const isFree = ([other]: [Term, string]): boolean => !isFact(other) || free.has(other);
    const same = grades.find((pair) => pair[1] === 'same' && isFree(pair));
    const near = grades.find((pair) => pair[1] === 'close' && isFree(pair));
    const taken = same ?? near;
    if (taken === undefined) missing.push(term);
    // A date answers for its year as well.
    else if (taken[0].kind === 'figure') free.delete(taken[0]);
    if (same === undefined && near !== undefined && !hasItsYear(term, window)) close.push(term);
  }
  const measured = claim.terms.filter((term) => !missing.includes(term) && !close.includes(term));
  return { missing: missing.filter((term) => !isUnitOfAny(term, measured, window)), close };
}

/** «1,6 км» is found in «1600 м», its unit with it; "rental" of "671B rental parameters" is none of it. */
function isUnitOfAny(term: Term, measured: readonly Term[], window: Statement): boolean {
  if (isFact(term)) return false;
  return measured.some(
    (other) =>
      other.kind === 'figure' &&
      other.figure.unit !== null &&
      term.start >= other.end &&
      term.end <= other.figure.unitEnd &&
      (term.end === other.figure.unitEnd || OF_UNITS.test('word' in term ? term.word : '')) &&
      window.terms.some(
        (found) =>
          found.kind === 'figure' &&
          found.figure.unit !== null &&
          compareTerms(other, found) === 'same',
      ),
  );
}

/** What stands in units before their last word: «квадратных километров», "billion U.S. dollars". */
const OF_UNITS =
  /^(?:кв|куб|квадратн\p{L}*|кубическ\p{L}*|погонн\p{L}*|американск\p{L}*|градус\p{L}*|километр\p{L}*|метр\p{L}*|миль|мили|бит\p{L}*|байт\p{L}*|\p{L}*бит|\p{L}*байт|square|cubic|us|american|degrees?|\p{L}*bits?|\p{L}*bytes?|kilomet\p{L}+|met(?:er|re)s?|miles?|per|an?|in|of|в|за|на|по|мм|мг|км|м|м2|м3|т|кг|г|тыс|тысяч\p{L}*|млн|миллион\p{L}*|млрд|миллиард\p{L}*|трлн|триллион\p{L}*|thousand|million|billion|trillion)$/u;

/** «12 марта» of a sentence that names the year elsewhere is the whole date. */
function hasItsYear(term: Term, window: Statement): boolean {
  if (term.kind !== 'date' || term.date.year === null) return false;
  const { year } = term.date;
  const hasDay = window.terms.some(
    (other) =>
      other.kind === 'date' &&
      other.date.month === term.date.month &&
      other.date.day === term.date.day,
  );
  return (
    hasDay &&
    window.terms.some((other) => other.kind === 'figure' && other.figure.values.includes(year))
  );
}

/** Whether a statement has a term, whatever stands around it. */
export function contains(statement: Statement, term: Term): boolean {
  return statement.terms.some((other) => compareTerms(term, other) === 'same');
}

/** The weight of what is found in the weight of what is counted; 0 where nothing is. */
export function share(
  claim: Statement,
  isFound: (term: Term) => boolean,
  isCounted: (term: Term) => boolean,
): number {
  const counted = claim.terms.filter(isCounted);
  const total = counted.reduce((sum, term) => sum + termWeight(term), 0);
  if (total === 0) return 0;
  return counted.reduce((sum, term) => sum + (isFound(term) ? termWeight(term) : 0), 0) / total;
}
