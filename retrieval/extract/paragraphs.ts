import type { Block, BlockKind } from '../passage.ts';
import { foldText } from './text-folding.ts';

/**
 * Paragraphs of plain text with their lines: lines that were wrapped by hand become one, underlined
 * ones headings, those behind a bullet or a number items of a list.
 */
export function paragraphBlocks(source: string): Block[] {
  const lines = source.split('\n', maxLines);
  const isWrapped = !areLinesParagraphs(lines);
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
    const isNew = item !== null || !isWrapped || isSetIn || open.length >= mostLines;
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
