import { describe, expect, test } from 'vitest';

import { factsOf, type AmountKind } from '../../../generation/digest/fact.ts';
import { factsOfCard } from './read-cards.ts';

/** The amounts of a kind that are read of `acme/Crane-3-7B` where its card says this. */
async function amountsOf(kind: AmountKind, says: string): Promise<number[]> {
  const card = `# Crane-3-7B\n\n${says}\n`;
  const { table } = await factsOfCard({ id: 'acme/Crane-3-7B', card });
  return factsOf(table.facts, kind).map(({ amount }) => amount.value);
}

describe('a figure of another is none of the release', () => {
  test.each<[AmountKind, string, number[]]>([
    ['training-tokens', 'Wren 2 was trained on 8T tokens.', []],
    ['training-tokens', 'Wren 2 12B saw much: it was trained on 8T tokens.', []],
    ['training-tokens', 'Wren-v2 was trained on 8T tokens.', []],
    ['training-tokens', 'Crane-3-7B was trained on 5T tokens, Wren 2 on 8T tokens.', [5e12]],
    ['training-tokens', 'In Table 2, Crane-3-7B was trained on 5T tokens.', [5e12]],
    ['context', 'The context length of Wren 2 is 8192 tokens.', []],
    ['context', 'The context length of Crane-3-7B is 8192 tokens.', [8192]],
    ['parameters', 'Unlike Wren 2, which has 27B parameters, it runs on one card.', []],
    ['parameters', 'Unlike Wren 2, Crane-3-7B has 7.2B parameters.', [7.2e9]],
    ['parameters', 'A reward model with 35B parameters filtered the data.', []],
    ['parameters', 'Crane-3-7B is a reward model with 7.2B parameters.', [7.2e9]],
    ['parameters', 'Модель-учитель на 35 млрд параметров отобрала данные.', []],
  ])('%s of «%s»', async (kind, says, expected) => {
    expect(await amountsOf(kind, says)).toEqual(expected);
  });
});

describe('a score', () => {
  test.each([
    ['On MMLU, Crane-3-7B reaches 75.9%.', ['own 75.9']],
    ['On MMLU, Wren 2 reaches 70.1%.', ['Wren 2 70.1']],
    ['Crane-3-7B gets 75.9 points on MMLU (vs 70.1 for Wren 2).', ['own 75.9', 'Wren 2 70.1']],
    ['На MMLU Crane-3-7B набирает 75,9%.', ['own 75.9']],
  ])('in «%s» is whose it is', async (says, expected) => {
    const card = `# Crane-3-7B\n\n${says}\n`;
    const { table } = await factsOfCard({ id: 'acme/Crane-3-7B', card });
    const scores = factsOf(table.facts, 'score').map(
      ({ score }) => `${score.isOwn ? 'own' : score.system} ${score.amount.digits}`,
    );
    expect(scores).toEqual(expected);
  });

  test.each([
    ['75.9', '75.9'],
    ['75.9%', '75.9'],
    ['75,9', '75.9'],
    ['**75.9**', '75.9'],
    ['75.9 (5-shot)', '75.9'],
    ['75.9 ± 0.3', '75.9'],
    ['0.759', '0.759'],
    ['`75.9`', '75.9'],
    ['[75.9](https://leaderboard.example)', '75.9'],
    ['75.9 (+1.2)', '75.9'],
    ['75.9 / 80.1', null],
    ['n/a', null],
  ])('written %s in a table is read, where it is one: %s', async (cell, digits) => {
    const card = `# Crane-3-7B\n\n| Benchmark | Wren 2 | Crane-3-7B |\n|---|---|---|\n| MMLU | 70.1 | ${cell} |\n`;
    const { table } = await factsOfCard({ id: 'acme/Crane-3-7B', card });
    const own = factsOf(table.facts, 'score').find(({ score }) => score.isOwn);
    expect(own?.score.amount.digits ?? null).toBe(digits);
  });
});

test('a grouped number ends with its sentence', async () => {
  expect(await amountsOf('training-cost', 'The training of Crane-3-7B cost $1,652,000.')).toEqual([
    1_652_000,
  ]);
});
