import type { SentenceFeatures } from './sentence-ranking.ts';

/**
 * 0 to 1: how probable it is that the best sentence answers at all, rather than being the nearest of
 * what was found. Below `answerableFrom` an honest "not found" serves better.
 *
 * A logistic regression over what the ranking saw, fitted once on the 1,158 questions of XQuAD-R in
 * Russian and English, each asked with its page among the results and with it taken away; fitted on
 * one language it separates the other as well (AUC 0.96 both ways).
 */
export function answerability(features: SentenceFeatures): number {
  const evidence =
    -3.13 +
    1.65 * features.own +
    3.36 * features.page +
    1.23 * features.expected +
    1.03 * features.names -
    1.1 * features.length +
    0.052 * features.information +
    0.353 * features.carried -
    0.131 * features.missing +
    0.055 * features.mostMissing -
    0.113 * features.terms;
  return 1 / (1 + Math.exp(-evidence));
}

export const answerableFrom = 0.26;
