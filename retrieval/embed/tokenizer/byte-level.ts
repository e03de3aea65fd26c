import type { PreTokenize } from './pre-tokenizer.ts';
import type { Specification } from './specification.ts';

/** GPT-2's: each byte of UTF-8 is written as a letter. Source: https://github.com/openai/gpt-2 */
export function createByteLevel(part: Specification): PreTokenize {
  const letters = byteLetters();
  return (pieces, isFirst) =>
    pieces.flatMap((piece, at) => {
      const isStart = isFirst && at === 0;
      const wantsBlank = isStart && part['add_prefix_space'] !== false && !/^\s/u.test(piece);
      const text = wantsBlank ? ` ${piece}` : piece;
      const words = part['use_regex'] === false ? [text] : (text.match(WORDS) ?? []);
      return words.map((word) =>
        Array.from(Buffer.from(word, 'utf8'), (byte) => letters[byte] ?? '').join(''),
      );
    });
}

const WORDS = /'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Printable bytes are themselves; the others take the letters from U+0100 on. */
function byteLetters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCodePoint(isPrintable ? byte : next++);
  });
}
