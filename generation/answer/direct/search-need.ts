import { readFileSync } from 'node:fs';

import { featuresOf } from './message-features.ts';

/** A linear model of which messages have to be looked up. */
export interface SearchNeedModel {
  bias: number;
  /** By the name of the feature, in hundredths. */
  weights: Record<string, number>;
  /** Stems of the messages that it was fitted on. */
  known: string;
}

/**
 * How sure it is that a message has to be looked up, as the logarithm of the odds: above 0 it rather has
 * to. Fitted on messages that were labelled by people who had not seen any of the rules.
 */
export function searchNeed(message: string): number {
  const { bias, weights, known } = model();
  let sum = bias;
  for (const [name, value] of featuresOf(message, (stem) => known.has(stem))) {
    sum += ((weights.get(name) ?? 0) / 100) * value;
  }
  return sum;
}

interface LoadedModel {
  bias: number;
  weights: ReadonlyMap<string, number>;
  known: ReadonlySet<string>;
}

let loaded: LoadedModel | null = null;

/** Read when it is first asked: who has no chat model never needs it. */
function model(): LoadedModel {
  if (loaded !== null) return loaded;
  const file = new URL('./search-need.json', import.meta.url);
  const { bias, weights, known } = JSON.parse(readFileSync(file, 'utf8')) as SearchNeedModel;
  loaded = { bias, weights: new Map(Object.entries(weights)), known: new Set(known.split(' ')) };
  return loaded;
}
