import { amountPattern, type AmountRule } from './read-amounts.ts';

const PER =
  '(?:\\s*(?:USD|dollars?))?\\s*(?:per|/|a)\\s*(?:1\\s?M|1\\s?million|million|M)\\b(?:\\s*\\p{L}+)?';

/** What an API takes for a million tokens, in dollars. */
export const PRICE_RULES: readonly AmountRule[] = [
  {
    kind: 'price-input',
    patterns: [
      amountPattern(`\\$\\s?%${PER}\\s*(?:input|prompt)`),
      amountPattern(`input[^.;$]{0,30}\\$\\s?%${PER}`),
      amountPattern('\\$\\s?%\\s*(?:for|per)?\\s*input[^.;]{0,40}?million'),
    ],
    least: 0.0001,
    most: 10_000,
  },
  {
    kind: 'price-output',
    patterns: [
      amountPattern(`\\$\\s?%${PER}\\s*(?:output|completion)`),
      amountPattern(`output[^.;$]{0,30}\\$\\s?%${PER}`),
    ],
    least: 0.0001,
    most: 10_000,
  },
];
