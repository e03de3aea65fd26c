import type { Passage } from '../retrieval/passage.ts';
import { alignStatements, type Alignment } from './align.ts';
import type { Verdict } from './citation.ts';
import { checkForeignSupport } from './foreign-support.ts';
import { countTheSame } from './figures.ts';
import { areOpposite, negatedTerms } from './polarity.ts';
import { readPassage, type PassageReading } from './passage-reading.ts';
import {
  compareTerms,
  isFact,
  readStatement,
  termWeight,
  type Statement,
  type Term,
} from './statement.ts';

export interface Support {
  /** 0 to 1: how much of the claim the passages carry. */
  support: number;
  verdict: Verdict;
}

/** Of a passage, what speaks for a claim: its title and heading may name what its text is about. */
export type Evidence = Pick<Passage, 'text' | 'title' | 'heading'>;

/**
 * Compares a claim with the passages that it cites: figures with units, dates, names, negation and
 * stems, against the sentence that says most of it. Never `supported` with a figure, a date or a
 * name that this sentence has otherwise.
 */
export function checkSupport(claim: string, passages: readonly Evidence[]): Support {
  if (passages.length === 0) return { support: 0, verdict: 'uncited' };
  const statement = readStatement(claim);
  const isCyrillic = hasCyrillicMajority(claim);
  const readings = passages.map((passage) => readPassage(passage));
  const own = readings.filter(({ text }) => hasCyrillicMajority(text) === isCyrillic);
  const foreign = readings.filter((reading) => !own.includes(reading));
  const results: Support[] = [];
  if (own.length > 0) results.push(checkOwnLanguage(statement, own));
  if (foreign.length > 0) results.push(checkForeignSupport(statement, foreign));
  return results.reduce((best, result) => (result.support > best.support ? result : best));
}

const supportedFrom = 0.85;
const partlyFrom = 0.4;
/** From here on a claim repeats a sentence, and every difference in a fact is a change of it. */
const repeatsFrom = 0.6;
/** With less in common, another figure belongs to another statement. */
const comparableFrom = 0.3;

function checkOwnLanguage(claim: Statement, readings: readonly PassageReading[]): Support {
  if (readings.some((reading) => isRepeated(claim, reading))) {
    return { support: 1, verdict: 'supported' };
  }
  const compare = (pick: 'sentences' | 'pairs'): Comparison[] =>
    readings.flatMap((reading) =>
      reading[pick].map((window) => new Comparison(claim, window, reading, readings)),
    );
  const sentence = closest(compare('sentences'));
  const pair = closest(compare('pairs'));
  if (sentence === null) return { support: 0, verdict: 'unsupported' };
  if (pair === null || pair.score <= sentence.score) return sentence.judge();
  // A sentence with a word of its neighbour put in is no claim that draws on both.
  return sentence.isChanged() ? sentence.judge() : pair.judge();
}

function closest(comparisons: readonly Comparison[]): Comparison | null {
  return comparisons.reduce<Comparison | null>(
    (best, other) => (best === null || other.score > best.score ? other : best),
    null,
  );
}

/** A claim laid beside one window of one passage. */
class Comparison {
  readonly score: number;
  readonly #claim: Statement;
  readonly #window: Statement;
  readonly #reading: PassageReading;
  readonly #readings: readonly PassageReading[];
  readonly #missing: Term[];
  readonly #close: Term[];

  constructor(
    claim: Statement,
    window: Statement,
    reading: PassageReading,
    readings: readonly PassageReading[],
  ) {
    this.#claim = claim;
    this.#window = window;
    this.#reading = reading;
    this.#readings = readings;
    const { missing, close } = matchTerms(claim, window);
    this.#missing = missing;
    this.#close = close;
    // Of two windows that say as much, the one that says less besides.
    this.score = this.#share((term) => !missing.includes(term)) - window.terms.length / 1e4;
  }

