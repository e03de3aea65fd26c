import { isCellContinued, tableRows } from './table-rows.ts';
import { rowsOf } from './lines.ts';
import { inReadingOrder } from './reading-order.ts';
import type { PdfPage, TextRun } from './text-run.ts';

/** Lines that belong together, before they are joined to a text. */
export interface LayoutBlock {
  kind: 'text' | 'table-row' | 'code';
  lines: { text: string; page: number }[];
  size: number;
  font: string;
  /** Whether all of it is set in that font. */
  isOneFont: boolean;
  /** Whether more room is left above it than between lines. */
  isApart: boolean;
}

/** What most of a document's text is set in. */
export interface BodyFont {
  font: string;
  size: number;
}

/** Finds the paragraphs, rows and code of pages by how they are set, in reading order. */
export function layoutBlocks(pages: readonly PdfPage[], body: BodyFont): LayoutBlock[] {
  const blocks: LayoutBlock[] = [];
  for (const page of pages) {
    for (const column of inReadingOrder(page.lines)) {
      const found = columnBlocks(column, page.number);
      const first = found[0];
      const open = first === undefined ? undefined : openParagraph(blocks, first, body);
      if (first !== undefined && open !== undefined) {
        open.lines.push(...first.lines);
        found.shift();
      }
      blocks.push(...found);
    }
  }
  return blocks;
}

export function bodyFontOf(pages: readonly PdfPage[]): BodyFont {
  const characters = new Map<string, number>();
  let most = 0;
  let body: BodyFont = { font: '', size: 10 };
  for (const { font, size, text } of pages.flatMap(({ lines }) => lines)) {
    const key = `${font} ${Math.round(size * 2)}`;
    const count = (characters.get(key) ?? 0) + text.length;
    characters.set(key, count);
    if (count > most) {
      most = count;
      body = { font, size };
    }
  }
  return body;
}

/** Lines that open an item of a list: a bullet, or a number with a mark after it. */
export const listMarker =
  /^(?:[•◦‣▪■●○∙·\uF0B7\uF0A7]\s*|[*–—-]\s+(?=\S)|\(?\d{1,3}[.)]\s+(?=\S)|\(?[a-zа-я]\)\s+(?=\S)|\[\d{1,3}\]\s+(?=\S))/u;

