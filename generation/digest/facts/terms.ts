import type { Fact, Subject } from '../fact.ts';
import { GLOSSARY } from '../words/glossary.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf, isSubject } from './subject.ts';

/** Ideas of the glossary that a statement affirms of the release. */
export function readTerms(statement: PageStatement, subject: Subject): Fact[] {
  const { text, heading, page } = statement;
  if (statement.kind !== 'sentence') return [];
  const facts: { at: number; fact: Fact }[] = [];
  for (const { key, of, pattern, isDenial = false } of GLOSSARY) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const before = text.slice(0, match.index);
    if (!isDenial && DENIED.test(before)) continue;
    if (!isSaidOf(subject, statement, match.index)) continue;
    // What was distilled from it was made of it, not it of that.
    if (
      /distill/iu.test(match[0]) &&
      isMadeOfIt(text.slice(match.index + match[0].length), subject)
    )
      continue;
    if (of === 'caveat' && !CAUTIOUS.test(`${heading} ${text}`) && page.role === 'listing')
      continue;
    facts.push({ at: match.index, fact: found({ kind: 'term', of, key }, match[0], statement) });
  }
  // In the order of the sentence, save that the more exact word for what it is comes first.
  return [
    ...facts.filter(isWhat),
    ...facts.filter((one) => !isWhat(one)).toSorted((one, other) => one.at - other.at),
  ].map(({ fact }) => fact);
}

function isWhat({ fact }: { fact: Fact }): boolean {
  return fact.kind === 'term' && fact.of === 'what';
}

function isMadeOfIt(after: string, subject: Subject): boolean {
  const [, name] = /^\s*(?:\p{L}+\s+)?(?:from|models?)\s*([\w.-]*\w)?/iu.exec(after) ?? [];
  return /^\s*models?/iu.test(after) || (name !== undefined && isSubject(name, subject));
}

/** A limitation in the words of its authors, for which there are none of ours. */
export function readCaveatQuotes(statement: PageStatement, known: readonly Fact[]): Fact[] {
  const { text, heading, kind } = statement;
  if (kind !== 'sentence' || text.length > 160 || text.length < 30) return [];
  if (!/limitation|caveat|known issue|ограничени|недостат/iu.test(heading)) return [];
  if (known.some((fact) => fact.kind === 'term' && fact.of === 'caveat')) return [];
  return [found({ kind: 'caveat-quote', text }, text, statement)];
}

/** «without supervised fine-tuning», «instead of words»: said of what is not. */
const DENIED =
  /(?:\b(?:no|not|without|instead of|rather than|unlike|never|neither|nor|except)|(?<!\p{L})(?:без|не|вместо|кроме|в отличие от))\s+(?:[\p{L}-]+\s+){0,3}$/iu;
const CAUTIOUS = /may|might|can|not|limit|only|caution|warn|ограничен|может|не /iu;
