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
  const close = (): void => {
    const table = makeTable(rows, heading);
    if (table !== null && tables.length < MOST_TABLES) tables.push(table);
    rows = [];
  };
  for (const { kind, text } of blocks) {
    if (kind === 'table-row' && rows.length < MOST_ROWS) rows.push(text);
    else if (kind !== 'table-row') {
      if (rows.length > 0) close();
      if (kind === 'heading') heading = text;
    }
  }
  if (rows.length > 0) close();
  return tables;
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
  return { header, rows: rows.filter(({ cells }) => cells.length === header.length), heading };
}

function cellsOf(row: string): string[] {
  return row.split('|').map((cell) => cell.trim());
}
