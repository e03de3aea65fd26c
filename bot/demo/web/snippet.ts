import { splitSentences } from '../../../retrieval/text/sentences.ts';
import { tokenize } from '../../../retrieval/text/terms.ts';

/** The sentence that holds most of the question's stems, and what follows it while there is room. */
export function chooseSnippet(
  text: string,
  stems: ReadonlySet<string>,
  { maxCharacters = 260 }: { maxCharacters?: number } = {},
): string {
  const sentences = splitSentences(text);
  const held = sentences.map((sentence) => countHeld(sentence.text, stems));
  const best = Math.max(0, held.indexOf(Math.max(...held)));
  let snippet = '';
  for (const [at, { text: sentence }] of sentences.slice(best).entries()) {
    // Headings and rows of tables read badly in the middle of a sentence's line.
    if (at > 0 && !/[.!?…»”)]$/u.test(sentence)) continue;
    if (snippet !== '' && snippet.length + sentence.length >= maxCharacters) break;
    snippet += `${snippet === '' ? '' : ' '}${sentence}`;
  }
  return snippet.length <= maxCharacters ? snippet : `${cutAtWord(snippet, maxCharacters)} …`;
}

function countHeld(sentence: string, stems: ReadonlySet<string>): number {
  const found = new Set(tokenize(sentence).map((token) => token.stem));
  return [...stems].filter((stem) => found.has(stem)).length;
}

function cutAtWord(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters - 2).replace(/\s+\S*$/u, '');
}
