/** Words of a document that stand whole in a line, lower case: what a broken word may be. */
export function collectWords(lines: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const line of lines) {
    const found = line.toLowerCase().match(/[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/gu) ?? [];
    for (const [at, word] of found.entries()) {
      // The last may be the half of one.
      if (at < found.length - 1 || !/[-‐‑\u00AD]\s*$/u.test(line)) words.add(plainHyphens(word));
    }
  }
  return words;
}

/** Joins the lines of a paragraph. Takes time in proportion to their length. */
export function joinParagraph(lines: readonly string[], words: ReadonlySet<string>): string {
  const done: string[] = [];
  let last = '';
  for (const line of lines) {
    const joined = joinLines(last, line, words);
    last = line.trim();
    done.push(joined.slice(0, Math.max(0, joined.length - last.length)));
  }
  return done.join('') + last;
}

/**
 * Joins two lines of a paragraph. A word that was broken at the line's end becomes whole; a hyphen
 * that is the word's own stays: as the document spells it elsewhere, else by how words are built.
 */
export function joinLines(before: string, after: string, words: ReadonlySet<string>): string {
  const first = before.trimEnd();
  const second = after.trim();
  if (first === '' || second === '') return first + second;
  if (first.endsWith('\u00AD')) return first.slice(0, -1) + second;
  if (/\d[–—]$/u.test(first) && /^\d/u.test(second)) return first + second;
  const start = brokenWord(first);
  const [end] = /^[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/u.exec(second) ?? [];
  // An address breaks after any mark of its own.
  if (/https?:\/\/\S*[/_=&?.-]$/u.test(first.slice(-300)) && /^[\w%]\S*[\w/]/u.test(second))
    return first + second;
  if (start === undefined || end === undefined) return `${first} ${second}`;
  return (
    (keepsHyphen(plainHyphens(start).slice(0, -1), plainHyphens(end), words)
      ? first
      : first.slice(0, -1)) + second
  );
}

/** The half of a word at the end of a line, with its hyphen. */
function brokenWord(line: string): string | undefined {
  if (!/[-‐‑]$/u.test(line)) return undefined;
  return /[\p{L}\p{N}][\p{L}\p{N}\-‐‑.]*[-‐‑]$/u.exec(line.slice(-longestWord))?.[0];
}

const longestWord = 60;

function keepsHyphen(start: string, end: string, words: ReadonlySet<string>): boolean {
  if (!/\p{Ll}$/u.test(start) || !/^\p{Ll}/u.test(end)) return true;
  const [one, two] = [start.toLowerCase(), end.toLowerCase()];
  if (words.has(one + two)) return false;
  if (words.has(`${one}-${two}`)) return true;
  if (start.includes('-') || end.includes('-')) return true;
  if (/^\p{Lu}{2,}/u.test(start)) return true;
  return isRussianCompound(one, two) || englishFirstParts.has(one);
}

function isRussianCompound(one: string, two: string): boolean {
  if (/^(?:то|либо|нибудь|таки|ка)$/u.test(two)) return true;
  if (one === 'кое') return true;
  if (one === 'из') return /^(?:за|под)$/u.test(two);
  if (one === 'по') return /(?:[сц]ки|ому|ему|ьи)$/u.test(two);
  return /^(?:во|в)$/u.test(one) && /(?:ых|их)$/u.test(two);
}

/** Words that English builds others from with a hyphen. */
const englishFirstParts: ReadonlySet<string> = new Set(
  (
    'self well ex half high low long short large small fine cross real open end zero few one two three ' +
    'four five six seven eight nine ten state non'
  ).split(' '),
);

function plainHyphens(word: string): string {
  return word.replace(/[‐‑]/gu, '-');
}
