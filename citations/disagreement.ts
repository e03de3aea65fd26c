import type { Passage } from '../retrieval/passage.ts';
import { isOfSameKind } from './changes.ts';
import { zipfFrequency } from '../retrieval/text/word-frequency.ts';
import { abbreviatedTerms } from './claims/abbreviations.ts';
import { agreeWhenRounded } from './claims/rounding.ts';
import { contains } from './matching.ts';
import { compareTerms, isFact, readStatement, termWeight } from './statement.ts';
import type { Statement, Term } from './statement.ts';
import { readPassage, type PassageReading } from './passage-reading.ts';

type Fact = Extract<Term, { kind: 'figure' | 'date' }>;

/** What one page says where another one says otherwise. */
export interface Stated {
  passage: Passage;
  /** The sentence, an exact part of the passage. */
  quote: string;
  /** The figure with its unit, or the date, as it is written there. */
  fact: string;
}

/** Two pages that cannot both be right about one figure or date of a claim. */
export interface Disagreement {
  kind: 'figure' | 'date';
  /** One that bears the claim out, where there is one, comes first. */
  between: [Stated, Stated];
}

// Of a short claim this is all of it: "long" for "wide" makes it another one.
const aboutTheSameFrom = 0.85;
const besidesFrom = 0.5;

/**
 * The first figure or date of a claim on which two pages contradict each other, or null. A sentence
 * counts only when it says nearly all of the claim and has one value to compare, of the same time and
 * without reservations: where that is not sure, nothing is said.
 */
export function findDisagreement(claim: string, passages: readonly Passage[]): Disagreement | null {
  const statement = readStatement(claim);
  if (!isComparable(statement)) return null;
  const readings = passages.map((passage) => readPassage(passage));
  const names = wordingOf(statement).filter((term) => isNameIn(term, readings));
  for (const fact of statement.terms.filter(isFact)) {
    const stated = passages.flatMap((passage) => statedIn(passage, statement, fact, names));
    const bearing = stated.filter(({ term }) => agree(fact, term));
    for (const one of bearing.length > 0 ? bearing : stated) {
      const other = stated.find(
        (other) =>
          other.passage.pageUrl !== one.passage.pageUrl && contradict(one.term, other.term),
      );
      if (other === undefined) continue;
      return { kind: fact.kind, between: [withoutTerm(one), withoutTerm(other)] };
    }
  }
  return null;
}

function statedIn(
  passage: Passage,
  claim: Statement,
  fact: Fact,
  names: readonly Term[],
): (Stated & { term: Fact })[] {
  const reading = readPassage(passage);
  const found: (Stated & { term: Fact })[] = [];
  for (const sentence of reading.sentences) {
    if (!isComparable(sentence) || !isAboutTheSame(claim, sentence, reading, names)) continue;
    const values = sentence.terms.filter(
      (term): term is Fact =>
        isFact(term) &&
        (compareTerms(fact, term) !== 'different' ||
          // What the claim says as well, of something else, is no rival.
          (isOfSameKind(fact, term) && !contains(claim, term))),
    );
    const [term, ...others] = values;
    if (term === undefined || others.length > 0) continue;
    if (!isOfSameTime(claim, sentence, fact, term)) continue;
    const end = term.kind === 'figure' ? Math.max(term.end, term.figure.unitEnd) : term.end;
    const text = sentence.text.slice(term.start, end);
    found.push({ passage, quote: sentence.text, fact: text, term });
  }
  return found;
}

/**
 * All names and nearly all words of the claim, and not much besides. A claim that names nothing may be
 * said of many things.
 */
function isAboutTheSame(
  claim: Statement,
  sentence: Statement,
  reading: PassageReading,
  names: readonly Term[],
): boolean {
  const wording = wordingOf(claim);
  const abbreviated = abbreviatedTerms(claim, sentence);
  const isSaid = (term: Term): boolean =>
    abbreviated.has(term) ||
    sentence.terms.some((other) => compareTerms(term, other) === 'same') ||
    reading.context.terms.some((other) => compareTerms(term, other) === 'same');
  const said = wording.filter(isSaid);
  return (
    names.length > 0 &&
    names.every(isSaid) &&
    said.length >= 2 &&
    weigh(said) >= weigh(wording) * aboutTheSameFrom &&
    weigh(said) >= weigh(wordingOf(sentence)) * besidesFrom
  );
}

