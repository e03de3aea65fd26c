/**
 * The row of a table that names its columns, or null where the first row is like the others: rows of
 * a pair each («Длина | 3530 км») mostly describe one thing. `fewestRows` must stand below it.
 */
export function findTableHeader(
  rows: readonly string[],
  { fewestRows = 2 }: { fewestRows?: number } = {},
): string | null {
  const [first, ...others] = rows.slice(0, rowsLookedAt);
  if (first === undefined || others.length < fewestRows) return null;
  const names = cellsOf(first);
  if (names.length < 2 || first.length > longestHeader || !names.every(namesColumn)) return null;
  // A corner cell may be empty, and then it is left out.
  const alike = others.filter((row) => Math.abs(cellsOf(row).length - names.length) <= 1);
  if (alike.length < others.length * 0.6) return null;
  if (names.length > 2) return first;
  const counted = others.filter((row) => /\p{N}/u.test(cellsOf(row)[1] ?? ''));
  const isPlain = names.every((name) => !/\p{N}/u.test(name));
  return isPlain && counted.length >= others.length * 0.8 ? first : null;
}

/** The cells of a row as extraction joins them. */
export function cellsOf(row: string): string[] {
  return row.split(' | ');
}

/** A name holds letters, or is a year. */
function namesColumn(cell: string): boolean {
  return cell.length <= 80 && (/^\D*\p{L}/u.test(cell) || /^(?:19|20)\d\d$/u.test(cell));
}

const longestHeader = 300;

const rowsLookedAt = 100;
