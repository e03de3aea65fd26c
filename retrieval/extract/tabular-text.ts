import type { Block } from '../passage.ts';
import { cellsOf, findTableHeader } from '../text/table-header.ts';
import { foldText } from './text-folding.ts';

/**
 * Rows of comma- or tab-separated values. A first row that names the columns stands above as a heading,
 * so that each passage is read with them. One that may be a row like the others is a row as well.
 */
export function tabularBlocks(source: string): Block[] {
  const text = source.replace(/^\uFEFF/u, '');
  const separator = separatorOf(text.slice(0, text.indexOf('\n') >>> 0));
  const blocks: Block[] = [];
  let line = 1;
  for (let at = 0; at < text.length && blocks.length < maxRows;) {
    const { cells, end } = readRow(text, at, separator);
    const to = line + (text.slice(at, end).match(/\n/gu)?.length ?? 0);
    const row = cells.map(foldText).join(' | ');
    if (/[\p{L}\p{N}]/u.test(row)) {
      blocks.push({ kind: 'table-row', text: row, place: { unit: 'line', from: line, to } });
    }
    line = to + 1;
    at = end + 1;
  }
  return withHeading(blocks);
}

function withHeading(rows: Block[]): Block[] {
  const [first, ...others] = rows;
  const texts = rows.slice(0, rowsLookedAt).map(({ text }) => text);
  if (first === undefined || findTableHeader(texts, { fewestRows: 1 }) === null) return rows;
  const heading: Block = { ...first, kind: 'heading' };
  return namesFigures(texts) ? [heading, ...others] : [heading, ...rows];
}

/** Whether figures stand below words in some column: then the words are its name. */
function namesFigures([first = '', ...others]: readonly string[]): boolean {
  return cellsOf(first).some((name, column) => {
    const figures = others.filter((row) => /^\W*\d/u.test(cellsOf(row)[column] ?? ''));
    return !/\d/u.test(name) && figures.length > others.length / 2;
  });
}

const rowsLookedAt = 100;

const maxRows = 20_000;

function separatorOf(header: string): string {
  const counts = ['\t', ';', ','].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

/** One row from `at` on, and where its line break stands. A quoted cell may hold line breaks. */
function readRow(text: string, at: number, separator: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  let position = at;
  for (;;) {
    let cell = '';
    if (text[position] === '"') {
      const closing = closingQuote(text, position + 1);
      cell = text.slice(position + 1, closing).replaceAll('""', '"');
      position = Math.min(closing + 1, text.length);
    }
    const next = nextOf(text, position, separator);
    cells.push(cell + text.slice(position, next));
    if (text[next] !== separator) return { cells, end: next };
    position = next + 1;
  }
}

function nextOf(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === separator || text[at] === '\n') return at;
  }
  return text.length;
}

/** A quotation that is never closed ends with its line. */
function closingQuote(text: string, from: number): number {
  const latest = Math.min(text.length, from + longestCell);
  for (let at = from; at < latest; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  const lineEnd = text.indexOf('\n', from);
  return lineEnd === -1 ? text.length : lineEnd - 1;
}

const longestCell = 20_000;
