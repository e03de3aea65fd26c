import type { Block } from '../../../retrieval/passage.ts';
import type { SourcePage } from '../source-page.ts';

/** A table of a page, row by row, as extraction joins its cells. */
export interface PageTable {
  header: string[];
  rows: { cells: string[]; quote: string }[];
  heading: string;
}

/** Tables with a head, the corner's empty cell restored. */
export function tablesOf({ blocks }: SourcePage): PageTable[] {
  const tables: PageTable[] = [];
  let rows: string[] = [];
  let heading = '';
  let last: Block | null = null;
  const close = (): void => {
    const table = makeTable(rows, heading);
    if (table !== null && tables.length < MOST_TABLES) tables.push(table);
    rows = [];
  };
  for (const block of blocks) {
    const { kind, text } = block;
    if (rows.length > 1 && last !== null && isApart(last, block)) close();
    last = block;
    if (kind === 'table-row' && rows.length < MOST_ROWS) rows.push(text);
    else if (kind !== 'table-row') {
      if (rows.length > 0) close();
      if (kind === 'heading') heading = text;
    }
  }
  if (rows.length > 0) close();
  return tables;
}

/** An empty line ends a table, and so does the head of another one. */
function isApart(last: Block, { kind, place, tableHeader }: Block): boolean {
  if (kind !== 'table-row' || last.kind !== 'table-row') return false;
  if (last.tableHeader !== undefined && tableHeader === undefined) return true;
  return place !== undefined && last.place !== undefined && place.from > last.place.to + 1;
}

const MOST_TABLES = 60;
const MOST_ROWS = 400;

function makeTable(lines: readonly string[], heading: string): PageTable | null {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0) return null;
  const header = cellsOf(first);
  const rows = others.map((quote) => ({ cells: cellsOf(quote), quote }));
  const widths = rows.map(({ cells }) => cells.length);
  const width = widths.toSorted((one, other) => one - other)[Math.floor(widths.length / 2)] ?? 0;
  if (header.length === width - 1) header.unshift('');
  if (header.length < 2) return null;
  // A row that lost an empty cell could put a figure below another name.
  // The name of a group stands before its first row alone.
  const aligned = rows.map(({ cells, quote }) => ({
    cells: cells.length === header.length + 1 ? cells.slice(1) : cells,
    quote,
  }));
  return { header, rows: aligned.filter(({ cells }) => cells.length === header.length), heading };
}

function cellsOf(row: string): string[] {
  return row.split('|').map((cell) => cell.trim());
}
