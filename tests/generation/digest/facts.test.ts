import { describe, expect, it } from 'vitest';
import { factsOf, type AmountKind, type FactTable } from '../../../generation/digest/fact.ts';
import { CARDS, tableMountain, type CardFixture } from './cards.ts';
import { factsOfCard } from './read-cards.ts';

function card(name: string): CardFixture {
  const fixture = CARDS[name];
  if (fixture === undefined) throw new Error(`no card ${name}`);
  return fixture;
}

async function tableOf(name: string): Promise<FactTable> {
  return (await factsOfCard(card(name))).table;
}

function amounts(table: FactTable, kind: AmountKind): number[] {
  return table.facts.flatMap((fact) => (fact.kind === kind ? [fact.amount.value] : []));
}

function names(table: FactTable, kind: string): string[] {
  return table.facts.flatMap((fact) => (fact.kind === kind && 'name' in fact ? [fact.name] : []));
}

function scores(table: FactTable): string[] {
  return factsOf(table.facts, 'score').map(
    ({ score: { benchmark, system, isOwn, amount, unit } }) =>
      `${benchmark} ${isOwn ? 'own' : (system ?? '?')} ${amount.digits}${unit === 'percent' ? '%' : ''}`,
  );
}

describe('facts of a card', () => {
  it('reads sizes, context, training, licence and languages', async () => {
    const table = await tableOf('frontMatterAndTable');
    expect(amounts(table, 'parameters')).toEqual([34e9]);
    expect(amounts(table, 'active-parameters')).toEqual([4e9]);
    // 131072 of the config is the card's 128K.
    expect(amounts(table, 'context')).toEqual([128_000]);
    expect(amounts(table, 'training-tokens')).toEqual([9.2e12]);
    expect(amounts(table, 'experts')).toEqual([64]);
    expect(amounts(table, 'active-experts')).toEqual([6]);
    expect(names(table, 'licence')).toEqual(['Apache 2.0']);
    expect(names(table, 'language')).toEqual(['en', 'ru', 'zh']);
    expect(names(table, 'publisher')).toContain('Acme');
    expect(names(table, 'engine')).toEqual(['vLLM', 'SGLang']);
    expect(table.conflicts).toEqual([]);
  });

  it('keeps with each fact the exact words of its page', async () => {
    for (const fixture of Object.values(CARDS)) {
      const { table } = await factsOfCard(fixture);
      for (const fact of table.facts) {
        const texts = table.pages
          .filter(({ address }) => address === fact.address)
          .flatMap(({ blocks }) => blocks.map(({ text }) => text));
        expect(texts.some((text) => text.includes(fact.quote))).toBe(true);
      }
    }
  });

  it('reads scores of tables with systems in columns, without cells that hold none', async () => {
    expect(scores(await tableOf('frontMatterAndTable'))).toEqual([
      'MMLU-Pro own 71.2',
      'MMLU-Pro Bolt-30B 69.8',
      'MMLU-Pro Crane 2 32B 70.4',
      'GSM8K own 91.5%',
      'GSM8K Bolt-30B 90.1%',
      'ruMMLU own 66.3',
      'ruMMLU Bolt-30B 61.0',
      'ruMMLU Crane 2 32B 64.9',
      'LiveCodeBench own 38.4',
      'LiveCodeBench Bolt-30B 36.0',
      'LiveCodeBench Crane 2 32B 37.7',
    ]);
  });

  it('reads scores of tables with systems in rows', async () => {
    expect(scores(await tableOf('modelsInRows'))).toEqual([
      'AIME 2024 Glacier-3B 6.7',
      'GPQA Diamond Glacier-3B 28.1',
      'IFEval Glacier-3B 70.2',
      'AIME 2024 own 16.7',
      'GPQA Diamond own 33.9',
      'IFEval own 74.0',
    ]);
  });

  it('reads scores of sentences, and the system that they are compared with', async () => {
    expect(scores(await tableOf('proseScores'))).toEqual([
      'MMLU own 88.5%',
      'MMLU Bolt-70B 86.1%',
      'MATH-500 own 81.4',
      'HumanEval own 79.9',
    ]);
  });

  it('reads scores of a model index with what they measure, and of Russian tables', async () => {
    expect(scores(await tableOf('modelIndex'))).toEqual(['Golos Crowd (WER) own 4.31']);
    expect(scores(await tableOf('russianCard'))).toEqual([
      'MERA own 0.51',
      'MERA Volna-22B 0.47',
      'ruMMLU own 0.598',
      'ruMMLU Volna-22B 0.573',
    ]);
    expect(scores(await tableOf('embeddings'))).toEqual(['MTEB own 66.1', 'ruMTEB own 64.8']);
  });

  it('reads Russian amounts', async () => {
    const table = await tableOf('russianCard');
    expect(amounts(table, 'parameters')).toEqual([20e9]);
    expect(amounts(table, 'active-parameters')).toEqual([3e9]);
    expect(amounts(table, 'training-tokens')).toEqual([9.5e12]);
    expect(amounts(table, 'context')).toEqual([131_072]);
  });

  it('reads what an API costs and what training took', async () => {
    const table = await tableOf('proseScores');
    expect(amounts(table, 'price-input')).toEqual([0.27]);
    expect(amounts(table, 'price-output')).toEqual([1.1]);
    expect(amounts(table, 'gpu-hours')).toEqual([6.4e6]);
    expect(names(table, 'accelerator')).toEqual(['H100']);
    expect(names(table, 'licence')).toEqual(['dune-community']);
  });

  it('keeps what is claimed twice and differently, and chooses none of it', async () => {
    const licences = await tableOf('twoLicences');
    expect(licences.conflicts.map(({ kind }) => kind)).toEqual(['licence']);
    expect(names(licences, 'licence')).toEqual(['MIT', 'Apache 2.0']);
    const contexts = await tableOf('conflictingFigures');
    expect(contexts.conflicts.map(({ kind }) => kind)).toEqual(['context']);
    // 13.4B is a more exact 13B.
    expect(amounts(contexts, 'parameters')).toEqual([13e9]);
  });

  it('reads the own row of a table of models, whatever stands in the others', async () => {
    const { table } = await factsOfCard({
      id: 'acme-ai/Acme-Heron-9B',
      card: `# Acme-Heron-9B

| Model | #Total Params | Context Length | License |
|---|---|---|---|
| Acme-Heron-2B | 2.1B | 32K | MIT |
| Acme-Heron-9B | 9.4B | 64K | Apache-2.0 |

|  | Benchmark | # Shots | Bolt 2 70B | Acme-Heron-9B |
|---|---|---|---|---|
| | # Total Params | - | 70B | 9.4B |
| English | MMLU | 5-shot | 80.1 | 71.0 |
| | BBH | 3-shot | 77.2 | 64.5 |
`,
    });
    expect(amounts(table, 'parameters')).toEqual([9.4e9]);
    expect(amounts(table, 'context')).toEqual([64_000]);
    expect(names(table, 'licence')).toEqual(['Apache 2.0']);
    expect(scores(table)).toEqual([
      'MMLU Bolt 2 70B 80.1',
      'MMLU own 71.0',
      'BBH Bolt 2 70B 77.2',
      'BBH own 64.5',
    ]);
    expect(table.conflicts).toEqual([]);
  });

  it('reads the sizes of a family as no conflict', async () => {
    const table = await tableOf('family');
    expect(factsOf(table.facts, 'sizes')[0]?.amounts.map(({ digits }) => digits)).toEqual([
      '0.6',
      '1.7',
      '4',
      '8',
    ]);
    expect(table.conflicts).toEqual([]);
  });

  it('says nothing of a card that says nothing', async () => {
    const table = await tableOf('onlyNames');
    expect(table.facts.map(({ kind }) => kind)).toEqual(['released', 'publisher']);
  });

  it('does not take what another model is said to have', async () => {
    const { table } = await factsOfCard({
      id: 'acme-ai/Acme-Mole-7B',
      card: `# Acme-Mole-7B

Acme-Mole-7B is a language model. Bolt-70B has 70B parameters and a context length of 64K tokens.
It was trained on 12T tokens under the MIT license, unlike Acme-Mole-7B.
`,
    });
    expect(amounts(table, 'parameters')).toEqual([]);
    expect(amounts(table, 'context')).toEqual([]);
    expect(amounts(table, 'training-tokens')).toEqual([]);
    expect(names(table, 'licence')).toEqual([]);
  });

  it('does not take for true what is denied', async () => {
    const { table } = await factsOfCard({
      id: 'acme-ai/Acme-Vole-7B',
      card: '# Acme-Vole-7B\n\nAcme-Vole-7B was trained without reinforcement learning.\n',
    });
    expect(factsOf(table.facts, 'term').map(({ key }) => key)).toEqual([]);
  });

  it('reads front matter whose list has lost its end', async () => {
    const { table } = await factsOfCard({
      id: 'acme-ai/Acme-Vole-7B',
      card: '---\nlicense: [apache-2.0\n---\n\n# Acme-Vole-7B\n',
    });
    expect(names(table, 'licence')).toEqual(['Apache 2.0']);
  });

  it('reads a megabyte of tables within seconds', async () => {
    const mountain = tableMountain();
    expect(mountain.card.length).toBeGreaterThan(500_000);
    const { table } = await factsOfCard(mountain);
    expect(amounts(table, 'parameters')).toEqual([9e9]);
    expect(table.facts.length).toBeLessThan(2000);
  });
});
