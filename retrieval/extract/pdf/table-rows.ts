import type { TextRun } from './text-run.ts';

/** Which rows of a column are those of a table: several cells each, and not one row alone. */
export function tableRows(rows: readonly (readonly TextRun[])[]): boolean[] {
  const hasCells = rows.map((row) => isRowOfCells(row));
  return rows.map((row, at) => {
    if (hasCells[at] !== true) return false;
    return [at - 1, at + 1, at - 2, at + 2].some((other) => {
      const neighbour = rows[other];
      return hasCells[other] === true && neighbour !== undefined && isClose(row, neighbour);
    });
  });
}

/** Whether a row is the second line of a cell of the row above it. */
export function isCellContinued(
  above: readonly TextRun[],
  row: readonly TextRun[],
  gap: number,
): boolean {
  const [line, ...others] = row;
  if (line === undefined || others.length > 0 || gap > line.size * 1.5) return false;
  return above.some(({ x0 }, column) => column > 0 && Math.abs(x0 - line.x0) < line.size * 0.5);
}

function isRowOfCells(row: readonly TextRun[]): boolean {
  if (row.length < 2) return false;
  const isLabelled = row.length === 2 && label.test(row[0]?.text.trim() ?? '');
  return !isLabelled && !row.every(({ isFixedWidth }) => isFixedWidth);
}

/** The number of an item or of a heading, which stands apart from its words. */
const label =
  /^(?:[•◦‣▪■●○∙·*–—-]|\(?\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\[\d{1,3}\]|\(?\p{L}[.)])$/u;

function isClose(row: readonly TextRun[], other: readonly TextRun[]): boolean {
  const [one, two] = [row[0], other[0]];
  return one !== undefined && two !== undefined && Math.abs(one.y - two.y) < one.size * 5;
}
