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

test('a grouped number ends with its sentence', async () => {
  expect(await amountsOf('training-cost', 'The training of Crane-3-7B cost $1,652,000.')).toEqual([
    1_652_000,
  ]);
});
