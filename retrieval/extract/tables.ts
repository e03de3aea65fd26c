import type { Element, ParentNode } from 'domhandler';
import type { Block } from '../passage.ts';
import { cellText } from './cell-text.ts';
import { childElements, isElement, rawText } from './elements.ts';

/**
 * The rows of a table of data, each to be read by itself: what spans several rows stands in each of
 * them, and those below a head know its names. Null for a table that arranges the page.
 */
export function tableBlocks(table: Element): Block[] | null {
  const rows = rowsOf(table);
  if (rows.length === 0 || rows.length > mostRows || !isData(rows)) return null;
  const grid = toGrid(rows);
  const heads = headCount(rows);
  const header = heads === 0 ? null : rowText(mergeHeads(grid.slice(0, heads)));
  const blocks: Block[] = header === null ? [] : [{ kind: 'table-row', text: header }];
  for (const [at, cells] of grid.entries()) {
    if (at < heads || !cells.some((cell) => cell !== '')) continue;
    const isAcross = cells.filter((cell) => cell !== '').length === 1 && cellCount(rows[at]) === 1;
    const text =
      header === null || isAcross ? pairText(cells) : rowText(cells.map((cell) => cell || '—'));
    const isCarried = header !== null && header.length <= longestHeader;
    // Over a table of pairs stands its title.
    const kind = isAcross && at === 0 ? 'paragraph' : 'table-row';
    blocks.push({ kind, text, ...(isCarried ? { tableHeader: header } : {}) });
  }
  return blocks;
}

/** Carried into every passage, a longer one would crowd out the rows. */
const longestHeader = 300;

const mostRows = 20_000;
const mostColumns = 100;
const mostSpannedRows = 500;
const mostRepeatedCharacters = 200_000;

function cellCount(row: Element | undefined): number {
  return row === undefined ? 0 : childElements(row).length;
}

function rowsOf(table: Element): Element[] {
  return childElements(table).flatMap((child) => {
    if (child.name === 'tr') return [child];
    return ['thead', 'tbody', 'tfoot'].includes(child.name)
      ? childElements(child).filter(({ name }) => name === 'tr')
      : [];
  });
}

/** Two rows of two cells or more, none of which holds code, headings or another table. */
function isData(rows: readonly Element[]): boolean {
  const full = rows.filter((row) => childElements(row).length >= 2);
  return (
    full.length > 0 && full.length >= rows.length * 0.4 && !rows.some((row) => isLayoutRow(row))
  );
}

/** A row that holds paragraphs or another table arranges the page; it is no data. */
export function isLayoutRow(row: Element): boolean {
  return childElements(row).some(
    (cell) =>
      holdsAny(cell, arranged) || (rawText(cell, 500).length > 400 && holdsAny(cell, paragraphs)),
  );
}

const arranged = new Set('table pre h1 h2 h3'.split(' '));
const paragraphs = new Set('p ul ol blockquote'.split(' '));

function holdsAny(element: Element, names: ReadonlySet<string>): boolean {
  return childElements(element).some((child) => names.has(child.name) || holdsAny(child, names));
}

/**
 * Texts by row and column. A cell over several columns stands in each, where columns have names; all
 * repeated text together is bounded, for a span of a thousand costs a page nothing to write.
 */
function toGrid(rows: readonly Element[]): string[][] {
  const hasHeads = headCount(rows) > 0;
  const open: { text: string; rows: number }[] = [];
  let budget = mostRepeatedCharacters;
  const repeat = (text: string): string => {
    budget -= text.length + 1;
    return budget < 0 ? '' : text;
  };
  return rows.map((row) => {
    const cells: string[] = [];
    const isAlone = cellCount(row) === 1;
    const fillSpanned = (): void => {
      for (let span = open[cells.length]; span !== undefined && span.rows > 0;) {
        cells.push(repeat(span.text));
        span.rows -= 1;
        span = open[cells.length];
      }
    };
    for (const cell of childElements(row)) {
      fillSpanned();
      if (cells.length >= mostColumns) break;
      const text = cellText(cell);
      const columns = Math.min(spanOf(cell, 'colspan'), mostColumns - cells.length);
      const below = Math.min(spanOf(cell, 'rowspan') - 1, mostSpannedRows);
      for (let column = 0; column < columns; column += 1) {
        const shown = column === 0 ? text : hasHeads && !isAlone ? repeat(text) : '';
        open[cells.length] = { text: shown, rows: below };
        cells.push(shown);
      }
    }
    fillSpanned();
    return cells;
  });
}

function spanOf({ attribs }: Element, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(attribs[name] ?? '', 10);
  return Number.isFinite(span) && span > 1 ? span : 1;
}

/** How many rows at the top name columns. A first row of names alone in a table of pairs is none. */
function headCount(rows: readonly Element[]): number {
  let heads = 0;
  for (const row of rows) {
    const cells = childElements(row);
    const isHead =
      cells.length >= 2 || heads > 0 ? cells.every(({ name }) => name === 'th') : false;
    if (!isHead) break;
    heads += 1;
  }
  return heads < rows.length && heads <= 4 ? heads : 0;
}

/** One name for each column: «Repeated, % rare». */
function mergeHeads(rows: readonly string[][]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => {
    const names = rows.map((row) => row[column] ?? '').filter((name) => name !== '');
    return [...new Set(names)].join(' ');
  });
}

function rowText(cells: readonly string[]): string {
  return cells.filter((cell) => cell !== '').join(' | ');
}

/** «Comments: | 12 pages» says its pair twice over. */
function pairText(cells: readonly string[]): string {
  const [name = '', value, more] = cells.filter((cell) => cell !== '');
  if (value === undefined || more !== undefined || !name.endsWith(':')) return rowText(cells);
  return `${name} ${value}`;
}

/**
 * Makes plain lines of what stands over tables: their names are those that pages give to the captions
 * of pictures, which are no part of a text. To be called before clutter goes.
 */
export function openTableCaptions(root: ParentNode): void {
  const figures = new Map<Element, boolean>();
  const isOfTable = (figure: Element): boolean => {
    const known = figures.get(figure) ?? holdsAny(figure, tables);
    figures.set(figure, known);
    return known;
  };
  const open = (parent: ParentNode, isInside: boolean): void => {
    for (const child of childElements(parent)) {
      const isOfFigure = child.name === 'figcaption' && isElement(parent) && isOfTable(parent);
      const isCaption = isInside || isOfFigure || child.name === 'caption';
      if (isOfFigure) child.name = 'p';
      if (isCaption) child.attribs = {};
      open(child, isCaption);
    }
  };
  open(root, false);
}

const tables = new Set(['table']);
