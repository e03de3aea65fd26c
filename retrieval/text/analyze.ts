import { characterGrams } from './grams.ts';
import { quantities } from './quantities.ts';
import { scriptOf, soundKeys, type Script } from './sound-keys.ts';
import { documentVector, weightedQueryVector, type SparseVector } from './sparse-vector.ts';
import { isQuestionWord } from './stop-words.ts';
import { tokenize, type Token } from './terms.ts';
import { rarestZipf, zipfFrequency } from './word-frequency.ts';

/**
 * Raised whenever the same text would get other vectors: an index of another analysis has to be
 * made anew before it is asked (index/vector-space.ts).
 */
export const ANALYSIS_VERSION = 3;

export interface LexicalVectors {
  terms: SparseVector;
  grams: SparseVector;
}

/**
 * A passage also gains from the page it stands in: its title and heading count as words of it. Its
 * opening counts twice, for that is where a text names what it is about (a field of BM25F with
 * weight 2; Robertson, Zaragoza & Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004).
 */
export function analyzePassage(passage: {
  title: string;
  heading: string | null;
  text: string;
}): LexicalVectors {
  const context = tokenize(`${passage.title}\n${passage.heading ?? ''}`);
  const tokens = tokenize(passage.text);
  const opening = tokens.slice(0, openingWords);
  const words = [...context, ...tokens, ...opening].map((token) => token.stem);
  const whole = `${passage.title}\n${passage.heading ?? ''}\n${passage.text}`;
  const others = [
    ...quantities(whole),
    ...joinedNames(passage.text, tokens, /^-$/u),
    ...tokens.flatMap((token) => soundsOfName(token, passage.text)),
    ...context.flatMap((token) => soundsOfName(token, whole)),
  ];
  const grams = [
    // Grams of the title would drown a short passage; its words are in the terms already.
    ...characterGrams(passage.text),
    ...characterGrams(passage.text.slice(0, opening.at(-1)?.end ?? 0)),
  ];
  return {
    terms: documentVector([...words, ...others], {
      averageLength: 110,
      length: words.length,
      k1: saturation,
    }),
    grams: documentVector(grams, { averageLength: 600, k1: saturation }),
  };
}

/**
 * A question's side. The words that only ask («сколько», "which") say nothing about the passage. The
 * others weigh by how rare they are in the language at large, which the index multiplies by how rare
 * they are in it: a verb may be rare among a few pages, and still tells less than a name.
 */
export function analyzeQuery(text: string): LexicalVectors {
  const tokens = tokenize(text);
  const telling = tokens.filter((token) => !isQuestionWord(token.word));
  const kept = telling.length > 0 ? telling : tokens;
  const terms = new Map<string, number>();
  const grams = new Map<string, number>();
  for (const { word, stem: stemOfWord } of kept) {
    const weight = weightOf(stemOfWord);
    terms.set(stemOfWord, weight);
    // It looks only for the other script's spelling: its own is among the stems already.
    for (const sound of soundTokens(word, otherScript)) terms.set(sound, weight);
    const ofWord = characterGrams(word);
    // A long word has more grams than a short one without telling as much more.
    const share = ofWord.length ** -0.25;
    for (const gram of ofWord) grams.set(gram, Math.max(share, grams.get(gram) ?? 0));
  }
  for (const quantity of quantities(text)) terms.set(quantity, 1);
  for (const name of joinedNames(text, tokens, /^[- ]$/u)) terms.set(name, 1);
  return { terms: weightedQueryVector(terms), grams: weightedQueryVector(grams) };
}

/** How many words of a passage are its opening. */
const openingWords = 12;
/** BM25's k1: less than the usual 1.2, for in 120 words a second mention says little. */
const saturation = 1;

/** From about 0.5 for «и» to 1 for what general language hardly knows. */
function weightOf(stemOfWord: string): number {
  return Math.sqrt((9 - zipfFrequency(stemOfWord)) / 6);
}

/**
 * Names of models and the like as one word, so that «GPT-4» meets "GPT4" and counts for more than
 * GPT and a 4 somewhere.
 */
function joinedNames(text: string, tokens: readonly Token[], between: RegExp): string[] {
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    if (next === undefined || scriptOf(token.word) === null) return [];
    if (!/^(?:\p{L}?\p{Nd})/u.test(next.word) || next.start - token.end !== 1) return [];
    return between.test(text.slice(token.end, next.start)) ? [`${token.word}${next.word}`] : [];
  });
}

/**
 * What a question in the other script may look for: of names alone, for they are what crosses. In chats
 * and addresses they come without a capital; then they are words that the language does not know.
 */
function soundsOfName({ word, stem: ofWord, start, end }: Token, text: string): string[] {
  if (!/\p{Lu}/u.test(text.slice(start, end)) && zipfFrequency(ofWord) > rarestZipf) return [];
  return soundTokens(word, (script) => script);
}

function soundTokens(word: string, chooseScript: (script: Script) => Script): string[] {
  const script = scriptOf(word);
  if (script === null) return [];
  return soundKeys(word, script).map((key) => `${chooseScript(script)} ${key}`);
}

function otherScript(script: Script): Script {
  return script === 'latin' ? 'cyrillic' : 'latin';
}
