import { characterGrams } from '../../retrieval/text/grams.ts';
import { tokenize, type Token } from '../../retrieval/text/terms.ts';
import { zipfFrequency } from '../../retrieval/text/word-frequency.ts';

/** How much of a claim's wording a text has; shares are 0 to 1. */
export interface Overlap {
  /** Words by their stems, rare ones weighing more; half a word's 4-grams make it half found. */
  words: number;
  /** Character 4-grams. */
  grams: number;
  /** Words in the same order. */
  sequence: number;
  /** Logarithm of the weight of all words that the text does not have. */
  foreign: number;
  /** Logarithm of the number of words that speak of who speaks, where the text does not: "I", «мы». */
  speaker: number;
}

/** A text prepared once for many claims. */
export interface OverlapText {
  tokens: Token[];
  stems: Set<string>;
  grams: Set<string>;
}

/** Cuts a text into what claims are compared with. */
export function readOverlapText(text: string): OverlapText {
  const tokens = tokenize(text);
  return {
    tokens,
    stems: new Set(tokens.map(({ stem }) => stem)),
    grams: new Set(characterGrams(text)),
  };
}

/** Compares the wording of a claim with that of a text, such as a window of sentences. */
export function measureOverlap(claim: string, text: OverlapText): Overlap {
  const tokens = tokenize(claim);
  const grams = characterGrams(claim);
  let total = 0;
  let found = 0;
  let speaker = 0;
  for (const { word, stem } of tokens) {
    const weight = wordWeight(stem);
    total += weight;
    if (text.stems.has(stem)) {
      found += weight;
      continue;
    }
    if (speakerWords.has(word)) speaker += 1;
    const share = shareOf(characterGrams(word), text.grams);
    if (share >= 0.5) found += weight * share;
  }
  return {
    words: total === 0 ? 0 : found / total,
    grams: shareOf(grams, text.grams),
    sequence: tokens.length === 0 ? 0 : commonSubsequence(tokens, text.tokens) / tokens.length,
    foreign: Math.log1p(total - found),
    speaker: Math.log1p(speaker),
  };
}

/** The weight of a word, by how rare it is in the language at large: about 0.3 to 4.5. */
export function wordWeight(stem: string): number {
  return Math.max(0.3, 7.5 - zipfFrequency(stem));
}

const speakerWords = new Set(
  `i i'm i've i'd i'll me my mine myself you you're your we we're us our
   я меня мне мной мой моя мое мои мою моего моей мы нас нам нами наш наша наше наши`.split(/\s+/u),
);

function shareOf(pieces: readonly string[], known: ReadonlySet<string>): number {
  if (pieces.length === 0) return 0;
  return pieces.filter((piece) => known.has(piece)).length / pieces.length;
}

function commonSubsequence(claim: readonly Token[], text: readonly Token[]): number {
  let before = new Uint16Array(text.length + 1);
  for (const { stem } of claim) {
    const row = new Uint16Array(text.length + 1);
    text.forEach((other, at) => {
      row[at + 1] =
        other.stem === stem ? (before[at] ?? 0) + 1 : Math.max(before[at + 1] ?? 0, row[at] ?? 0);
    });
    before = row;
  }
  return before[text.length] ?? 0;
}
