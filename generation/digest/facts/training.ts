import type { Fact, Subject } from '../fact.ts';
import { found } from './parameters.ts';
import { amountPattern, type AmountRule } from './read-amounts.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';

/** What training took: tokens, samples, hours of accelerators, money. */
export const TRAINING_RULES: readonly AmountRule[] = [
  {
    kind: 'training-tokens',
    patterns: [
      amountPattern(
        '(?:pre-?train\\p{L}*|train\\p{L}*)[^.;]{0,80}?[\\s(~]#[\\s-]*(?:high-quality |diverse |text |multilingual |and |unique )*tokens?',
      ),
      amountPattern('#[\\s-]*(?:training|pre-?training)[\\s-]*tokens?'),
      amountPattern(
        '(?:training|pre-?training)[\\s-]+(?:tokens|data|corpus)[\\s:|=–—-]+#(?:[\\s-]*tokens?)',
      ),
      amountPattern('(?:training|pre-?training) tokens[\\s:|=–—-]+#'),
      amountPattern('обуч\\p{L}+[^.;]{0,80}?\\s#\\s+токен\\p{L}*'),
    ],
    least: 1e8,
    most: 1e15,
  },
  {
    kind: 'training-samples',
    patterns: [
      amountPattern(
        '(?:train|tuned|tuning|distill|instruct|curated|supervised)\\p{L}*[^.;]{0,80}?\\s#[\\s-]*(?:\\p{L}+[\\s-]+){0,3}?(?:samples|examples|instructions|dialogues|conversations|pairs)',
      ),
      amountPattern(
        '(?:дообуч|обуч)\\p{L}+[^.;]{0,80}?\\s#\\s+(?:пример|диалог|инструкц|пар)\\p{L}*',
      ),
    ],
    least: 100,
    most: 1e12,
  },
  {
    kind: 'gpu-hours',
    patterns: [
      amountPattern('#\\s+(?:[AHBV]\\d{2,3}s?\\s+)?(?:GPU|TPU|accelerator)[\\s-]*hours'),
      amountPattern(
        '#\\s+(?:GPU[\\s-]*)?час\\p{L}*(?: работы)?(?: ускорител\\p{L}*| GPU| видеокарт\\p{L}*| [AHBV]\\d{2,3})',
      ),
    ],
    least: 1,
    most: 1e10,
  },
  {
    kind: 'training-cost',
    patterns: [
      amountPattern('(?:cost|train|spen)\\p{L}*[^.;]{0,80}?\\$\\s?#(?!\\s*(?:per|/|an? ))'),
      amountPattern('(?:стои|обуч|потра)\\p{L}*[^.;]{0,80}?\\s#\\s+доллар\\p{L}*(?!\\s+за)'),
    ],
    least: 10,
    most: 1e11,
  },
  {
    kind: 'gpu-hour-price',
    patterns: [
      amountPattern('\\$\\s?%\\s*(?:per|/|an?)\\s*(?:[AHBV]\\d{2,3}\\s*)?(?:GPU[\\s-]*)?hour'),
    ],
    least: 0.01,
    most: 1000,
  },
];

/** Data sets that a model was trained on, by name, and the accelerators that it took. */
export function readTrainingNames(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  const facts: Fact[] = [];
  for (const match of text.matchAll(DATA)) {
    const name = match[1] ?? '';
    if (!isSaidOf(subject, statement, match.index) || /^(?:FP|BF|GPU|TPU|H\d|A\d)/u.test(name))
      continue;
    facts.push(found({ kind: 'training-data', name }, match[0], statement));
  }
  const hours = HOURS.exec(text);
  if (hours?.[1] !== undefined && isSaidOf(subject, statement, hours.index)) {
    facts.push(found({ kind: 'accelerator', name: hours[1] }, hours[0], statement));
  }
  return facts;
}

const DATA =
  /(?:trained|fine-?tuned|дообучен\p{L}*|обуча?л\p{L}*|обучен\p{L}*) (?:on|на(?: [а-яё]+){0,5}?) (?:the |наборе |из набора )?([A-Z][\w]*(?:[-_][\w.]+)+)/gu;
const HOURS = /(?<![\w])([AHBV]\d{2,3}) (?:GPU|accelerator)[\s-]*hours/u;
