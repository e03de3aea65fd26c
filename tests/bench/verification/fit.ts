import { fileURLToPath } from 'node:url';

import {
  attributionFeatures,
  type AttributionModel,
} from '../../../citations/claims/attribution.ts';
import { measureOverlap, readOverlapText } from '../../../citations/claims/overlap.ts';
import { readVerificationRows } from './rows.ts';

/**
 * Fits the coefficients of citations/claims/attribution.ts and prints them. Takes the folder of the
 * benchmark's data, if it is not where benchmarks usually are.
 */
const [
  folder = fileURLToPath(new URL('../../../../shared/benchmarks/verification', import.meta.url)),
] = process.argv.slice(2);
const rows = readVerificationRows(folder).filter(({ isForFitting }) => isForFitting);
const examples = rows.map(({ claim, source, isAttributable }) => {
  const overlap = measureOverlap(claim, readOverlapText(source));
  return { values: attributionFeatures.map((feature) => overlap[feature]), isAttributable };
});
console.log(fit());

// The penalty on standardised coefficients; by ten-fold cross-validation 0.1 to 10 made no difference.
function fit(penalty = 10, steps = 4000, rate = 0.01): AttributionModel {
  const columns = attributionFeatures.map((_, at) => examples.map(({ values }) => values[at] ?? 0));
  const means = columns.map((column) => sum(column) / column.length);
  const deviations = columns.map((column, at) =>
    Math.sqrt(sum(column.map((value) => (value - (means[at] ?? 0)) ** 2)) / column.length),
  );
  const standardised = examples.map(({ values, isAttributable }) => ({
    values: values.map((value, at) => (value - (means[at] ?? 0)) / (deviations[at] ?? 1)),
    target: isAttributable ? 1 : 0,
  }));
  let bias = 0;
  let weights = attributionFeatures.map(() => 0);
  for (let step = 0; step < steps; step += 1) {
    const errors = standardised.map(
      ({ values, target }) =>
        1 / (1 + Math.exp(-bias - sum(values.map((value, at) => value * (weights[at] ?? 0))))) -
        target,
    );
    bias -= rate * sum(errors);
    weights = weights.map((weight, at) => {
      const slope = sum(errors.map((error, row) => error * (standardised[row]?.values[at] ?? 0)));
      return weight - rate * (slope + penalty * weight);
    });
  }
  const raw = weights.map((weight, at) => weight / (deviations[at] ?? 1));
  const model: AttributionModel = {
    bias: bias - sum(raw.map((weight, at) => weight * (means[at] ?? 0))),
    words: 0,
    grams: 0,
    sequence: 0,
    foreign: 0,
    speaker: 0,
  };
  attributionFeatures.forEach((feature, at) => {
    model[feature] = Number((raw[at] ?? 0).toFixed(3));
  });
  model.bias = Number(model.bias.toFixed(3));
  return model;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
