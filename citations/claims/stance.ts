import { termWeight, type Statement, type Term } from '../statement.ts';
import { isCrossed } from './crossed-clauses.ts';
import { governorsOf, isInfinitive, wordOf, type Governor } from './governors.ts';
import { isDenier, isFulfilled, isNegator } from './governor-words.ts';
import { isNarrowed } from './narrowed.ts';
import { isOwnedByOther } from './owners.ts';
import { findSaid, type SaidPlaces } from './said-places.ts';
import { isOtherVariant } from './variants.ts';

/**
 * How a sentence stands to a claim whose words it has: `denied` where it says that it is not so,
 * `doubted` where it says less or says it of something else; null where it says it itself.
 */
export function readStance(claim: Statement, found: Statement): 'denied' | 'doubted' | null {
  const said = findSaid(claim, found);
  const governing = leftOut(governorsOf(found), governorsOf(claim)).filter((governor) =>
    isOver(governor, said),
  );
  const isPlain = !claim.terms.some((term) => isNegator(wordOf(term)));
  if (governing.some(({ kind }) => kind === 'denial')) return isPlain ? 'denied' : 'doubted';
  if (governing.length > 0 || isOnlyIntended(said)) return 'doubted';
  const isOther = isNarrowed(said) || isOtherVariant(said) || isOwnedByOther(said);
  return isOther || isCrossed(said) ? 'doubted' : null;
}

/** Those of a sentence that its claim has not as well, be it in other words of their kind. */
function leftOut(found: readonly Governor[], claimed: readonly Governor[]): Governor[] {
  const own = [...claimed];
  const take = (isIts: (other: Governor) => boolean): boolean => {
    const at = own.findIndex(isIts);
    if (at !== -1) own.splice(at, 1);
    return at !== -1;
  };
  return found
    .filter((one) => !take((other) => other.kind === one.kind && cuesOf(other) === cuesOf(one)))
    .filter((one) => !take((other) => familyOf(other) === familyOf(one)));
}

function cuesOf({ cues }: Governor): string {
  return cues.map(wordOf).join(' ');
}

/** What is denied and what is doubted is put in the same words. */
function familyOf({ kind }: Governor): string {
  return kind === 'denial' ? 'doubt' : kind;
}

function isOver({ cues, governed, isGuess, kind }: Governor, said: SaidPlaces): boolean {
  const telling = cues.filter((cue) => termWeight(cue) > 0);
  if (telling.length > 0 && telling.every((cue) => hasWord(said.claim, cue))) return false;
  // What was so once may be told in the past tense.
  if (kind === 'past' && said.claim.terms.some((term) => isPastTense(wordOf(term)))) return false;
  const inside = said.places.filter(({ same }) => same.every((term) => governed.includes(term)));
  return inside.length > 0 && (!isGuess || inside.length === said.places.length);
}

/** In its own alphabet: «слухам» only sounds like some name. */
function hasWord({ terms }: Statement, cue: Term): boolean {
  return 'stem' in cue && terms.some((term) => 'stem' in term && term.stem === cue.stem);
}

function isPastTense(word: string): boolean {
  return /^(?:[а-я]{2,}(?:[аеиоуыя]л[аои]?|л[аои]|[аеиоуыя]л(?:ся|ась|ось|ись))|был[аои]?|was|were|had|did|\p{L}{3,}ed)$/u.test(
    word,
  );
}

/**
 * «Выпустила» of «… выпустить», "released" of "… to release": done only where the word before says
 * that it was.
 */
function isOnlyIntended({ found, places }: SaidPlaces): boolean {
  return places.some(({ term, same }) => {
    const claimed = wordOf(term);
    const others = same.filter((other) => other.kind === 'word');
    const [first] = others;
    if (first === undefined || !others.every((other) => isOpenVerb(other, claimed, found))) {
      return false;
    }
    const at = found.terms.indexOf(first);
    const before = found.terms.slice(Math.max(0, at - 4), at).map(wordOf);
    return before.some((word) => isNegator(word) || isDenier(word)) || !before.some(isFulfilled);
  });
}

function isOpenVerb(found: Term, claimed: string, { terms }: Statement): boolean {
  const word = wordOf(found);
  if (word === claimed || claimed === '' || isInfinitive(claimed)) return false;
  if (/^[а-я]/u.test(word)) return isInfinitive(word) && finiteRussian.test(claimed);
  return wordOf(terms[terms.indexOf(found) - 1]) === 'to' && /(?:ed|es|s)$/u.test(claimed);
}

const finiteRussian = /(?:л[аои]?|л(?:ся|ась|ось|ись)|[еиуюая]т(?:ся)?)$/u;
