import type { TextRun } from './text-run.ts';

/**
 * Joins the words of justified lines, which may stand as far apart as the cells of a table: between
 * cells and columns the gaps of neighbouring rows stand below each other, between words they do not.
 */
export function joinJustified(rows: readonly (readonly TextRun[])[]): TextRun[][] {
  const gaps = rows.map(gapsOf);
  return rows.map((row, at) => {
    const around = [
      ...gaps.slice(Math.max(0, at - reach), at),
      ...gaps.slice(at + 1, at + 1 + reach),
    ];
    const split = around.filter((others) => others.length > 0);
    if (row.length > mostRuns) return [...row];
    const leastRows = areEqual(gaps[at] ?? []) ? 2 : 1;
    return row.reduce<TextRun[]>((joined, run) => {
      const line = joined.at(-1);
      const gap = { from: line?.x1 ?? 0, to: run.x0 };
      if (line === undefined || isBoundary(gap, { size: run.size, around: split, leastRows })) {
        joined.push({ ...run });
      } else extend(line, run);
      return joined;
    }, []);
  });
}

interface Gap {
  from: number;
  to: number;
}

/** No line has so many words: what has costs time by its square. */
const mostRuns = 200;

/** Rows above and below that are looked at. */
const reach = 4;

/** Shares of the font's size. */
const widestJustified = 2.5;
const leastOverlap = 0.4;

const aligned = 0.7;

function gapsOf(row: readonly TextRun[]): Gap[] {
  if (row.length > mostRuns) return [];
  return row.slice(1).map((run, at) => ({ from: row[at]?.x1 ?? 0, to: run.x0 }));
}

/** In a justified line all words stand equally far apart. */
function areEqual(gaps: readonly Gap[]): boolean {
  const widths = gaps.map(({ from, to }) => to - from);
  return widths.length >= 3 && Math.max(...widths) <= Math.min(...widths) * 1.12;
}

function isBoundary(
  gap: Gap,
  {
    size,
    around,
    leastRows,
  }: { size: number; around: readonly (readonly Gap[])[]; leastRows: number },
): boolean {
  if (gap.to - gap.from > size * widestJustified) return true;
  const below = around.filter((others) =>
    others.some(
      ({ from, to }) => Math.min(to, gap.to) - Math.max(from, gap.from) > size * leastOverlap,
    ),
  );
  return below.length >= leastRows && below.length >= around.length * aligned;
}

function extend(line: TextRun, run: TextRun): void {
  line.text = `${line.text.trimEnd()} ${run.text.trimStart()}`;
  line.x1 = Math.max(line.x1, run.x1);
  line.isMixed ||= run.isMixed || run.font !== line.font;
}
