import { byteTokens } from './find-tokens.ts';
import type { FindTokens } from './find-tokens.ts';
import { listOf, unusable } from './specification.ts';
import type { Specification } from './specification.ts';

/** How much less likely than the least likely token an unknown letter is, as SentencePiece has it. */
const UNKNOWN_PENALTY = 10;

/** Units by which the length of what may follow is known. */
const BEGINNING = 3;

/** SentencePiece's: of all ways to cut a word into tokens the most likely one. */
export function createUnigram(part: Specification): FindTokens {
  const vocabulary = new Map<string, number>();
  const scores: number[] = [];
  for (const entry of listOf(part['vocab'])) {
    const [token, score] = listOf(entry);
    if (typeof token !== 'string' || typeof score !== 'number') {
      throw unusable('a token of its vocabulary has no score');
    }
    // Of two equal ones the later counts.
    vocabulary.set(token, scores.length);
    scores.push(score);
  }
  if (scores.length === 0) throw unusable('it has no vocabulary');
  const unknown = typeof part['unk_id'] === 'number' ? part['unk_id'] : null;
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), 0) - UNKNOWN_PENALTY;
  const longestFrom = longestByBeginning(vocabulary);

  return (word) => {
    const best = new Float64Array(word.length + 1).fill(-Infinity);
    best[0] = 0;
    const from = new Int32Array(word.length + 1);
    const tokens = new Int32Array(word.length + 1).fill(-1);
    const reach = (begin: number, end: number, score: number, token: number): void => {
      const total = (best[begin] ?? 0) + score;
      if (total <= (best[end] ?? 0)) return;
      best[end] = total;
      from[end] = begin;
      tokens[end] = token;
    };
    for (let begin = 0; begin < word.length;) {
      const letterEnd = begin + ((word.codePointAt(begin) ?? 0) > 0xffff ? 2 : 1);
      let knowsLetter = false;
      const longest = longestFrom.get(word.slice(begin, begin + BEGINNING)) ?? BEGINNING;
      for (let end = letterEnd; end <= Math.min(word.length, begin + longest); end += 1) {
        const id = vocabulary.get(word.slice(begin, end));
        if (id === undefined) continue;
        reach(begin, end, scores[id] ?? 0, id);
        knowsLetter ||= end === letterEnd;
      }
      if (!knowsLetter) reach(begin, letterEnd, unknownScore, -1);
      begin = letterEnd;
    }
    return collect(word, from, tokens);
  };

  function collect(word: string, from: Int32Array, tokens: Int32Array): number[] {
    const ids: number[] = [];
    let end = word.length;
    while (end > 0) {
      let begin = from[end] ?? 0;
      const token = tokens[end] ?? -1;
      if (token === -1) {
        // Unknown letters in a row are one unknown token.
        while (begin > 0 && tokens[begin] === -1) begin = from[begin] ?? 0;
        ids.push(...unknownTokens(word.slice(begin, end)).toReversed());
      } else {
        ids.push(token);
      }
      end = begin;
    }
    return ids.toReversed();
  }

  function unknownTokens(text: string): readonly number[] {
    const bytes = part['byte_fallback'] === true ? byteTokens(text, vocabulary) : null;
    return bytes ?? (unknown === null ? [] : [unknown]);
  }
}

/** How long the longest token is that begins so: most beginnings end soon, and need no search. */
function longestByBeginning(vocabulary: ReadonlyMap<string, number>): Map<string, number> {
  const longest = new Map<string, number>();
  for (const token of vocabulary.keys()) {
    if (token.length < BEGINNING) continue;
    const beginning = token.slice(0, BEGINNING);
    longest.set(beginning, Math.max(longest.get(beginning) ?? 0, token.length));
  }
  return longest;
}
