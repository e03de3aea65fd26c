import { joinJustified } from './justified.ts';
import type { TextRun } from './text-run.ts';

/**
 * Joins runs to lines: what stands on one line without a gap between. The columns of a page and the
 * cells of a table stay apart.
 */
export function toLines(runs: readonly TextRun[]): TextRun[] {
  const lines = joinNeighbours(runs);
  // What is drawn font by font comes in another order than it stands in.
  return joinJustified(rowsOf(lines).map((row) => joinNeighbours(row))).flat();
}

/** Lines that stand beside each other, from left to right; rows from the top of the page. */
export function rowsOf(lines: readonly TextRun[]): TextRun[][] {
  const rows: TextRun[][] = [];
  let y = Number.NEGATIVE_INFINITY;
  for (const line of lines.toSorted((one, two) => one.y - two.y)) {
    if (line.y - y <= line.size * sameLine) rows.at(-1)?.push(line);
    else {
      rows.push([line]);
      y = line.y;
    }
  }
  for (const row of rows) row.sort((one, two) => one.x0 - two.x0);
  return rows;
}

/** Shares of the font's size. */
const sameLine = 0.3;
const widestSpace = 1.1;
const narrowestSpace = 0.14;
const mostOverlap = 0.4;

function joinNeighbours(runs: readonly TextRun[]): TextRun[] {
  const lines: TextRun[] = [];
  for (const run of runs) {
    const line = lines.at(-1);
    if (line === undefined || !follows(line, run)) lines.push({ ...run });
    else append(line, run);
  }
  return lines;
}

function follows(line: TextRun, run: TextRun): boolean {
  const size = Math.max(line.size, run.size);
  const gap = run.x0 - line.x1;
  if (gap > size * widestSpace || gap < -size * mostOverlap) return false;
  const shift = Math.abs(run.y - line.y);
  const isMark = Math.min(run.size, line.size) < size * smallMark;
  return shift <= size * (isMark ? 0.6 : sameLine);
}

/** Letters this much smaller than their neighbours are raised or lowered ones. */
const smallMark = 0.85;

function append(line: TextRun, run: TextRun): void {
  const size = Math.max(line.size, run.size);
  const gap = run.x0 - line.x1;
  const isRaised = run.size < line.size * smallMark && line.y - run.y > line.size * 0.15;
  const separator = gap > size * narrowestSpace && !/\s$/u.test(line.text) ? ' ' : '';
  line.text += isRaised ? raised(line.text, run.text, separator) : separator + run.text;
  line.x1 = Math.max(line.x1, run.x1);
  if (run.font !== line.font && /\p{L}/u.test(run.text)) line.isMixed = true;
  // What most of the line is set in speaks for it.
  if (run.text.length > line.text.length - run.text.length || line.size < run.size * smallMark) {
    line.size = run.size;
    line.y = run.y;
    line.font = run.font;
    line.isFixedWidth = run.isFixedWidth;
  }
}

/** «10⁶» is not 106, and the number of a footnote is no part of the word before it. */
function raised(before: string, text: string, separator: string): string {
  if (!/^[-−–+]?\d+(?:\s|$)/u.test(text)) return separator + text;
  if (/\d$/u.test(before)) return `^${text}`;
  const isFootnote = /(?:\p{L}{4,}|[.,;:!?»”")])\s*$/u.test(before) && /^\d{1,3}\s*$/u.test(text);
  return isFootnote ? '' : separator + text;
}