  /** Whether the claim repeats the window with another figure, date or name in it. */
  isChanged(): boolean {
    const alignment = alignStatements(this.#claim, this.#window);
    if (!this.#isRepeating(alignment)) return false;
    return this.#hasChangedFact(alignment) || hasChangedCapital(alignment);
  }

  judge(): Support {
    const alignment = alignStatements(this.#claim, this.#window);
    const isRepeating = this.#isRepeating(alignment);
    const facts = this.#missing.filter(isFact).filter((fact) => !this.#standsElsewhere(fact));
    const coverage = this.#coverage();

    if (isRepeating && this.#hasChangedFact(alignment)) return contradicted(coverage);
    if (this.#hasRivalFact(alignment, facts)) return contradicted(coverage);
    if (facts.some((fact) => !isSoft(fact))) return unsupported(coverage);
    const denial = this.#isDenied(alignment);
    if (denial && isRepeating) return contradicted(coverage);
    if (isRepeating && hasChangedName(alignment)) return unsupported(coverage);

    const isDoubtful =
      denial ||
      facts.length > 0 ||
      (isRepeating && this.#missing.some(isFact)) ||
      this.#close.length > 0 ||
      this.#missingNames().length > 0 ||
      this.#isReordered(alignment) ||
      (isRepeating && hasChangedCapital(alignment));
    if (coverage >= supportedFrom && !isDoubtful) {
      return { support: coverage, verdict: 'supported' };
    }
    if (coverage < partlyFrom) return unsupported(coverage);
    return { support: Math.min(coverage, supportedFrom - 0.05), verdict: 'partly' };
  }

  /** What the window lacks may stand elsewhere in what is cited, and then counts for less. */
  #coverage(): number {
    const weights = this.#claim.terms.map((term) => {
      if (!this.#missing.includes(term)) return termWeight(term);
      if (this.#isNamedAbove(term)) return termWeight(term);
      return this.#readings.some(({ whole }) => contains(whole, term)) ? termWeight(term) * 0.7 : 0;
    });
    const total = this.#claim.terms.reduce((sum, term) => sum + termWeight(term), 0);
    return total === 0 ? 0 : weights.reduce((sum, weight) => sum + weight, 0) / total;
  }

  #share(isFound: (term: Term) => boolean): number {
    return share(
      this.#claim,
      (term) => isFound(term) || this.#isNamedAbove(term),
      () => true,
    );
  }

  #isNamedAbove(term: Term): boolean {
    return !isFact(term) && contains(this.#reading.context, term);
  }

  #missingNames(): Term[] {
    return this.#missing.filter(
      (term) =>
        term.kind === 'name' &&
        term.isCertain &&
        !this.#readings.some(
          ({ whole, context }) => contains(whole, term) || contains(context, term),
        ),
    );
  }

  /** A fact of another sentence counts when more of its neighbours in the claim stand there too. */
  #standsElsewhere(fact: Term): boolean {
    const here = this.#nearness(fact, this.#window);
    return this.#readings.some(({ sentences }) =>
      sentences.some((sentence) => {
        const there = contains(sentence, fact) ? this.#nearness(fact, sentence) : 0;
        return there >= 0.4 && there > here;
      }),
    );
  }

  #nearness(fact: Term, statement: Statement): number {
    const at = this.#claim.terms.indexOf(fact);
    const near = this.#claim.terms
      .slice(Math.max(0, at - 4), at + 5)
      .filter((term) => term !== fact && termWeight(term) > 0);
    return near.filter((term) => contains(statement, term)).length / Math.max(1, near.length);
  }

  /** Most words are the same in the same order; names and facts that differ are what is in question. */
  #isRepeating({ shared }: Alignment): boolean {
    const isShared = (term: Term): boolean => shared.has(term);
    const isBeyondQuestion = (term: Term): boolean => isShared(term) || term.kind === 'word';
    return (
      share(this.#claim, isShared, isBeyondQuestion) >= repeatsFrom &&
      share(this.#claim, isShared, () => true) >= comparableFrom
    );
  }

  /** The source has another figure or date in this place. */
  #hasChangedFact(alignment: Alignment): boolean {
    return this.#claim.terms.some(
      (term) =>
        isFact(term) &&
        !alignment.shared.has(term) &&
        isReplaced(term, alignment) &&
        !this.#standsElsewhere(term),
    );
  }

  /** What stands nowhere, while the source has another figure of the same things. */
  #hasRivalFact(alignment: Alignment, lost: readonly Term[]): boolean {
    if (this.score < comparableFrom) return false;
    return lost.some(
      (fact) =>
        isReplaced(fact, alignment) ||
        this.#window.terms.some((other) => isOfSameKind(fact, other)),
    );
  }

  #isDenied(alignment: Alignment): boolean {
    const claimed = negatedTerms(this.#claim);
    const found = negatedTerms(this.#window);
    const shared = this.#claim.terms.filter((term) => termWeight(term) > 0);
    const isTurned = shared.some((term) => {
      const same = this.#window.terms.filter((other) => compareTerms(term, other) === 'same');
      return same.length > 0 && same.every((other) => found.has(other) !== claimed.has(term));
    });
    return isTurned || alignment.gaps.some(hasOpposites);
  }

  /** The same names or numbers in another order may say who did what to whom the other way round. */
  #isReordered({ shared }: Alignment): boolean {
    const names = this.#claim.terms.filter((term) => term.kind === 'name');
    const isMoved = (term: Term): boolean => !shared.has(term) && !this.#missing.includes(term);
    if (names.length > 1 && names.some(isMoved)) return true;
    return this.#claim.terms.some(
      (term) =>
        term.kind === 'figure' &&
        term.figure.unit !== 'year' &&
        isMoved(term) &&
        !this.#window.terms.some(
          (other) =>
            other.kind === 'figure' &&
            compareTerms(term, other) === 'same' &&
            countTheSame(term.figure, other.figure),
        ),
    );
  }
}

