import type { TextRun } from './text-run.ts';

/**
 * The lines of a page in the order they are read in: groups of lines that stand in one column each.
 * A line across columns, such as a title, parts what is above it from what is below.
 */
export function inReadingOrder(lines: readonly TextRun[], depth = 0): TextRun[][] {
  const sorted = lines.toSorted((one, two) => one.y - two.y || one.x0 - two.x0);
  const gutter = depth < maxColumnSplits ? findGutter(sorted) : null;
  if (gutter === null) return sorted.length === 0 ? [] : [sorted];
  const groups: TextRun[][] = [];
  let left: TextRun[] = [];
  let right: TextRun[] = [];
  let across: TextRun[] = [];
  const closeColumns = (): void => {
    groups.push(...inReadingOrder(left, depth + 1), ...inReadingOrder(right, depth + 1));
    left = [];
    right = [];
  };
  const closeAcross = (): void => {
    if (across.length > 0) groups.push(across);
    across = [];
  };
  for (const line of sorted) {
    if (line.x1 <= gutter + slack) {
      closeAcross();
      left.push(line);
    } else if (line.x0 >= gutter - slack) {
      closeAcross();
      right.push(line);
    } else {
      closeColumns();
      across.push(line);
    }
  }
  closeColumns();
  closeAcross();
  return groups;
}

const maxColumnSplits = 3;
const slack = 1;

/** Where a page is parted into columns, as a distance from its left edge; null where it is not. */
function findGutter(lines: readonly TextRun[]): number | null {
  if (lines.length < fewestLines * 2) return null;
  const start = Math.min(...lines.map(({ x0 }) => x0));
  const end = Math.max(...lines.map(({ x1 }) => x1));
  const width = end - start;
  if (!Number.isFinite(width) || width < 100 || width > 20_000) return null;
  const crossings = countCrossings(lines, start, Math.ceil(width));
  const from = Math.floor(width * 0.2);
  const to = Math.ceil(width * 0.8);
  const fewest = Math.min(...crossings.slice(from, to));
  let best: { at: number; length: number } | null = null;
  for (let at = from; at < to; at += 1) {
    if (crossings[at] !== fewest) continue;
    let length = 1;
    while (at + length < to && crossings[at + length] === fewest) length += 1;
    if (best === null || length > best.length) best = { at: at + length / 2, length };
    at += length;
  }
  if (best === null || best.length < narrowestGutter) return null;
  const gutter = start + best.at;
  return isBetweenColumns(lines, gutter, { start, end }) ? gutter : null;
}

const fewestLines = 4;
const narrowestGutter = 4;

/** How many lines stand over each point of the width. */
function countCrossings(lines: readonly TextRun[], start: number, width: number): number[] {
  const changes = Array.from({ length: width + 2 }, () => 0);
  for (const { x0, x1 } of lines) {
    const [from, to] = [
      Math.max(0, Math.floor(x0 - start)),
      Math.min(width, Math.ceil(x1 - start)),
    ];
    changes[from] = (changes[from] ?? 0) + 1;
    changes[to + 1] = (changes[to + 1] ?? 0) - 1;
  }
  let count = 0;
  return changes.map((change) => (count += change));
}

/** Columns are filled with lines; the cells of a table are short and stand in rows. */
function isBetweenColumns(
  lines: readonly TextRun[],
  gutter: number,
  { start, end }: { start: number; end: number },
): boolean {
  const left = lines.filter(({ x1 }) => x1 <= gutter + slack);
  const right = lines.filter(({ x0 }) => x0 >= gutter - slack);
  if (left.length < fewestLines || right.length < fewestLines) return false;
  const across = lines.length - left.length - right.length;
  if (across > (left.length + right.length) * 0.6) return false;
  return isFilled(left, gutter - start) && isFilled(right, end - gutter);
}

function isFilled(lines: readonly TextRun[], width: number): boolean {
  // A narrower column that stands in a column is judged on its own.
  const filled = lines.filter(({ x0, x1 }) => x1 - x0 > width * 0.4 || x1 - x0 > 220);
  const words = filled.filter(({ text }) => (text.match(/\S+/gu)?.length ?? 0) >= 3);
  return words.length >= fewestLines && words.length >= lines.length * 0.35;
}
