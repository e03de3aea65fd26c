import { alignStatements } from './align.ts';
import { isOfSameKind } from './changes.ts';
import { contains } from './matching.ts';
import { areOpposite, negatedTerms } from './polarity.ts';
import {
  compareTerms,
  isFact,
  readStatement,
  termWeight,
  type Statement,
  type Term,
} from './statement.ts';

/** What a claim has otherwise than the sentence that decides, as it is written in both. */
export interface Difference {
  kind: 'figure' | 'date' | 'name' | 'negation';
  /** '' for a negation. */
  claimed: string;
  /** What the source has in its place; null when it has nothing of the kind. */
  found: string | null;
}

/**
 * The first thing in which a claim and a sentence of its source differ and that a reader can be told
 * in one phrase, or null: figures and dates before negations, and those before names.
 */
export function findDifference(claim: string, sentence: string): Difference | null {
  const said = readStatement(claim);
  const found = readStatement(sentence);
  return differentFact(said, found) ?? turned(said, found) ?? differentName(said, found);
}

function differentFact(claim: Statement, found: Statement): Difference | null {
  const { gaps } = alignStatements(claim, found);
  const missing = claim.terms.filter((term) => isFact(term) && !contains(found, term));
  const free = found.terms.filter((term) => isFact(term) && !contains(claim, term));
  const differences = missing.map((fact): Difference => {
    const gap = gaps.find((one) => one.claim.includes(fact));
    const rival =
      free.find((other) => gap?.found.includes(other) && isOfSameKind(fact, other)) ??
      free.find((other) => isOfSameKind(fact, other)) ??
      free.find((other) => gap?.found.includes(other));
    return {
      kind: fact.kind === 'date' ? 'date' : 'figure',
      claimed: written(claim, fact),
      found: rival === undefined ? null : written(found, rival),
    };
  });
  return differences.find((difference) => difference.found !== null) ?? differences[0] ?? null;
}

function turned(claim: Statement, found: Statement): Difference | null {
  const said = negatedTerms(claim);
  const there = negatedTerms(found);
  const isTurned = claim.terms.some((term) => {
    if (termWeight(term) === 0) return false;
    const same = found.terms.filter((other) => compareTerms(term, other) === 'same');
    return same.length > 0 && same.every((other) => there.has(other) !== said.has(term));
  });
  if (isTurned) return { kind: 'negation', claimed: '', found: null };
  for (const { claim: own, found: others } of alignStatements(claim, found).gaps) {
    for (const one of own) {
      const other = others.find(
        (term) => 'word' in one && 'word' in term && areOpposite(one.word, term.word),
      );
      if (other === undefined || contains(claim, other) || contains(found, one)) continue;
      return { kind: 'name', claimed: written(claim, one), found: written(found, other) };
    }
  }
  return null;
}

function differentName(claim: Statement, found: Statement): Difference | null {
  const { gaps } = alignStatements(claim, found);
  const missing = claim.terms.filter(
    (term) => term.kind === 'name' && term.isCertain && !contains(found, term),
  );
  const differences = missing.map((name): Difference => {
    const gap = gaps.find((one) => one.claim.includes(name));
    const rival = gap?.found.find((term) => term.kind === 'name' && !contains(claim, term));
    return {
      kind: 'name',
      claimed: wholeName(claim, name),
      found: rival === undefined ? null : wholeName(found, rival),
    };
  });
  return differences.find((difference) => difference.found !== null) ?? differences[0] ?? null;
}

/** With the names that follow it at once: «Луи Пастер». */
function wholeName({ text, terms }: Statement, name: Term): string {
  let { end } = name;
  for (const next of terms.slice(terms.indexOf(name) + 1)) {
    if (next.kind !== 'name' || text.slice(end, next.start) !== ' ') break;
    end = next.end;
  }
  return text.slice(name.start, end);
}

function written({ text }: Statement, { start, end }: Term): string {
  return text.slice(start, end);
}
