import type { Passage } from '../retrieval/passage.ts';
import { alignStatements } from './align.ts';
import { isOfSameKind } from './changes.ts';
import { isDisowned } from './claims/disowned.ts';
import { agreeWhenRounded } from './claims/rounding.ts';
import { hasReservations, isLimited } from './claims/reservations.ts';
import { termsSetAside } from './claims/set-aside.ts';
import { findDifference, type Difference } from './find-difference.ts';
import { contains } from './matching.ts';
import { readPassage, type PassageReading } from './passage-reading.ts';
import { compareTerms, isFact, readStatement, termWeight } from './statement.ts';
import type { Statement, Term } from './statement.ts';

/** What a page says against a claim. */
export interface Contradiction {
  passage: Passage;
  /** The sentence, an exact part of the passage. */
  quote: string;
  difference: Difference;
}

/**
 * The first sentence that says the same of the same thing with one figure, date or name in place of
 * another, or denies it; null where that is not sure. Another value beside other circumstances is
 * another statement, and no contradiction.
 */
export function findContradiction(
  claim: string,
  passages: readonly Passage[],
): Contradiction | null {
  const statement = readStatement(claim);
  if (hasReservations(claim)) return null;
  for (const passage of passages) {
    const reading = readPassage(passage);
    for (const sentence of reading.sentences) {
      const quote = sentence.text;
      if (quote.length > longestQuote || hasReservations(quote)) continue;
      if (isLimited(quote, claim)) continue;
      if (isDisowned(quote, passage, claim)) continue;
      for (const window of windowsOf(sentence)) {
        const difference = differenceIn(statement, window, reading);
        if (difference !== null) return { passage, quote, difference };
      }
    }
  }
  return null;
}

const longestQuote = 400;
/** Nearly all of the claim is said, and not much besides. */
const saidFrom = 0.85;
const besidesFrom = 0.4;
/** «DeepSeek-V3: 14,8 трлн токенов» may be said of many things that a sentence has words for. */
const besidesBareNameFrom = 0.75;

/**
 * The sentence, and its beginning where what follows only adds to it: «671 миллиард параметров, из них
 * 37 …». What could limit it, such as «когда …», stays with it.
 */
function windowsOf(sentence: Statement): Statement[] {
  const own = sentence.text.replace(takingBack, '');
  const whole = own === sentence.text ? sentence : readStatement(own);
  const end = own.search(addition);
  return end > 0 ? [whole, readStatement(own.slice(0, end))] : [whole];
}

/** «Это не так: …» denies what was said before, and none of what follows. */
const takingBack =
  /^[^:]{0,40}(?<!\p{L})(?:не (?:совсем |вполне |)так|нет|not so|not true|not the case|no)(?!\p{L})[^:\p{L}]{0,3}(?::|,|[—–]|-\s)\s*/iu;

const addition =
  /(?::|;|,)\s+(?=(?:из (?:них|которых|них же)|при этом|причём|причем|но|однако|а не|of which|of them|but|not|which)(?!\p{L}))|:\s+(?=\p{Ll})/u;

function differenceIn(
  claim: Statement,
  sentence: Statement,
  reading: PassageReading,
): Difference | null {
  const aside = termsSetAside(sentence);
  // «671 миллиард, а не 617» has the one and not the other.
  const said = {
    ...sentence,
    terms: sentence.terms.filter((term) => !isFact(term) || !aside.has(term)),
  };
  const lost = claim.terms.filter(isFact).filter((fact) => !contains(said, fact));
  const others = said.terms.filter(isFact).filter((fact) => !contains(claim, fact));
  if (lost.length > 1) return null;
  const [fact] = lost;
  if (fact !== undefined) {
    const [rival, ...more] = others;
    // With two values it is not sure which of them is the rival; another date makes it another time.
    if (rival === undefined || more.length > 0 || !excludes(fact, rival)) return null;
    if (!isAboutTheSame(claim, sentence, reading, [fact, rival])) return null;
    const difference = findDifference(claim.text, sentence.text);
    const kind = fact.kind === 'date' ? 'date' : 'figure';
    const written = {
      claimed: claim.text.slice(fact.start, fact.end),
      found: sentence.text.slice(rival.start, rival.end),
    };
    const isIt = difference?.found === written.found && difference.claimed === written.claimed;
    return isIt ? difference : { kind, ...written };
  }
  const difference = findDifference(claim.text, sentence.text);
  if (difference?.kind === 'negation') {
    if (others.length > 0) return null;
    return isAboutTheSame(claim, sentence, reading, [], deniedFrom) ? difference : null;
  }
  if (difference?.kind !== 'name' || difference.found === null) return null;
  // Who did it is one question, and when it was done another.
  if (!others.every(isTime)) return null;
  const rivals = rivalNames(claim, sentence);
  if (rivals === null || !isAboutTheSame(claim, sentence, reading, rivals)) return null;
  return difference;
}

