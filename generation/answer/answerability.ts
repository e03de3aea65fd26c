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
    -4.311 +
    1.072 * features.own +
    1.066 * features.generalOwn +
    0.983 * features.page +
    1.926 * features.generalPage +
    1.468 * features.expected +
    1.087 * features.names -
    1.087 * features.length +
    0.048 * features.generalInformation +
    0.278 * features.carried -
    0.122 * features.missing +
    0.072 * features.generalMostMissing -
    0.06 * features.terms +
    0.354 * features.isOpen +
    1.397 * features.lead;
  return 1 / (1 + Math.exp(-evidence));
}

export const answerableFrom = 0.3;