/** The claim word by word inside one sentence, with nothing before it that would deny it. */
function isRepeated(claim: Statement, reading: PassageReading): boolean {
  if (claim.terms.length === 0) return false;
  return reading.sentences.some((sentence) => {
    const negated = negatedTerms(sentence);
    const denied = negatedTerms(claim);
    for (let at = 0; at + claim.terms.length <= sentence.terms.length; at += 1) {
      const isHere = claim.terms.every((term, offset) => {
        const other = sentence.terms[at + offset];
        return (
          other !== undefined && isIdentical(term, other) && negated.has(other) === denied.has(term)
        );
      });
      if (isHere) return true;
    }
    return false;
  });
}

function isIdentical(claim: Term, found: Term): boolean {
  if ('word' in claim && 'word' in found) return claim.word === found.word;
  if (claim.kind === 'figure' && found.kind === 'figure') {
    if (claim.figure.unit !== found.figure.unit) return false;
  }
  return claim.kind === found.kind && compareTerms(claim, found) === 'same';
}

/** Every term of the source answers for one of the claim, so «7 и 7» is not found in «3 и 7». */
function matchTerms(claim: Statement, window: Statement): { missing: Term[]; close: Term[] } {
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
  return { missing, close };
}

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

function contains(statement: Statement, term: Term): boolean {
  return statement.terms.some((other) => compareTerms(term, other) === 'same');
}

function share(
  claim: Statement,
  isFound: (term: Term) => boolean,
  isCounted: (term: Term) => boolean,
): number {
  const counted = claim.terms.filter(isCounted);
  const total = counted.reduce((sum, term) => sum + termWeight(term), 0);
  if (total === 0) return 0;
  return counted.reduce((sum, term) => sum + (isFound(term) ? termWeight(term) : 0), 0) / total;
}

/** A fact whose absence casts doubt without deciding: «три» may be counted in the source. */
function isSoft(term: Term): boolean {
  return term.kind === 'figure' && (term.figure.isWritten || term.figure.isRounded);
}

function isReplaced(fact: Term, { gaps }: Alignment): boolean {
  return gaps.some(
    (gap) => gap.claim.includes(fact) && gap.found.some((other) => isRival(fact, other)),
  );
}

function isRival(fact: Term, other: Term): boolean {
  return isFact(fact) && isFact(other) && compareTerms(fact, other) === 'different';
}

function isOfSameKind(fact: Term, other: Term): boolean {
  if (!isRival(fact, other)) return false;
  if (fact.kind === 'date' && other.kind === 'date') return true;
  return (
    fact.kind === 'figure' && other.kind === 'figure' && countTheSame(fact.figure, other.figure)
  );
}

function hasChangedName({ gaps }: Alignment): boolean {
  return gaps.some(
    (gap) =>
      gap.claim.some((term) => term.kind === 'name' && term.isCertain) &&
      gap.found.some((term) => isCapital(term) || isFact(term)),
  );
}

/** A first word is capital anyway: «Дэвис» against «Кикли», but also «Фирма» against «Компания». */
function hasChangedCapital({ gaps }: Alignment): boolean {
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

function hasOpposites(gap: { claim: Term[]; found: Term[] }): boolean {
  return gap.claim.some(
    (one) =>
      'word' in one &&
      gap.found.some((other) => 'word' in other && areOpposite(one.word, other.word)),
  );
}

function contradicted(coverage: number): Support {
  return { support: Math.min(0.2, coverage / 4), verdict: 'contradicted' };
}

function unsupported(coverage: number): Support {
  return { support: Math.min(0.35, coverage / 2), verdict: 'unsupported' };
}

function hasCyrillicMajority(text: string): boolean {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return cyrillic * 2 > latin;
}