/** Two denials of almost the same may well both be right. */
const deniedFrom = 0.99;

/** Only one of both can be right, also when one of them is rounded. */
function excludes(fact: Term, rival: Term): boolean {
  if (compareTerms(rival, fact) !== 'different') return false;
  const [year, date] = fact.kind === 'date' ? [rival, fact] : [fact, rival];
  if (year.kind === 'figure' && date.kind === 'date') {
    return isTime(year) && date.date.year !== null && !year.figure.values.includes(date.date.year);
  }
  if (!isOfSameKind(fact, rival)) return false;
  if (fact.kind === 'date' && rival.kind === 'date') return true;
  if (fact.kind !== 'figure' || rival.kind !== 'figure') return false;
  if (fact.figure.bound !== null || rival.figure.bound !== null) return false;
  return !agreeWhenRounded(fact.figure, rival.figure);
}

function isTime(term: Term): boolean {
  return term.kind === 'date' || (term.kind === 'figure' && term.figure.unit === 'year');
}

/**
 * The one name that stands in another's place, where there can be but one: a discoverer, a capital, an
 * author. Who «supports» or «plays in» something is seldom the only one.
 */
function rivalNames(claim: Statement, sentence: Statement): Term[] | null {
  if (!onlyOne.test(claim.text) || !onlyOne.test(sentence.text)) return null;
  const isLost = (term: Term): boolean => term.kind === 'name' && !contains(sentence, term);
  const { gaps } = alignStatements(claim, sentence);
  const changed = gaps.filter(({ claim: own }) => own.some(isLost));
  const [gap] = changed;
  if (gap === undefined || changed.length > 1) return null;
  const own = gap.claim.filter(isLost);
  const rivals = gap.found.filter((term) => term.kind === 'name' && !contains(claim, term));
  const areNames = [...own, ...rivals].every((term) => term.kind === 'name');
  return areNames && rivals.length > 0 && own.length <= 3 && rivals.length <= 3
    ? [...own, ...rivals]
    : null;
}

const onlyOne =
  /(?<!\p{L})(?:столиц\p{L}+|откры[лт]\p{L}*|открыти\p{L}+|изобр[её]\p{L}+|автор\p{L}*|напис\p{L}+|основал\p{L}*|основан\p{L}*|основател\p{L}+|режисс[её]р\p{L}*|родил\p{L}+|создал\p{L}*|создан\p{L}*|создател\p{L}+|разработал\p{L}*|разработан\p{L}*|находится|расположен\p{L}*|перв(?:ый|ая|ое|ым|ой)|сам(?:ый|ая|ое|ым|ой)|capital|discover\p{L}*|invent\p{L}*|author|wrote|written|found(?:ed|er)|direct(?:ed|or)|born|creat(?:ed|or)|developed|developer|located|first|\p{L}{3,}est)(?!\p{L})/iu;

/**
 * All names and nearly all words of the claim, and not much besides. What the title names counts only
 * for a sentence without a name of its own.
 */
function isAboutTheSame(
  claim: Statement,
  sentence: Statement,
  { context }: PassageReading,
  differing: readonly Term[],
  from: number = saidFrom,
): boolean {
  const ofClaim = wordingOf(claim, differing);
  const ofSentence = wordingOf(sentence, differing);
  const isNameless = !ofSentence.some((term) => term.kind === 'name' && term.isCertain);
  const named = context.terms.filter((term) => term.kind === 'name');
  const isAboutOne = named.every((name) => contains(claim, name));
  const isSaid = (term: Term): boolean =>
    contains(sentence, term) || (isNameless && isAboutOne && contains(context, term));
  const said = ofClaim.filter(isSaid);
  const names = ofClaim.filter((term) => term.kind === 'name');
  // A thing without a name must be called by every word.
  const isBareName = names.length === ofClaim.length;
  const isEnough = names.some((term) => term.kind === 'name') ? from : deniedFrom;
  return (
    said.length >= 2 &&
    names.every(isSaid) &&
    weigh(said) >= weigh(ofClaim) * isEnough &&
    weigh(ofSentence.filter((term) => contains(claim, term))) >=
      weigh(ofSentence) * (isBareName ? besidesBareNameFrom : besidesFrom)
  );
}

/** What is said of figures and dates, units left out: those are compared with them. */
function wordingOf({ terms }: Statement, differing: readonly Term[]): Term[] {
  const figures = terms.flatMap((term) => (term.kind === 'figure' ? [term.figure] : []));
  const isUnit = ({ start, end }: Term): boolean =>
    figures.some((figure) => start >= figure.end && end <= figure.unitEnd);
  return terms.filter(
    (term) => !isFact(term) && !differing.includes(term) && !isUnit(term) && termWeight(term) > 0,
  );
}

function weigh(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + termWeight(term), 0);
}
