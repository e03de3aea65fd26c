import type { FindTokens } from './find-tokens.ts';
import { toVocabulary } from './find-tokens.ts';
import type { Specification } from './specification.ts';

/** BERT's: the longest token that begins a word, then the longest that goes on, or nothing known. */
export function createWordPiece(part: Specification): FindTokens {
  const vocabulary = toVocabulary(part['vocab']);
  const unknown = vocabulary.get(String(part['unk_token'] ?? '[UNK]'));
  const prefix = String(part['continuing_subword_prefix'] ?? '##');
  const longest = Number(part['max_input_chars_per_word'] ?? 100);
  const notKnown = unknown === undefined ? [] : [unknown];
  return (word) => {
    const letters = [...word];
    if (letters.length > longest) return notKnown;
    const ids: number[] = [];
    for (let begin = 0; begin < letters.length;) {
      let end = letters.length;
      let id: number | undefined;
      for (; end > begin; end -= 1) {
        const piece = letters.slice(begin, end).join('');
        id = vocabulary.get(begin === 0 ? piece : `${prefix}${piece}`);
        if (id !== undefined) break;
      }
      if (id === undefined) return notKnown;
      ids.push(id);
      begin = end;
    }
    return ids;
  };
}

/** Whole words alone. */
export function createWordLevel(part: Specification): FindTokens {
  const vocabulary = toVocabulary(part['vocab']);
  const unknown = vocabulary.get(String(part['unk_token'] ?? '[UNK]'));
  return (word) => {
    const id = vocabulary.get(word) ?? unknown;
    return id === undefined ? [] : [id];
  };
}
