import { findDates } from '../../citations/dates.ts';
import { findFigures } from '../../citations/figures.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import type { Question } from './question.ts';

/**
 * Whether a sentence holds the very thing that was asked for, beyond doubt: «671 миллиард параметров»
 * where parameters are counted, a day where it is asked when. Nothing has to follow it.
 */
export function answersDirectly(question: Question, text: string): boolean {
  if (question.expected === 'number') return countsWhatIsAsked(question, text);
  return question.expected === 'date' && findDates(text).length > 0;
}

/** Whether a figure stands before a word of the question: «256 routed experts», «2,5 млрд параметров». */
export function countsWhatIsAsked({ terms }: Question, text: string): boolean {
  const asked = new Set(terms.filter(({ isName }) => !isName).map(({ stem }) => stem));
  return findFigures(text).some(({ end }) => {
    const run = /^(?:[\s-]+\p{L}[\p{L}\p{M}'’-]*){1,3}/u.exec(text.slice(end, end + 80))?.[0] ?? '';
    for (const { word, stem } of tokenize(run)) {
      if (isStopWord(word)) return false;
      if (asked.has(stem)) return true;
    }
    return false;
  });
}
