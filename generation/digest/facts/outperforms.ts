import type { Fact, Subject } from '../fact.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf } from './subject.ts';
import { nounKeyIn } from '../words/nouns.ts';

/** «X outperforms Y on Z» without figures, where both are names or words of the field. */
export function readOutperforms(statement: PageStatement, subject: Subject): Fact[] {
  const { text } = statement;
  const match = PATTERN.exec(text);
  if (match === null || /\b(?:not|does not|no longer|fails)\b/iu.test(text)) return [];
  if (!isSaidOf(subject, statement, match.index)) return [];
  const [written, other = '', on = ''] = match;
  const name = /^[A-Z][\w.-]*\d[\w.-]*$/u.test(other.trim()) ? other.trim() : nounKeyIn(other);
  if (name === null) return [];
  return [found({ kind: 'outperforms', other: name, on: nounKeyIn(on) }, written, statement)];
}

const PATTERN =
  /(?:outperforms?|surpass(?:es)?|beats?|exceeds?|обходит|превосходит) ([^.,;]{3,60}?)(?: (?:on|in|at|на|в) ([^.,;]{3,60}?))?(?: (?:that|which)\b|[.,;]|$)/u;
