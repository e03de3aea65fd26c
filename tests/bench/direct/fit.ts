import { readFileSync, writeFileSync } from 'node:fs';

import {
  featuresOf,
  type MessageFeatures,
} from '../../../generation/answer/direct/message-features.ts';
import type { SearchNeedModel } from '../../../generation/answer/direct/search-need.ts';
import { fold, stem } from '../../../retrieval/text/terms.ts';
import { sequence } from '../sequence.ts';
import { readMessages, type LabelledMessage } from './messages.ts';

// Fits generation/answer/direct/search-need.json on the labelled messages that are for fitting.
if (import.meta.main) {
  const fitted = fitSearchNeed(readMessages('training'));
  const file = new URL('../../../generation/answer/direct/search-need.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(fitted, null, 0)}\n`);
  console.log(`${Object.keys(fitted.weights).length} weights, ${readFileSync(file).length} bytes`);
}

export interface FitOptions {
  /** How strongly weights are drawn to nothing. */
  penalty?: number;
  passes?: number;
  rate?: number;
  /** Weights nearer to nothing are left out. */
  least?: number;
}

/** A logistic regression by AdaGrad, averaged over the second half of its passes. */
export function fitSearchNeed(
  messages: readonly LabelledMessage[],
  { penalty = 10, passes = 30, rate = 0.3, least = 0.1 }: FitOptions = {},
): SearchNeedModel {
  const counts = countStems(messages);
  // A message by itself must not make its words known: others would not.
  const examples = messages.map(({ text }) =>
    featuresOf(text, (one) => (counts.get(one) ?? 0) >= 2),
  );
  const names = featuresOfSeveral(examples);
  const rows = examples.map((features) => {
    const columns: number[] = [];
    const values: number[] = [];
    for (const [name, value] of features) {
      const column = names.get(name);
      if (column === undefined) continue;
      columns.push(column);
      values.push(value);
    }
    return { columns, values };
  });
  const weights = new Float64Array(names.size);
  const squares = new Float64Array(names.size);
  const averages = new Float64Array(names.size);
  let bias = 0;
  let biasSquares = 0;
  let averageBias = 0;
  const random = sequence(1);
  const counted = Math.floor(passes / 2);
  for (let pass = 0; pass < passes; pass += 1) {
    for (const at of shuffled(rows.length, random)) {
      const { columns = [], values = [] } = rows[at] ?? {};
      let sum = bias;
      for (const [place, column] of columns.entries()) {
        sum += (weights[column] ?? 0) * (values[place] ?? 0);
      }
      const error = 1 / (1 + Math.exp(-sum)) - (messages[at]?.needsSearch === true ? 1 : 0);
      biasSquares += error ** 2;
      bias -= (rate * error) / Math.sqrt(1 + biasSquares);
      for (const [place, column] of columns.entries()) {
        const weight = weights[column] ?? 0;
        const slope = error * (values[place] ?? 0) + (penalty * weight) / rows.length;
        const square = (squares[column] ?? 0) + slope ** 2;
        squares[column] = square;
        weights[column] = weight - (rate * slope) / Math.sqrt(1 + square);
      }
    }
    if (pass < passes - counted) continue;
    for (const [column, weight] of weights.entries())
      averages[column] = (averages[column] ?? 0) + weight / counted;
    averageBias += bias / counted;
  }
  const kept = [...names]
    .map(([name, column]) => [name, averages[column] ?? 0] as const)
    .filter(([, weight]) => Math.abs(weight) >= least)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    bias: Number(averageBias.toFixed(3)),
    weights: Object.fromEntries(kept.map(([name, weight]) => [name, Math.round(weight * 100)])),
    known: [...counts.keys()].toSorted().join(' '),
  };
}

/** In how many messages each stem stands. */
function countStems(messages: readonly LabelledMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of messages) {
    const words = fold(text).match(/[\p{L}\p{N}'-]+/gu) ?? [];
    for (const one of new Set(words.map((word) => stem(word)))) {
      counts.set(one, (counts.get(one) ?? 0) + 1);
    }
  }
  return counts;
}

/** What only one message has tells nothing of others. */
function featuresOfSeveral(examples: readonly MessageFeatures[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of examples) {
    for (const name of features.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const several = [...counts].filter(([, count]) => count >= 2);
  return new Map(several.map(([name], column) => [name, column]));
}

function shuffled(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
