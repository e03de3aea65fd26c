import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';
import { readStatement } from '../statement.ts';
import { isStatingVerb } from './verbs.ts';

/** A part of a sentence that claims something by itself. */
export interface Clause {
  text: string;
  /** Whether it has a subject of its own for sure: what a semicolon parts, or «…, а …» between two names with verbs. */
  isIndependent: boolean;
}

/**
 * The clauses of a sentence, in order: parted by a semicolon, or by a comma where both sides are long
 * enough to claim something. A sentence of one clause comes back whole.
 */
export function splitClauses(sentence: string): Clause[] {
  return outsideBrackets(sentence, /;\s+/gu).flatMap((part): Clause[] => {
    const opposed = outsideBrackets(part, /,\s+(?:а|но|but|while|whereas)\s+/gu);
    if (opposed.length > 1 && opposed.every(isOfItsOwn)) {
      return opposed.map((text) => ({ text, isIndependent: true }));
    }
    const clauses = outsideBrackets(part, /,\s+(?:(?:и|а|но|and|but|while)\s+)?/gu);
    if (clauses.length === 1 || !clauses.every(isTelling)) {
      return [{ text: part, isIndependent: true }];
    }
    return clauses.map((text) => ({ text, isIndependent: false }));
  });
}

/** A name that opens it, and a verb before its first comma: «Наполеон был ростом 157 см». */
function isOfItsOwn(text: string): boolean {
  const [opening, ...rest] = readStatement(text.replace(/,.*$/su, '')).terms;
  const hasVerb = rest.some((term) => term.kind === 'word' && isStatingVerb(term.word));
  return opening?.kind === 'name' && hasVerb && isTelling(text);
}

function isTelling(text: string): boolean {
  return tokenize(text).filter(({ word }) => !isStopWord(word)).length >= 3;
}

function outsideBrackets(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(separator)) {
    if (isInside(text.slice(from, match.index))) continue;
    parts.push(text.slice(from, match.index).trim());
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== '');
}

/** Whether a bracket or quotation mark is still open at the end. */
function isInside(text: string): boolean {
  const count = (mark: string): number => text.split(mark).length - 1;
  return (
    count('(') > count(')') ||
    count('«') > count('»') ||
    count('“') > count('”') ||
    count('"') % 2 === 1
  );
}
