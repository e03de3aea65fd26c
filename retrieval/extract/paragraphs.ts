import type { Block, BlockKind } from '../passage.ts';
import { foldText } from './text-folding.ts';

/**
 * Paragraphs of plain text with their lines: lines that were wrapped by hand become one, underlined
 * ones headings, those behind a bullet or a number items of a list. A line that breaks off where the
 * next word had room, behind a whole sentence, was ended on purpose.
 */
export function paragraphBlocks(source: string): Block[] {
  const lines = source.split('\n', maxLines);
  const isWrapped = !areLinesParagraphs(lines);
  const width = widthOf(lines);
  const blocks: Block[] = [];
  let kind: BlockKind = 'paragraph';
  let open: string[] = [];
  let from = 0;

  const close = (): void => {
    const text = foldText(open.join(' '));
    if (text !== '') {
      blocks.push({ kind, text, place: { unit: 'line', from: from + 1, to: from + open.length } });
    }
    open = [];
    kind = 'paragraph';
  };

  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') {
      close();
      continue;
    }
    if (open.length === 1 && isUnderline(line, open[0] ?? '')) {
      kind = 'heading';
      close();
      continue;
    }
    const item = /^\s*(?:[-*+•–—]|\d{1,3}[.)])\s+(?=\S)/u.exec(line);
    const isSetIn = kind === 'paragraph' && isIndented(line, open);
    const isEnded = endsEarly(open.at(-1), line, width);
    const isNew = item !== null || !isWrapped || isSetIn || isEnded || open.length >= mostLines;
    if (isNew) close();
    if (open.length === 0) from = at;
    if (item !== null && !/^\s*[–—]/u.test(line)) kind = 'list-item';
    const isBullet = item !== null && /[-*+•]/u.test(item[0]);
    open.push(isBullet ? line.slice(item[0].length) : line);
  }
  close();
  return blocks;
}

const maxLines = 100_000;

/** A log, or a text without one blank line, is no paragraph as a whole. */
const mostLines = 60;

/** Text from an editor that wraps by itself has a paragraph in each line. */
function areLinesParagraphs(lines: readonly string[]): boolean {
  const lengths = lines
    .map((line) => line.trim().length)
    .filter((length) => length > 0)
    .toSorted((one, two) => one - two);
  return (lengths[Math.floor(lengths.length * 0.75)] ?? 0) > 140;
}

/** The length that hardly a line exceeds. */
function widthOf(lines: readonly string[]): number {
  const lengths = lines
    .map((line) => line.trimEnd().length)
    .filter((length) => length > 0)
    .toSorted((one, two) => one - two);
  return lengths[Math.floor(lengths.length * 0.9)] ?? 0;
}

/** Letters and lists of facts have a line for each; wrapped text fills its lines but the last. */
function endsEarly(last: string | undefined, next: string, width: number): boolean {
  if (last === undefined || !/[.!?…;:]["»”)]*\s*$/u.test(last)) return false;
  const word = next.trim().split(/\s/u, 1)[0] ?? '';
  const hadRoom = last.trimEnd().length + 1 + word.length <= Math.max(width, narrowest);
  return hadRoom || (/^[\p{Lu}\p{N}]/u.test(word) && areAlike(last, next));
}

/** Nobody wraps their text into less. */
const narrowest = 50;

/** «Строка 1: значение 5.» and «Строка 2: значение 7.» */
function areAlike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((line) => line.trim().split(/[\s\d]/u, 1)[0] ?? '');
  return first !== '' && first === second;
}

function isUnderline(line: string, above: string): boolean {
  const [mark, length] = [line.trim(), above.trim().length];
  if (!/^(?:={3,}|-{3,}|~{3,}|\*{3,})$/u.test(mark)) return false;
  return length <= 120 && mark.length >= length * 0.5 && mark.length <= length * 2 + 4;
}

/** Books set their first lines in, with no blank line between paragraphs. */
function isIndented(line: string, open: readonly string[]): boolean {
  const last = open.at(-1);
  if (last === undefined) return false;
  return /^(?:\s{2,}|\t)\S/u.test(line) && !/^(?:\s{2,}|\t)/u.test(last);
}
