import { splitSentences } from '../retrieval/text/sentences.ts';
import { compareTerms, readStatement, termWeight, type Statement } from './statement.ts';

/**
 * The sentence of a passage that says most of a claim, or its decisive part: an exact substring of
 * the text, within one line, of at most `maxLength` UTF-16 units and cut between words.
 */
export function findQuote(claim: string, passageText: string, maxLength = 300): string {
  return findQuoteAmong(claim, [passageText], maxLength);
}

/** The same over several passages of one page. Empty only when all of them are. */
export function findQuoteAmong(
  claim: string,
  passageTexts: readonly string[],
  maxLength = 300,
): string {
  const statement = readStatement(claim);
  let best = { text: '', weight: -1 };
  for (const { text } of passageTexts.flatMap((passage) => splitSentences(passage))) {
    const matches = findMatches(statement, text);
    const weight = matches.reduce((sum, match) => sum + match.weight, 0);
    if (weight > best.weight) best = { text, weight };
  }
  return decisivePart(statement, best.text, maxLength);
}

interface Match {
  start: number;
  end: number;
  weight: number;
}

/** Where a sentence has what the claim says; every term of the claim counts once. */
function findMatches(claim: Statement, sentence: string): Match[] {
  const { terms } = readStatement(sentence);
  return claim.terms.flatMap((term) => {
    const other = terms.find((other) => compareTerms(term, other) === 'same');
    return other === undefined
      ? []
      : [{ start: other.start, end: other.end, weight: termWeight(term) }];
  });
}

function decisivePart(claim: Statement, sentence: string, maxLength: number): string {
  if (sentence.length <= maxLength) return sentence;
  const matches = findMatches(claim, sentence);
  const words = [...sentence.matchAll(/\S+/gu)].map((word) => ({
    start: word.index,
    end: word.index + word[0].length,
  }));
  let best = { start: 0, end: 0, weight: -1 };
  for (const { start } of words) {
    const end = words.findLast((word) => word.end <= start + maxLength)?.end ?? 0;
    if (end <= start) continue;
    const weight = matches
      .filter((match) => match.start >= start && match.end <= end)
      .reduce((sum, match) => sum + match.weight, 0);
    if (weight > best.weight) best = { start, end, weight };
  }
  // One endless word: cut it, but not inside a pair of surrogates.
  if (best.weight < 0) return sentence.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
  return sentence.slice(best.start, best.end);
}
