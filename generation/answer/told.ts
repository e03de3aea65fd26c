import { compareTerms, readStatement, termWeight, type Term } from '../../citations/statement.ts';

/** What an answer has said so far: a sentence that only says it again is left out. */
export interface Told {
  add(text: string): void;
  /** The share of what a text says, by weight, that was not said: 0 to 1. */
  newShare(text: string): number;
}

export function createTold(): Told {
  const said: Term[] = [];
  const isNew = (term: Term): boolean =>
    !said.some((known) => compareTerms(term, known) === 'same');

  return {
    add(text) {
      said.push(...readStatement(text).terms);
    },
    newShare(text) {
      const { terms } = readStatement(text);
      const all = weigh(terms);
      return all === 0 ? 0 : weigh(terms.filter(isNew)) / all;
    },
  };
}

function weigh(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + termWeight(term), 0);
}
