import { shareOfTexts } from '../../retrieval/text/word-frequency.ts';

/** What each term of a question weighs, in the order of its terms. */
export class TermWeights {
  readonly total: number;
  readonly #weights: readonly number[];

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.total = sum(weights);
  }

  /** The share of all information that these matches, one a term, carry. */
  coverage(matched: readonly number[]): number {
    return sum(matched.map((match, at) => match * (this.#weights[at] ?? 0))) / this.total;
  }

  mostMissing(matched: readonly number[]): number {
    return Math.max(...matched.map((match, at) => (1 - match) * (this.#weights[at] ?? 0)));
  }
}

/**
 * How much a term tells, in nats: the rarer the more. What the passages at hand say of it (all of
 * them share the subject, so its name tells little) is smoothed with what general language says,
 * for a handful of passages is too few to count by.
 */
export function localInformation(stem: string, matches: readonly number[][], at: number): number {
  const holding = matches.filter((matched) => (matched[at] ?? 0) >= 0.54).length;
  const general = shareOfTexts(stem, wordsOfPassage);
  return informationOf((holding + priorSentences * general) / (matches.length + priorSentences));
}

export function generalInformation(stem: string): number {
  return informationOf(shareOfTexts(stem, wordsOfPassage));
}

/** BM25's IDF, from the share of texts that hold the term. */
function informationOf(share: number): number {
  return Math.log((1 - share + 1e-6) / (share + 1e-6) + 1);
}

const wordsOfPassage = 120;
const priorSentences = 100;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
