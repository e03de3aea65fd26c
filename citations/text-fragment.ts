/**
 * The page's address with a fragment that opens it at the quote, as WICG's Scroll to Text Fragment
 * describes it. A short quote stands whole, a long one as its first and last words, since Cyrillic
 * takes six characters a letter in an address. A quote without a word leaves the address as it is.
 */
export function quoteUrl(pageUrl: string, quote: string): string {
  const directive = textDirective(quote);
  const [address = ''] = pageUrl.split(':~:');
  if (directive === '') return pageUrl;
  return `${address}${address.includes('#') ? '' : '#'}:~:text=${directive}`;
}

const maxWholeWords = 8;
const maxWholeLength = 80;
const edgeWords = 4;

function textDirective(quote: string): string {
  // A part of the directive matches within one block of the page only, and a cell is one.
  const lines = quote
    .split(/[\n\r\u2028\u2029]+| \| /u)
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  if (lines.length === 0) return '';
  const first = lines[0]?.match(/\S+/gu) ?? [];
  const last = lines.at(-1)?.match(/\S+/gu) ?? [];
  const whole = trimMarks(first);
  if (lines.length === 1) {
    const isShort = first.length <= maxWholeWords && whole.length <= maxWholeLength;
    if (isShort || first.length < 2) return encode(whole);
  }
  const edge = lines.length > 1 ? edgeWords : Math.min(edgeWords, Math.floor(first.length / 2));
  const start = trimMarks(takeWords(first, edge));
  const end = trimMarks(takeWords(last.toReversed(), edge).toReversed());
  return `${encode(start)},${encode(end)}`;
}

/** So many words, or one more for each that is a mark and nothing else. */
function takeWords(words: readonly string[], count: number): string[] {
  const taken: string[] = [];
  let real = 0;
  for (const word of words) {
    if (real === count) break;
    taken.push(word);
    if (/[\p{L}\p{N}]/u.test(word)) real += 1;
  }
  return taken;
}

// Marks at the edges are what pages and their extracts spell differently.
function trimMarks(words: readonly string[]): string {
  return words
    .join(' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[^\p{L}\p{N}\p{M}]+$/u, '');
}

/** Beyond what an address escapes, `-` ends a prefix; the rest is what breaks links in texts. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[-!'()*~]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
