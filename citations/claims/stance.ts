import { compareTerms, termWeight, type Statement, type Term } from '../statement.ts';
import { governorsOf, isInfinitive, wordOf, type Governor } from './governors.ts';
import { isDenier, isFulfilled, isNegator } from './governor-words.ts';
import { isCrossed } from './crossed-clauses.ts';
import { isNarrowed } from './narrowed.ts';
import { isOwnedByOther } from './owners.ts';

/**
 * How a sentence stands to a claim whose words it has: `denied` where it says that it is not so,
 * `doubted` where it says less or says it of something else; null where it says it itself.
 */
export function readStance(claim: Statement, found: Statement): 'denied' | 'doubted' | null {
  const match = matchPlaces(claim, found);
  const own = new Set(governorsOf(claim).map(({ kind }) => (kind === 'denial' ? 'doubt' : kind)));
  const governing = governorsOf(found).filter(
    (governor) =>
      !own.has(governor.kind === 'denial' ? 'doubt' : governor.kind) && isOver(governor, match),
  );
  const isPlain = ![...claim.terms].some((term) => isNegator(wordOf(term)));
  if (governing.some(({ kind }) => kind === 'denial')) return isPlain ? 'denied' : 'doubted';
  if (governing.length > 0) return 'doubted';
  const verb = onlyIntended(match);
  if (verb !== null) return verb;
  const isOther =
    isNarrowed(claim, found) || isOwnedByOther(claim, found) || isCrossed(claim, found);
  return isOther ? 'doubted' : null;
}

interface Match {
  claim: Statement;
  found: Statement;
  /** Of each telling term of the claim, those of the sentence that say the same; none for many. */
  places: { term: Term; same: Term[] }[];
}

function matchPlaces(claim: Statement, found: Statement): Match {
  const places = claim.terms
    .filter((term) => termWeight(term) > 0)
    .map((term) => ({
      term,
      same: found.terms.filter((other) => compareTerms(term, other) === 'same'),
    }))
    .filter(({ same }) => same.length > 0);
  return { claim, found, places };
}

function isOver({ cues, governed, isGuess, kind }: Governor, { claim, places }: Match): boolean {
  const isSaid = (cue: Term): boolean =>
    claim.terms.some((term) => compareTerms(term, cue) === 'same');
  const telling = cues.filter((cue) => termWeight(cue) > 0);
  if (
    (telling.length > 0 ? telling : cues).some(isSaid) &&
    (telling.length <= 1 || telling.every(isSaid))
  )
    return false;
  // What was so once may be told in the past tense.
  if (kind === 'past' && claim.terms.some((term) => isPastTense(wordOf(term)))) return false;
  const inside = places.filter(({ same }) => same.every((term) => governed.includes(term)));
  return isGuess ? inside.length === places.length && inside.length > 0 : inside.length > 0;
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
function onlyIntended({ found, places }: Match): 'denied' | 'doubted' | null {
  for (const { term, same } of places) {
    const claimed = wordOf(term);
    if (claimed === '' || isInfinitive(claimed)) continue;
    const others = same.filter((other) => other.kind === 'word');
    if (others.length === 0 || others.some((other) => !isOpenVerb(other, claimed, found))) continue;
    const [first] = others;
    if (first === undefined) continue;
    const at = found.terms.indexOf(first);
    const before = found.terms.slice(Math.max(0, at - 4), at).map(wordOf);
    const isNegated = before.some((word) => isNegator(word) || isDenier(word));
    if (!isNegated && before.some(isFulfilled)) continue;
    return 'doubted';
  }
  return null;
}

function isOpenVerb(found: Term, claimed: string, { terms }: Statement): boolean {
  const word = wordOf(found);
  if (word === claimed) return false;
  if (/^[а-я]/u.test(word)) {
    return (
      isInfinitive(word) &&
      /(?:[аеиоуыя]л[аои]?|л[аои]?|[еиуюая]т|[аеиоуыя]л(?:ся|ась|ось|ись)|[еиуюая]тся)$/u.test(
        claimed,
      )
    );
  }
  return wordOf(terms[terms.indexOf(found) - 1]) === 'to' && /(?:ed|es|s)$/u.test(claimed);
}
