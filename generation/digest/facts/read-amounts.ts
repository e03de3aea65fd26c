import { isSetAside } from '../../../citations/claims/set-aside.ts';
import type { AmountKind, Fact, Subject } from '../fact.ts';
import { NUMBER, readAmount, SCALE } from './amount.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf, isSubject, namesIn } from './subject.ts';

/** How a kind of amount is written, and between which values it is one. */
export interface AmountRule {
  kind: AmountKind;
  /** Their first two groups are digits and scale. */
  patterns: readonly RegExp[];
  least: number;
  most: number;
}

/** A pattern in which `#` stands for a number with its scale and `%` for one without. */
export function amountPattern(source: string): RegExp {
  return new RegExp(
    source.replaceAll('#', `${NUMBER}${SCALE}?`).replaceAll('%', `${NUMBER}()`),
    'giu',
  );
}

/** The amounts of a statement that are said of the release. */
export function readAmounts(
  rules: readonly AmountRule[],
  statement: PageStatement,
  subject: Subject,
): Fact[] {
  const { text } = statement;
  const facts: Fact[] = [];
  for (const { kind, patterns, least, most } of rules) {
    const taken: [number, number][] = [];
    for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const from = match.index;
      const to = from + match[0].length;
      if (taken.some(([start, end]) => from < end && start < to)) continue;
      if (!isSaidOf(subject, statement, from) || namesAnother(match[0], subject)) continue;
      const amount = readAmount(match[1], match[2], { before: text.slice(0, from) });
      if (amount === null || amount.value < least || amount.value > most) continue;
      if (isSetAside(match[0], text)) continue;
      taken.push([from, to]);
      // «100+ languages».
      const isMore = match[0].includes(`${match[1] ?? ''}+`);
      const stated = isMore ? { ...amount, bound: 'more' as const } : amount;
      facts.push(found({ kind, amount: stated }, match[0], statement));
    }
  }
  return facts;
}

/** "The context length of Wren 2 is 8192": whose it is stands between the words and the number. */
function namesAnother(words: string, subject: Subject): boolean {
  const [first] = namesIn(words.replace(/[\d.,]+\D*$/u, ''));
  return first !== undefined && !isSubject(first.name, subject);
}
