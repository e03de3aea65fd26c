import type { Overlap } from './overlap.ts';

/** A logistic regression: what each share or logarithm adds to the odds. */
export type AttributionModel = Record<keyof Overlap | 'bias', number>;

/**
 * The chance, 0 to 1, that a text says what a claim says, judged by wording alone: it knows nothing of
 * figures, names and denials, which are compared by themselves.
 */
export function attributionOf(overlap: Overlap, model: AttributionModel = fitted): number {
  let odds = model.bias;
  for (const feature of attributionFeatures) odds += model[feature] * overlap[feature];
  return 1 / (1 + Math.exp(-odds));
}

export const attributionFeatures = ['words', 'grams', 'sequence', 'foreign', 'speaker'] as const;

// Fitted on the 217 rows of BEGIN (CC BY 4.0) that are marked dev and wow, and on nothing else. To fit
// again, after a change to the features or to the words' weights: node tests/bench/verification/fit.ts
const fitted: AttributionModel = {
  bias: -2.476,
  words: 2.142,
  grams: 1.627,
  sequence: 1.881,
  foreign: -0.802,
  speaker: -1.234,
};
