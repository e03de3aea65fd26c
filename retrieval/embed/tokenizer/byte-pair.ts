import { byteTokens, toVocabulary } from './find-tokens.ts';
import type { FindTokens } from './find-tokens.ts';
import { listOf, unusable } from './specification.ts';
import type { Specification } from './specification.ts';

/** BPE: letters grow together in the order in which their pairs were learned. */
export function createBytePair(part: Specification): FindTokens {
  const vocabulary = toVocabulary(part['vocab']);
  const ranks = new Map<string, number>();
  for (const [rank, merge] of listOf(part['merges']).entries()) {
    const pair = typeof merge === 'string' ? merge.split(' ') : listOf(merge);
    if (pair.length !== 2) throw unusable('one of its merges is not of two tokens');
    ranks.set(`${String(pair[0])} ${String(pair[1])}`, rank);
  }
  const unknown = vocabulary.get(String(part['unk_token'] ?? ''));
  const prefix = String(part['continuing_subword_prefix'] ?? '');
  const suffix = String(part['end_of_word_suffix'] ?? '');

  return (word) => {
    if (part['ignore_merges'] === true) {
      const whole = vocabulary.get(word);
      if (whole !== undefined) return [whole];
    }
    const letters = [...word];
    const pieces = letters.map((letter, at) => {
      const begun = at === 0 ? letter : `${prefix}${letter}`;
      return at === letters.length - 1 ? `${begun}${suffix}` : begun;
    });
    mergeAll(pieces);
    return pieces.flatMap((piece) => vocabulary.get(piece) ?? unknownTokens(piece));
  };

  function mergeAll(pieces: string[]): void {
    for (;;) {
      let first = -1;
      let lowest = Infinity;
      for (let at = 0; at + 1 < pieces.length; at += 1) {
        const rank = ranks.get(`${pieces[at] ?? ''} ${pieces[at + 1] ?? ''}`) ?? Infinity;
        if (rank >= lowest) continue;
        lowest = rank;
        first = at;
      }
      if (first === -1) return;
      const [left = '', right = ''] = pieces.slice(first, first + 2);
      const isContinued = prefix !== '' && right.startsWith(prefix);
      pieces.splice(first, 2, `${left}${isContinued ? right.slice(prefix.length) : right}`);
    }
  }

  function unknownTokens(piece: string): readonly number[] {
    const bytes = part['byte_fallback'] === true ? byteTokens(piece, vocabulary) : null;
    return bytes ?? (unknown === undefined ? [] : [unknown]);
  }
}
