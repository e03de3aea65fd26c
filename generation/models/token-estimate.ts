/**
 * A cautious count of the tokens that a text takes, for any model: it errs upwards, since a prompt
 * that is too long is refused and one that is a little short costs nothing. A word takes a token for
 * every 3 ASCII letters, or 3 tokens for every 5 Cyrillic ones; capitals, and the letters of what is
 * too long to be a word, one each; all the rest its UTF-8 bytes, which no byte-level tokenizer exceeds.
 *
 * Measured on 240 Russian paragraphs: 1.3 times the true count with cl100k_base (GPT-4), which is
 * the worst of the common ones at Russian, 1.6 with Llama 2, 2.1 with DeepSeek-V3, 2.3 with
 * o200k_base. English: 1.6 to 1.8 times.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const match of text.matchAll(piecePattern)) tokens += tokensOfPiece(match[0]);
  return tokens;
}

/** The longest beginning of a text that takes no more than so many tokens, cut between words. */
export function trimToTokens(text: string, maxTokens: number): string {
  let left = maxTokens;
  let end = 0;
  for (const match of text.matchAll(piecePattern)) {
    const piece = match[0];
    const cost = tokensOfPiece(piece);
    if (cost > left) {
      // Half of a word is of no use, unless the word is endless: its letters are one token each.
      const isEndless = piece.length > longestWord && left > 0;
      return text.slice(0, isEndless ? end + left : end);
    }
    left -= cost;
    end = match.index + piece.length;
  }
  return text;
}

// A single space rides along with the word after it, as it does in the tokenizers. By code point,
// so that nothing is cut through a surrogate pair.
const piecePattern = / ?(?:[a-z]+|[а-яё]+)|[\s\S]/giu;

const longestWord = 24;

function tokensOfPiece(piece: string): number {
  const word = piece.trim();
  if (word === '') return 1;
  const isLatin = /^[a-z]/iu.test(word);
  if (!isLatin && !/^[а-яё]/iu.test(word)) return Buffer.byteLength(word);
  // Base64 and text in capitals are not in any vocabulary.
  if (word.length > longestWord || /.[A-ZА-ЯЁ]/u.test(word)) return word.length;
  return Math.ceil(isLatin ? word.length / 3 : word.length * 0.6);
}