/** The paragraph that goes on in another column or on the next page, past footnotes and figures. */
function openParagraph(
  blocks: readonly LayoutBlock[],
  next: LayoutBlock,
  body: BodyFont,
): LayoutBlock | undefined {
  const start = next.lines[0]?.text ?? '';
  if (next.kind !== 'text' || !/^[«"“(]?\p{Ll}/u.test(start)) return undefined;
  return blocks.slice(-furthestBack).findLast((block) => {
    const end = block.lines.at(-1)?.text ?? '';
    return (
      block.kind === 'text' &&
      isNear(block.size, next.size, 0.05) &&
      (block === blocks.at(-1) || isNear(block.size, body.size, 0.05)) &&
      /[\p{L}\p{N},;–—-]$/u.test(end.trimEnd())
    );
  });
}

const furthestBack = 8;

function columnBlocks(column: readonly TextRun[], page: number): LayoutBlock[] {
  const rows = rowsOf(column);
  const isTable = tableRows(rows);
  const shape = shapeOf(rows);
  const blocks: LayoutBlock[] = [];
  let previous: TextRun | null = null;
  for (const [at, row] of rows.entries()) {
    const line = wholeRow(row);
    if (line === null) continue;
    const block = blocks.at(-1);
    const gap = previous === null ? Number.POSITIVE_INFINITY : line.y - previous.y;
    const isApart = gap > shape.leading * 1.3;
    const start = (kind: LayoutBlock['kind'], text: string): void => {
      const { size, font, isMixed } = line;
      blocks.push({ kind, lines: [{ text, page }], size, font, isOneFont: !isMixed, isApart });
    };
    if (isTable[at] === true) {
      start('table-row', row.map(({ text }) => text.trim()).join(' | '));
    } else if (block?.kind === 'table-row' && isCellContinued(rows[at - 1] ?? [], row, gap)) {
      block.lines.push({ text: line.text, page });
    } else if (row.every(({ isFixedWidth }) => isFixedWidth)) {
      const text = codeLine(row, shape.left);
      if (block?.kind !== 'code' || gap > shape.leading * 3.5) start('code', text);
      else block.lines.push(...(isApart ? [{ text: '', page }] : []), { text, page });
    } else if (
      previous === null ||
      block?.kind !== 'text' ||
      isNewParagraph(previous, line, block, shape)
    ) {
      start('text', line.text);
    } else {
      block.lines.push({ text: line.text, page });
      if (line.isMixed || line.font !== block.font) block.isOneFont = false;
    }
    previous = line;
  }
  return blocks;
}

interface ColumnShape {
  left: number;
  right: number;
  /** From line to line. */
  leading: number;
}

function shapeOf(rows: readonly (readonly TextRun[])[]): ColumnShape {
  const lines = rows.flat();
  const steps = rows
    .slice(1)
    .map((row, at) => (row[0]?.y ?? 0) - (rows[at]?.[0]?.y ?? 0))
    .toSorted((one, two) => one - two);
  const sizes = lines.map(({ size }) => size).toSorted((one, two) => one - two);
  const size = sizes[Math.floor(sizes.length / 2)] ?? 10;
  // Most steps are from line to line; those between paragraphs are the larger ones.
  const usual = steps.filter((step) => step > size * 0.8);
  const leading = usual[Math.floor(usual.length * 0.25)] ?? size * 1.2;
  return {
    left: Math.min(...lines.map(({ x0 }) => x0)),
    right: Math.max(...lines.map(({ x1 }) => x1)),
    leading: Math.min(leading, size * 2.2),
  };
}

function wholeRow(row: readonly TextRun[]): TextRun | null {
  const [first] = row;
  if (first === undefined) return null;
  return {
    ...first,
    text: row.map(({ text }) => text.trim()).join(' '),
    x1: Math.max(...row.map(({ x1 }) => x1)),
    isMixed: row.some(({ isMixed, font }) => isMixed || font !== first.font),
  };
}

function isNewParagraph(
  previous: TextRun,
  line: TextRun,
  block: LayoutBlock,
  { left, right, leading }: ColumnShape,
): boolean {
  if (!isNear(previous.size, line.size, 0.08)) return true;
  const em = line.size;
  const gap = line.y - previous.y;
  if (gap > leading * 1.45 && gap > em * 1.5) return true;
  if (listMarker.test(line.text) || pageLeader.test(previous.text)) return true;
  const isChange = line.font !== previous.font && !line.isMixed && !previous.isMixed;
  if (isChange && gap > leading * 1.2) return true;
  const isItem = listMarker.test(block.lines[0]?.text ?? '');
  const isDone = /[.!?:;…][»”")\]]*$/u.test(previous.text.trimEnd());
  const isShort = previous.x1 < right - (right - left) * 0.15;
  if (line.x0 > previous.x0 + em * 0.7 && !isItem && (isDone || isShort)) return true;
  if (isItem && line.x0 < previous.x0 - em * 0.7 && isDone && block.lines.length > 1) return true;
  return isDone && isShort && /^[«"“(]?[\p{Lu}\p{N}—–]/u.test(line.text);
}

/** The end of an entry in a table of contents. */
const pageLeader = /(?:\s?[.…·_]){4,}\s*\d+\s*$/u;

/** Code keeps its indentation and the gaps inside its lines. */
function codeLine(row: readonly TextRun[], left: number): string {
  let text = '';
  for (const { x0, x1, text: part } of row) {
    const letter = (x1 - x0) / Math.max(1, part.length);
    const column = letter > 0 ? Math.round((x0 - left) / letter) : 0;
    text += ' '.repeat(Math.min(200, Math.max(text === '' ? 0 : 1, column - text.length))) + part;
  }
  return text;
}

function isNear(one: number, two: number, share: number): boolean {
  return Math.abs(one - two) <= Math.max(one, two) * share;
}
