import type { Fact, Subject } from '../fact.ts';
import { found } from './parameters.ts';
import { amountPattern, type AmountRule } from './read-amounts.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';

/** How large a set of tasks is, experts of a mixture, languages, and the scale that answers are rated on. */
export const COUNT_RULES: readonly AmountRule[] = [
  {
    kind: 'prompt-count',
    patterns: [
      amountPattern(
        '(?:benchmark|dataset|set|suite|contains|consists|comprises|includes|has)[^.;]{0,40}?\\s#\\s+(?:\\p{L}+[\\s-]+){0,2}?(?:prompts|questions|tasks|problems)',
      ),
      amountPattern(
        '(?:в наборе|состоит|содержит|включает|собра\\p{L}*)[^.;]{0,40}?\\s#\\s+(?:\\p{L}+\\s+){0,2}?(?:задани|вопрос|задач)\\p{L}*',
      ),
    ],
    least: 10,
    most: 1e8,
  },
  {
    kind: 'instruction-kinds',
    patterns: [
      amountPattern('%\\s+(?:types|kinds) of (?:verifiable )?instructions'),
      amountPattern('%\\s+вид\\p{L}* (?:проверяемых )?инструкц\\p{L}*'),
    ],
    least: 2,
    most: 1000,
  },
  {
    kind: 'scale-top',
    patterns: [
      amountPattern('(?:rated|scored|graded)[^.;]{0,30}?from (?:0|1) to %'),
      amountPattern('по шкале от (?:0|1) до %'),
    ],
    least: 2,
    most: 100,
  },
  {
    kind: 'experts',
    patterns: [
      amountPattern('%\\s+(?:routed )?experts(?! (?:are|is))'),
      amountPattern('%\\s+(?:маршрутизируем\\p{L}+ )?эксперт\\p{L}*'),
      amountPattern('number of (?:routed )?experts: %'),
      amountPattern('^(?:\\S*\\.)?(?:n_routed_experts|num_local_experts|num_experts): %'),
    ],
    least: 2,
    most: 100_000,
  },
  {
    kind: 'active-experts',
    patterns: [
      amountPattern(
        '%\\s+(?:routed )?experts (?:are|is) (?:active|activated|selected|used|chosen)',
      ),
      amountPattern('number of activated experts: %'),
      amountPattern('^(?:\\S*\\.)?(?:num_experts_per_tok): %'),
    ],
    least: 1,
    most: 1000,
  },
  {
    kind: 'language-count',
    patterns: [
      amountPattern('%\\+?\\s+(?:natural |human |different |spoken )?languages'),
      amountPattern('%\\s+язык\\p{L}*'),
    ],
    least: 2,
    most: 8000,
  },
  {
    kind: 'temperature',
    patterns: [
      amountPattern('temperature (?:of |to |= ?|: ?)%'),
      amountPattern('температур\\p{L}* %'),
    ],
    least: 0,
    most: 2,
  },
  {
    kind: 'category-count',
    patterns: [
      amountPattern('%\\s+(?:\\p{L}+\\s)?(?:categories|domains|subjects)'),
      amountPattern('%\\s+категори\\p{L}*'),
    ],
    least: 2,
    most: 1000,
  },
];

/** «eight categories»: small numbers are written as words. */
export function readWrittenCounts(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  const match = CATEGORIES.exec(text);
  const word = match?.[1]?.toLowerCase();
  if (match === null || word === undefined || !isSaidOf(subject, statement, match.index)) return [];
  const value = WORDS.findIndex((forms) => forms.includes(word)) + 2;
  if (value < 2) return [];
  const amount = { digits: String(value), scale: 1, value, bound: null };
  return [found({ kind: 'category-count', amount }, match[0], statement)];
}

const WORDS = [
  ['two', 'две', 'двух'],
  ['three', 'три', 'трёх'],
  ['four', 'четыре', 'четырёх'],
  ['five', 'пять', 'пяти'],
  ['six', 'шесть', 'шести'],
  ['seven', 'семь', 'семи'],
  ['eight', 'восемь', 'восьми'],
  ['nine', 'девять', 'девяти'],
  ['ten', 'десять', 'десяти'],
];
const CATEGORIES = new RegExp(
  `(?<!\\p{L})(${WORDS.flat().join('|')})\\s+(?:\\p{L}+\\s)?(?:categories|domains|subjects|категори\\p{L}*)`,
  'iu',
);
