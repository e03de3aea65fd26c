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
    -4.133 +
    1.191 * features.own +
    0.998 * features.generalOwn +
    1.423 * features.page +
    2.243 * features.generalPage +
    1.173 * features.expected +
    1.156 * features.names -
    1.089 * features.length +
    0.021 * features.information +
    0.044 * features.generalInformation +
    0.319 * features.carried -
    0.117 * features.missing +
    0.004 * features.mostMissing +
    0.059 * features.generalMostMissing -
    0.154 * features.terms;
  return 1 / (1 + Math.exp(-evidence));
}

export const answerableFrom = 0.275;
