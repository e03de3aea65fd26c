import { tokenize } from '../text/terms.ts';
import { otherForms } from '../text/word-forms.ts';

import { distinct, searchTerms } from './search-terms.ts';

/**
 * What to search for when a question as it was asked found no answer: the words that carry it, and
 * Russian ones in other forms too, since some engines look for words just as they stand. Null where
 * that is no other query. No more words than engines take.
 */
export function reword(question: string): string | null {
  const words = searchTerms(question);
  const forms = words.map(otherForms);
  // The likeliest of each word come before the next likeliest of any.
  const ranked = [0, 1].flatMap((rank) => forms.flatMap((some) => some.slice(rank, rank + 1)));
  const query = distinct([...words, ...ranked])
    .slice(0, maxWords)
    .join(' ');
  return plain(query) === plain(question) ? null : query;
}

/** Google leaves out what comes after the thirty-second, Brave after the fiftieth. */
const maxWords = 24;

function plain(text: string): string {
  return tokenize(text)
    .map(({ word }) => word)
    .join(' ');
}
