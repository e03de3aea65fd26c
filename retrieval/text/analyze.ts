import { characterGrams } from './grams.ts';
import { documentVector, queryVector, type SparseVector } from './sparse-vector.ts';
import { isQuestionWord } from './stop-words.ts';
import { tokenize } from './terms.ts';

export interface LexicalVectors {
  terms: SparseVector;
  grams: SparseVector;
}

/** A passage also gains from the page it stands in: its title and heading count as words of it. */
export function analyzePassage(passage: {
  title: string;
  heading: string | null;
  text: string;
}): LexicalVectors {
  const context = `${passage.title}\n${passage.heading ?? ''}`;
  const terms = tokenize(`${context}\n${passage.text}`).map((token) => token.stem);
  return {
    terms: documentVector(terms, { averageLength: 110 }),
    // Grams of the title would drown a short passage; its words are in the terms already.
    grams: documentVector(characterGrams(passage.text), { averageLength: 600 }),
  };
}

/** A question's side: the words that only ask («сколько», "which") say nothing about the passage. */
export function analyzeQuery(text: string): LexicalVectors {
  const tokens = tokenize(text);
  const telling = tokens.filter((token) => !isQuestionWord(token.word));
  const kept = telling.length > 0 ? telling : tokens;
  return {
    terms: queryVector(kept.map((token) => token.stem)),
    grams: queryVector(characterGrams(kept.map((token) => token.word).join(' '))),
  };
}
