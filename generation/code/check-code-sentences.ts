import type { CitedSentence, Quote } from '../../citations/citation.ts';
import type { Passage } from '../../retrieval/passage.ts';

import { foreignNames } from './foreign-names.ts';

/**
 * Words about code are not words of the code, so what is compared are its names: a sentence that gives
 * the code a name which it does not have is unsupported. Where new code was asked for, new names are
 * its own. What only its words leave open is `partly`, and not marked in an answer about code.
 */
export function checkCodeSentences(
  sentences: readonly CitedSentence[],
  passages: readonly Passage[],
  { writesCode }: { writesCode: boolean },
): CitedSentence[] {
  const code = passages.map(({ text, title }) => `${title}\n${text}`).join('\n');
  const placeOf = (quote: Quote): Quote => {
    // What is said of code rests on more than the one line that shares a name with it.
    const passage = passages.find(({ text }) => text.includes(quote.quote));
    return { ...quote, place: passage?.place ?? quote.place };
  };
  return sentences.map(({ difference: _difference, ...checked }): CitedSentence => {
    const sentence = { ...checked, quotes: checked.quotes.map(placeOf) };
    const [foreign] = writesCode ? [] : foreignNames(sentence.text, code);
    if (foreign !== undefined) {
      const difference = { kind: 'name', claimed: foreign, found: null } as const;
      return { ...sentence, verdict: 'unsupported', difference };
    }
    if (sentence.verdict === 'supported' || sentence.verdict === 'uncited') return sentence;
    return { ...sentence, verdict: 'partly' };
  });
}