/**
 * Whether a term names something, also where it opens its sentence and is capital anyway: «Байкал», but
 * not «Город», which is another one on another page. The pages show it, or how rare the word is.
 */
function isNameIn(term: Term, readings: readonly PassageReading[]): boolean {
  if (term.kind !== 'name' || term.isCertain) return term.kind === 'name';
  const elsewhere = readings.flatMap(({ whole, context }) =>
    [...whole.terms, ...context.terms].filter((other) => compareTerms(term, other) === 'same'),
  );
  if (elsewhere.some((other) => other.kind === 'word')) return false;
  return (
    zipfFrequency(term.stem) < generalFrom ||
    elsewhere.some((other) => other.kind === 'name' && other.isCertain)
  );
}

// «Озеро», "bridge" and «глубина» are at 4.8 and above.
const generalFrom = 4.8;

/** What is said of figures and dates, units left out: those are compared with them. */
function wordingOf({ terms }: Statement): Term[] {
  const figures = terms.flatMap((term) => (term.kind === 'figure' ? [term.figure] : []));
  const isUnit = ({ start, end }: Term): boolean =>
    figures.some((figure) => start >= figure.end && end <= figure.unitEnd);
  return terms.filter(
    (term) => !isFact(term) && !isUnit(term) && termWeight(term) > 0 && !isCopula(term),
  );
}

/** «Составляет» says no more than a dash. */
function isCopula(term: Term): boolean {
  return term.kind === 'word' && copula.test(term.word);
}

const copula =
  /^(?:составл\p{L}+|составил\p{L}?|равн\p{L}+|насчитыва\p{L}+|достига\p{L}+|имее?т\p{L}*|amounts?|totals?|counts?|numbers?|reach(?:es)?|contains?)$/u;

function weigh(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + termWeight(term), 0);
}

/** Another year, day or count beside the value may make another statement of it. */
function isOfSameTime(claim: Statement, sentence: Statement, fact: Fact, term: Fact): boolean {
  const others = claim.terms.filter((other) => isFact(other) && other !== fact);
  const beside = sentence.terms.filter((other) => isFact(other) && other !== term);
  return (
    others.every((other) => isMatched(other, beside)) &&
    beside.every((other) => isMatched(other, others))
  );
}

function isMatched(one: Term, among: readonly Term[]): boolean {
  return among.some(
    (other) => compareTerms(one, other) === 'same' || compareTerms(other, one) === 'same',
  );
}

function agree(one: Fact, other: Fact): boolean {
  if (compareTerms(one, other) !== 'different' || compareTerms(other, one) !== 'different') {
    return true;
  }
  return (
    one.kind === 'figure' && other.kind === 'figure' && agreeWhenRounded(one.figure, other.figure)
  );
}

function contradict(one: Fact, other: Fact): boolean {
  return !agree(one, other) && isOfSameKind(one, other);
}

/** Forecasts, estimates and what used to be are no rivals of what is; nor are denials and comparisons. */
function isComparable({ text }: Statement): boolean {
  return !reservations.test(text);
}

const reservations =
  /(?<!\p{L})(?:прогноз\p{L}*|ожида\p{L}+|план(?:ир\p{L}+|у\p{L}+)|оцен\p{L}+|возможн\p{L}*|может|могут|будет|будут|раньше|ранее|прежде|тогда|бывш\p{L}+|не|ни|без|кроме|если|бы|якобы|или|expect\p{L}*|forecast\p{L}*|estimat\p{L}*|project(?:ed|ion)|plan(?:s|ned)|will|would|may|might|could|if|formerly|previously|once|used to|not|no|never|without|except|allegedly|or)(?!\p{L})/iu;

function withoutTerm({ passage, quote, fact }: Stated): Stated {
  return { passage, quote, fact };
}
