import { partOf, unusable } from './specification.ts';

/** The ids of the tokens of one word. */
export type FindTokens = (word: string) => readonly number[];

/** Of a `{ token: id }` object. @throws {EmbedError} for anything else */
export function toVocabulary(value: unknown): Map<string, number> {
  const vocabulary = new Map<string, number>();
  for (const [token, id] of Object.entries(partOf(value))) {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
      throw unusable('a token of its vocabulary has no number');
    }
    vocabulary.set(token, id);
  }
  if (vocabulary.size === 0) throw unusable('it has no vocabulary');
  return vocabulary;
}

/** Tokens of a text's bytes, where all of them are known: `<0xD0>`. */
export function byteTokens(
  text: string,
  vocabulary: ReadonlyMap<string, number>,
): readonly number[] | null {
  const ids: number[] = [];
  for (const byte of Buffer.from(text, 'utf8')) {
    const id = vocabulary.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    if (id === undefined) return null;
    ids.push(id);
  }
  return ids;
}
