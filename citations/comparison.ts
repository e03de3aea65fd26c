import { alignStatements, type Alignment } from './align.ts';
import {
  hasChangedCapital,
  hasChangedName,
  hasOpposites,
  isOfSameKind,
  isReplaced,
} from './changes.ts';
import type { Verdict } from './citation.ts';
import { addedWords, hasExchangedWords } from './claims/exchanged-words.ts';
import { inventedQuotations } from './claims/quotations.ts';
import { hasTurnedNames, isMisplaced, isMovedWhole } from './claims/places.ts';
import { compareRoles } from './claims/roles.ts';
import { readStance } from './claims/stance.ts';
import { countTheSame } from './figures.ts';
import { contains, matchTerms, share } from './matching.ts';
import type { PassageReading } from './passage-reading.ts';
import { negatedTerms } from './polarity.ts';
import { compareTerms, isFact, termWeight, type Statement, type Term } from './statement.ts';

/** What comparing a claim with passages came to. */
export interface Support {
  /** 0 to 1: how much of the claim the passages carry. */
  support: number;
  verdict: Verdict;
}

const supportedFrom = 0.85;
const partlyFrom = 0.4;
/** From here on a claim repeats a sentence, and every difference in a fact is a change of it. */
const repeatsFrom = 0.6;
/** With less in common, another figure belongs to another statement. */
const comparableFrom = 0.3;

/** A claim laid beside one window of one passage. */
export class Comparison {
  readonly score: number;
  readonly #claim: Statement;
  readonly #window: Statement;
  readonly reading: PassageReading;
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
    this.reading = reading;
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
    return (
      this.#hasChangedFact(alignment) ||
      hasChangedCapital(alignment) ||
      this.#hasExchangedWords(alignment)
    );
  }

  /** Whether the window says nearly all of the claim, but with another figure or date of its kind. */
  hasRivalForBorrowed(): boolean {
    if (share(this.#claim, (term) => !this.#missing.includes(term), isWording) < repeatsFrom) {
      return false;
    }
    return this.#missing.some(
      (fact) =>
        isFact(fact) &&
        !this.#standsElsewhere(fact) &&
        this.#window.terms.some(
          (other) => isOfSameKind(fact, other) && !contains(this.#claim, other),
        ),
    );
  }

  /** The verdict, were this window all that decides. */
  judge(): Support {
    const alignment = alignStatements(this.#claim, this.#window);
    const isRepeating = this.#isRepeating(alignment);
    const facts = this.#missing.filter(isFact).filter((fact) => !this.#standsElsewhere(fact));
    const coverage = this.#coverage();

    if (isRepeating && this.#hasChangedFact(alignment)) return contradicted(coverage);
    if (this.#hasRivalFact(alignment, facts)) return contradicted(coverage);
    if (facts.some((fact) => !isSoft(fact))) return unsupported(coverage);
    const roles = compareRoles(this.#claim, this.#window);
    if (roles === 'swapped' && coverage >= repeatsFrom) return contradicted(coverage);
    const denial = this.#isDenied(alignment);
    if (denial && isRepeating) return contradicted(coverage);
    if (isRepeating && hasChangedName(alignment)) return unsupported(coverage);
    const stance = readStance(this.#claim, this.#window);
    if (stance === 'denied' && coverage >= supportedFrom) return contradicted(coverage);

    const isDoubtful =
      denial ||
      stance !== null ||
      // What is denied and not even mentioned is denied by nobody.
      [...negatedTerms(this.#claim)].some((term) => this.#missing.includes(term)) ||
      facts.length > 0 ||
      (isRepeating && this.#missing.some(isFact)) ||
      this.#close.length > 0 ||
      this.#missingNames().length > 0 ||
      (isRepeating && this.#hasExchangedWords(alignment)) ||
      addedWords(this.#missing, [this.reading.whole, this.reading.context]).length > 0 ||
      this.#isReordered(alignment, roles === 'same') ||
      this.#hasInventedQuotation() ||
      this.#claim.terms.some((term) => isMisplaced(term, this.#claim, this.#window)) ||
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
    return !isFact(term) && contains(this.reading.context, term);
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
      if (same.length === 0) return false;
      if (same.every((other) => found.has(other) !== claimed.has(term))) return true;
      // «Не член одного, но член другого» says a word in both ways, and as often each.
      const own = this.#claim.terms.filter((other) => compareTerms(term, other) === 'same');
      const denied = own.filter((other) => claimed.has(other)).length;
      return own.length === same.length && denied !== same.filter((one) => found.has(one)).length;
    });
    return isTurned || alignment.gaps.some((gap) => hasOpposites(gap, this.#claim, this.#window));
  }

  #hasExchangedWords(alignment: Alignment): boolean {
    return hasExchangedWords(alignment, {
      claim: this.#claim,
      found: this.#window,
      missing: this.#missing,
    });
  }

  #hasInventedQuotation(): boolean {
    const texts = this.#readings.map(({ text }) => text);
    return inventedQuotations(this.#claim.text, texts).length > 0;
  }

  /** The same names or numbers in another order may say who did what to whom the other way round. */
  #isReordered({ shared }: Alignment, areRolesKept: boolean): boolean {
    if (!areRolesKept && hasTurnedNames(this.#claim, this.#window)) return true;
    const isMoved = (term: Term): boolean =>
      !shared.has(term) &&
      !this.#missing.includes(term) &&
      !isMovedWhole(term, this.#claim, this.#window);
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

function isWording(term: Term): boolean {
  return !isFact(term);
}

/** A fact whose absence casts doubt without deciding: «три» may be counted in the source. */
function isSoft(term: Term): boolean {
  return term.kind === 'figure' && (term.figure.isWritten || term.figure.bound !== null);
}

function contradicted(coverage: number): Support {
  return { support: Math.min(0.2, coverage / 4), verdict: 'contradicted' };
}

function unsupported(coverage: number): Support {
  return { support: Math.min(0.35, coverage / 2), verdict: 'unsupported' };
}
