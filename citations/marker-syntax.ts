/**
 * Passage numbers of what stands between a marker's brackets, or null when it is no marker:
 * `1`, `1, 2`, `1-3`, `^1`, `№1`, `source 1`, `1†source`, full-width digits.
 */
export function parseMarkerContent(content: string): number[] | null {
  const plain = normalize(content).replace(/†.*$/su, '');
  const body = plain.replace(labelPattern, '').trim();
  // A single number may be of any size, because one that no passage has is dropped later.
  const single = /^[\^#]?\s*(\d{1,9})$/u.exec(body)?.[1];
  if (single !== undefined) return [Number(single)];
  // "10,000" is a figure, "10, 11" and "1,2" are lists.
  if (/^\d{1,3},\d{3}$/u.test(body)) return null;
  const numbers: number[] = [];
  for (const part of body.split(/\s*(?:[,;、&]|\band\b|\sи\s)\s*/u)) {
    const item = itemPattern.exec(part);
    if (item === null) return null;
    const first = Number(item[1]);
    const last = item[2] === undefined ? first : Number(item[2]);
    // «[1990–1995]» and «[5-3]» say something else.
    if (last < first || last - first >= maxRange || (last !== first && last > 99)) return null;
    for (let number = first; number <= last; number += 1) numbers.push(number);
  }
  return numbers;
}

/**
 * Whether more text could still turn this beginning into the content of a marker. False is final:
 * the bracket is text, and holding it back any longer would only delay a reader.
 */
export function mayBecomeMarkerContent(beginning: string): boolean {
  const plain = normalize(beginning);
  if (plain.includes('†')) return /^[\^#\d]/u.test(plain.trimStart());
  const word = /^\s*(\p{L}*)/u.exec(plain)?.[1] ?? '';
  if (word === '') return listBeginning.test(plain);
  const rest = plain.trimStart().slice(word.length);
  const lower = word.toLowerCase();
  if (rest === '') return labels.some((label) => label.startsWith(lower));
  return labels.includes(lower) && listBeginning.test(rest.replace(/^[.:]/u, ''));
}

/** The most UTF-16 units that may stand between the brackets. */
export const maxMarkerContent = 80;

const maxRange = 99;

// What models put before the number: [Source 1], [Источник 2], [no. 3].
const labels =
  'source sources passage passages document doc ref no источник источники отрывок фрагмент документ см'.split(
    ' ',
  );

const labelPattern = new RegExp(`^\\s*(?:${labels.join('|')})(?!\\p{L})[.:]?\\s*`, 'iu');
const itemPattern = /^[\^#]?\s*([1-9]\d{0,2})(?:\s*[-–—]\s*[\^#]?([1-9]\d{0,2}))?$/u;
const listBeginning = /^[\s\d,;、&#^–—-]*(?:\s?и\s?|a|an|and)?[\s\d,;、&#^–—-]*$/u;

/** Full-width forms become plain ones; № becomes #, which NFKC would spell "No". */
function normalize(text: string): string {
  return text.replaceAll('№', '#').normalize('NFKC');
}
