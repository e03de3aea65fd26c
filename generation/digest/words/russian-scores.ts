import type { DraftParagraph } from '../digest-post.ts';
import type { Amount, FactTable } from '../fact.ts';
import { changesOf, comparisonsOf, type Comparison, type ScoreFact } from '../scores-of.ts';
import { amountText } from './russian-numbers.ts';

/** What authors report: one score is a sentence, two and more are a list. */
export function russianScores(table: FactTable): DraftParagraph[] {
  const comparisons = comparisonsOf(table, { russian: false });
  const changes = changesOf(table).slice(0, 1);
  const rose = changes.map((fact) => ({
    text: `По данным авторов, на ${fact.score.benchmark} результат${fact.score.system === null ? '' : ` ${fact.score.system}`} ${riseOf(fact)} с ${scoreValue(fact.score.from, fact)} до ${scoreValue(fact.score.amount, fact)}.`,
    facts: [fact],
    weight: 0.9,
  }));
  const [only] = comparisons;
  if (only === undefined) return rose.length === 0 ? [] : [{ kind: 'text', lines: rose }];
  if (comparisons.length === 1) {
    const text = `Оценка авторов: ${scoreText(only)}.`;
    return [{ kind: 'text', lines: [{ text, facts: factsIn(only), weight: 0.95 }, ...rose] }];
  }
  return [
    ...(rose.length === 0 ? [] : [{ kind: 'text', lines: rose } as const]),
    {
      kind: 'bullets',
      lead: { text: 'Оценки авторов:', facts: [], weight: 1 },
      items: comparisons.map((one, at) => ({
        text: scoreText(one),
        facts: factsIn(one),
        weight: 0.95 - at / 10,
      })),
    },
  ];
}

function riseOf({ score: { from, amount } }: ScoreFact): string {
  return from !== null && from.value < amount.value ? 'вырос' : 'снизился';
}

/** «AIME 2024 — 16,667 против 6,67 у Qwen2.5-3B-Instruct». */
export function scoreText({ benchmark, own, others }: Comparison): string {
  const beside = others.map(
    (other) => `${scoreValue(other.score.amount, other)} у ${other.score.system ?? ''}`,
  );
  const against = beside.length === 0 ? '' : ` против ${beside.join(' и ')}`;
  return `${benchmark} — ${scoreValue(own.score.amount, own)}${against}`;
}

function factsIn({ own, others }: Comparison): ScoreFact[] {
  return [own, ...others];
}

function scoreValue(amount: Amount | null, { score, written }: ScoreFact): string {
  if (amount === null) return '';
  const isPercent = score.unit === 'percent' || written.includes(`${amount.digits}%`);
  return `${amountText(amount)}${isPercent ? '%' : ''}`;
}
