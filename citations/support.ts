import type { Passage } from '../retrieval/passage.ts';
import { Comparison, type Support } from './comparison.ts';
import { checkForeignSupport } from './foreign-support.ts';
import { readPassage, type PassageReading } from './passage-reading.ts';
import { isRepeated } from './repetition.ts';
import { readStatement, type Statement } from './statement.ts';
import { splitClauses } from './claims/clauses.ts';
import { closestWindows } from './claims/closest-windows.ts';

export type { Support };

/** Of a passage, what speaks for a claim: its title and heading may name what its text is about. */
export type Evidence = Pick<Passage, 'text' | 'title' | 'heading'>;

/**
 * Compares a claim with the passages that it cites: figures with units, dates, names, negation and
 * stems, against the sentence that says most of it. Never `supported` with a figure, a date or a
 * name that this sentence has otherwise.
 */
export function checkSupport(claim: string, passages: readonly Evidence[]): Support {
  if (passages.length === 0) return { support: 0, verdict: 'uncited' };
  const whole = checkWhole(claim, passages);
  if (whole.support < clausesFrom) return whole;
  const clauses = splitClauses(claim);
  if (clauses.length < 2) return whole;
  if (whole.verdict === 'supported') {
    if (!clauses.every(({ isIndependent }) => isIndependent)) return whole;
    // «Apple продаёт программы, а Microsoft — телефоны» has all the words of the reverse.
    const doubted = clauses
      .map(({ text }) => checkWhole(text, passages))
      .find(({ verdict }) => verdict !== 'supported');
    return doubted ?? whole;
  }
  const parts = clauses.map(({ text }) => checkWhole(text, passages));
  const support = Math.min(...parts.map((part) => part.support));
  if (parts.some(({ verdict }) => verdict !== 'supported')) return whole;
  if (clauses.every(({ isIndependent }) => isIndependent)) return { support, verdict: 'supported' };
  // What is left out of a clause, its subject first of all, may be another one in the source.
  if (whole.verdict !== 'unsupported') return whole;
  return { support: Math.min(support, 0.7), verdict: 'partly' };
}

/** With less in common, no part of the claim is carried either. */
const clausesFrom = 0.1;

function checkWhole(claim: string, passages: readonly Evidence[]): Support {
  const statement = readStatement(claim);
  const isRussian = isCyrillic(claim);
  const readings = passages.map((passage) => readPassage(passage));
  const own = readings.filter(({ text }) => isCyrillic(text) === isRussian);
  const foreign = readings.filter((reading) => !own.includes(reading));
  const results: Support[] = [];
  if (own.length > 0) results.push(checkOwnLanguage(statement, own));
  if (foreign.length > 0) results.push(checkForeignSupport(statement, foreign));
  return results.reduce((best, result) => (result.support > best.support ? result : best));
}

function checkOwnLanguage(claim: Statement, readings: readonly PassageReading[]): Support {
  if (readings.some((reading) => isRepeated(claim, reading))) {
    return { support: 1, verdict: 'supported' };
  }
  const compare = (pick: 'sentences' | 'pairs'): Comparison[] =>
    readings.flatMap((reading) =>
      closestWindows(claim, reading[pick]).map(
        (window) => new Comparison(claim, window, reading, readings),
      ),
    );
  const sentences = compare('sentences');
  const sentence = closest(sentences);
  const pair = closest(compare('pairs'));
  if (sentence === null) return { support: 0, verdict: 'unsupported' };
  if (pair === null || pair.score <= sentence.score) return sentence.judge();
  // A sentence with a word or a figure of its neighbour put in is no claim that draws on both.
  if (sentence.isChanged()) return sentence.judge();
  const changed = sentences.find(
    (other) => other.reading === pair.reading && other.hasRivalForBorrowed(),
  );
  return (changed ?? pair).judge();
}

function closest(comparisons: readonly Comparison[]): Comparison | null {
  return comparisons.reduce<Comparison | null>(
    (best, other) => (best === null || other.score > best.score ? other : best),
    null,
  );
}

/** Whether most of a text is in Cyrillic letters; a third is enough among names in Latin ones. */
export function isCyrillic(text: string): boolean {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return cyrillic * 2 > latin;
}
