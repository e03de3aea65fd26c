import { negatedTerms } from '../polarity.ts';
import { compareTerms, isFact, readStatement, type Statement, type Term } from '../statement.ts';

/**
 * Whether a sentence has a figure, date or name of a claim only to say that it is not so: «671
 * миллиард, а не 617», "rather than Pasteur".
 */
export function isSetAside(claim: string, sentence: string): boolean {
  const said = readStatement(claim);
  const denied = negatedTerms(said);
  const found = readStatement(sentence);
  const aside = termsSetAside(found);
  return said.terms.some((term) => {
    if (!isFact(term) && term.kind !== 'name') return false;
    const same = found.terms.filter((other) => compareTerms(term, other) === 'same');
    return same.length > 0 && same.every((other) => aside.has(other) !== denied.has(term));
  });
}

/**
 * Whether a claim gives something that is named by a number («Eurobird 28,5») another one than the
 * sentence does, though that may have the number elsewhere.
 */
export function isRenumbered(claim: string, sentence: string): boolean {
  const said = numberedNames(readStatement(claim));
  const found = numberedNames(readStatement(sentence));
  return said.some(({ name, number }) => {
    const same = found.filter((other) => compareTerms(name, other.name) === 'same');
    return same.length > 0 && same.every((other) => compareTerms(number, other.number) !== 'same');
  });
}

/**
 * Whether a claim names something once more than the sentence does, which has another name instead:
 * «in Europe, the theater of North America …» says nothing of how it is called in North America.
 */
export function isNamedTooOften(claim: string, sentence: string): boolean {
  const said = certainNames(readStatement(claim));
  const found = certainNames(readStatement(sentence));
  const hasOther = found.some((name) => countOf(name, said) === 0);
  return hasOther && said.some((name) => countOf(name, said) > Math.max(1, countOf(name, found)));
}

function countOf(name: Term, names: readonly Term[]): number {
  return names.filter((other) => compareTerms(name, other) === 'same').length;
}

function certainNames({ terms }: Statement): Term[] {
  return terms.filter((term) => term.kind === 'name' && term.isCertain);
}

function numberedNames({ text, terms }: Statement): { name: Term; number: Term }[] {
  return terms.flatMap((name, at) => {
    const number = terms[at + 1];
    if (name.kind !== 'name' || number?.kind !== 'figure' || number.figure.unit !== null) return [];
    return text.slice(name.end, number.start) === ' ' ? [{ name, number }] : [];
  });
}

/** What a sentence names only to say that it is not what is meant. */
export function termsSetAside(statement: Statement): Set<Term> {
  const aside = negatedTerms(statement);
  for (const match of statement.text.matchAll(instead)) {
    const end = match.index + match[0].length;
    const next = statement.terms.find(
      (term) => term.start >= end && !(term.kind === 'word' && term.isStop),
    );
    if (next !== undefined) aside.add(next);
  }
  return aside;
}

const instead =
  /(?<!\p{L})(?:вместо|нежели|instead of|rather than|as opposed to|unlike)(?!\p{L})/giu;
