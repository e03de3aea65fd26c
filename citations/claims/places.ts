import { isOfSameKind } from '../changes.ts';
import { compareTerms, isFact, type Statement, type Term } from '../statement.ts';

/** Whether a phrase was moved with its preposition, which keeps its part: "In 1822 …" and "… in 1822". */
export function isMovedWhole(term: Term, claim: Statement, found: Statement): boolean {
  const preposition = prepositionOf(term, claim);
  if (preposition === null) return false;
  return found.terms.some(
    (other) => compareTerms(term, other) === 'same' && prepositionOf(other, found) === preposition,
  );
}

/** Whether two names stand in the other order, and none was moved with a preposition of its own. */
export function hasTurnedNames(claim: Statement, found: Statement): boolean {
  const names = claim.terms.flatMap((term) => {
    if (term.kind !== 'name') return [];
    const places = found.terms.flatMap((other, at) =>
      compareTerms(term, other) === 'same' ? [at] : [],
    );
    const moved = isMovedWhole(term, claim, found) ? prepositionOf(term, claim) : null;
    return places.length === 0 ? [] : [{ term, places, moved }];
  });
  return names.some((one, at) =>
    names
      .slice(at + 1)
      .some(
        (other) =>
          Math.min(...one.places) > Math.max(...other.places) &&
          ((one.moved === null && other.moved === null) ||
            areExchanged(one.term, other.term, claim)),
      ),
  );
}

/** "At X and in the hall at Y": each stands at the other's preposition. */
function areExchanged(one: Term, other: Term, claim: Statement): boolean {
  const preposition = prepositionOf(one, claim);
  if (preposition === null || preposition !== prepositionOf(other, claim)) return false;
  const { terms } = claim;
  return terms
    .slice(terms.indexOf(one) + 1, terms.indexOf(other))
    .some((term) => isTelling(term) && term.kind !== 'name');
}

/**
 * Whether a figure or date follows a word that another one of its kind follows in the source, and
 * something else is said of it there: «доказано в 1986» of «доказано в 1962 и упорядочено в 1986».
 */
export function isMisplaced(fact: Term, claim: Statement, found: Statement): boolean {
  if (!isFact(fact)) return false;
  const before = claim.terms.slice(0, claim.terms.indexOf(fact)).findLast(isTelling);
  if (before === undefined || isFact(before)) return false;
  const words = found.terms.filter(isTelling);
  const places = words.flatMap((other, at) => (compareTerms(fact, other) === 'same' ? [at] : []));
  const starts = words.flatMap((other, at) => (compareTerms(before, other) === 'same' ? [at] : []));
  const pairs = starts.flatMap((start) =>
    places.filter((place) => place > start).map((place) => words.slice(start + 1, place)),
  );
  return (
    pairs.length > 0 &&
    pairs.every(([first, ...others]) => {
      if (first === undefined || !isOfSameKind(fact, first)) return false;
      return others.some((other) => !isFact(other));
    })
  );
}

/** The small word before a term, past articles, figures and the other words of its name. */
export function prepositionOf(term: Term, { terms }: Statement): string | null {
  const before = terms
    .slice(0, terms.indexOf(term))
    .findLast(
      (other) => other.kind !== 'name' && !(other.kind === 'word' && isArticle(other.word)),
    );
  return before?.kind === 'word' && prepositions.has(before.word) ? before.word : null;
}

function isArticle(word: string): boolean {
  return /^(?:the|a|an|this|that|these|those)$/u.test(word);
}

const prepositions = new Set(
  `in on at of for from to by with after before during into over under between since until through
   в во на из от до для с со у о об при после перед через над под за между по к ко около`.split(
    /\s+/u,
  ),
);

function isTelling(term: Term): boolean {
  return !(term.kind === 'word' && term.isStop);
}
