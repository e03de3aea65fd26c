import { isStopWord } from '../text/stop-words.ts';
import { fold } from '../text/terms.ts';

/**
 * The words of a question that carry its subject, in order, each once, as they were written: for
 * engines that want every word on the page. When a question has nothing but stop words, they stay.
 * No more than fit into `maxCharacters` with ` OR ` between them.
 */
export function searchTerms(question: string, maxCharacters = 280): string[] {
  const words = distinct(question.replace(noWord, ' ').match(wordPattern) ?? []);
  const carrying = words.filter((word) => !saysNothing(word));
  // In lower case, or "OR" and "NOT" would be operators.
  const terms = carrying.length > 0 ? carrying : words.map((word) => word.toLowerCase());
  return fitting(terms, maxCharacters);
}

// Addresses, and the two words that ask for a number.
const noWord = /https?:\/\/\S+|(?<!\p{L})how\s+(?:many|much)(?!\p{L})/giu;

// With what belongs to a name inside (GPT-4o, 3.5, О'Генри) or at its end (C++, C#).
const wordPattern = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’.+&-](?=[\p{L}\p{N}]))*(?:\+\+|#)?/gu;

function saysNothing(word: string): boolean {
  const folded = fold(word);
  return (
    isStopWord(folded) || isStopWord(folded.replace(/(?:['’](?:s|re|ll|d|ve|m)|n['’]t)$/u, ''))
  );
}

/** Each word once, as it was written first. */
export function distinct(words: readonly string[]): string[] {
  const known = new Set<string>();
  return words.filter((word) => known.size < known.add(fold(word)).size);
}

function fitting(terms: readonly string[], maxCharacters: number): string[] {
  const fit: string[] = [];
  let length = 0;
  for (const term of terms) {
    const longer = length + term.length + ' OR '.length;
    if (longer > maxCharacters) continue;
    fit.push(term);
    length = longer;
  }
  return fit;
}
