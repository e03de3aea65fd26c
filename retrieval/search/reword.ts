import { fold } from '../text/terms.ts';
import { otherForms } from '../text/word-forms.ts';

import { searchTerms } from './search-terms.ts';

/**
 * What to search for when a question as it was asked found no answer: the words that carry it, and
 * Russian ones in other forms too, since some engines look for words just as they stand. Null where
 * that is no other query. No more words than engines take.
 */
export function reword(question: string): string | null {
  const words = searchTerms(question).slice(0, maxWords);
  const forms = words.map(otherForms);
  const query = new Map(words.map((word) => [fold(word), word]));
  for (const rank of [0, 1]) {
    for (const { [rank]: form } of forms) {
      if (form !== undefined && query.size < maxWords)
        query.set(fold(form), query.get(fold(form)) ?? form);
    }
  }
  const text = [...query.values()].join(' ');
  return plain(text) === plain(question) ? null : text;
}

/** Google leaves out what comes after the thirty-second, Brave after the fiftieth. */
const maxWords = 24;

function plain(text: string): string {
  return fold(text)
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
