import { rowsOf } from './lines.ts';
import type { PdfPage, TextRun } from './text-run.ts';

/**
 * Leaves out what stands at the same place on several pages: the heads and feet of a document, its
 * page numbers and what stands in one line with them.
 */
export function withoutRunningHeads(
  pages: readonly PdfPage[],
  { bodySize }: { bodySize: number },
): PdfPage[] {
  const edges = pages.map((page) => edgeRows(page, bodySize * largestHead));
  const seen = new Map<string, number>();
  for (const rows of edges) {
    const keys = new Set(rows.flatMap((row) => row.flatMap(({ keys }) => keys)));
    for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const isRepeated = ({ keys }: EdgeLine): boolean =>
    keys.some((key) => (seen.get(key) ?? 0) >= timesOf(key));
  return pages.map((page, at) => {
    const dropped = new Set<TextRun>();
    for (const row of edges[at] ?? []) {
      const repeated = row.filter(isRepeated);
      const hasNumber = repeated.some(({ isNumber }) => isNumber);
      for (const { line } of hasNumber ? row : repeated) dropped.add(line);
    }
    return { ...page, lines: page.lines.filter((line) => !dropped.has(line)) };
  });
}

interface EdgeLine {
  line: TextRun;
  /** The same on other pages, should it be repeated there. */
  keys: string[];
  isNumber: boolean;
}

/** The first and last rows of a page, as far as they stand at its edge. */
function edgeRows({ lines, height, number }: PdfPage, largest: number): EdgeLine[][] {
  const rows = rowsOf(lines.filter(({ size }) => size <= largest));
  const top = rows.slice(0, mostRows).filter(([line]) => (line?.y ?? 0) < height * edge);
  const bottom = rows.slice(-mostRows).filter(([line]) => (line?.y ?? 0) > height * (1 - edge));
  const edges = top.length === rows.length ? top : [...top, ...bottom];
  return edges.map((row) => row.map((line) => edgeLine(line, number)));
}

/** What is set larger, as a share of the text's size, is a heading, be it one of each page. */
const largestHead = 1.25;

const mostRows = 3;
const edge = 0.14;

function edgeLine(line: TextRun, page: number): EdgeLine {
  const text = line.text.replace(/\s+/gu, ' ').trim().toLowerCase();
  const place = Math.round(line.y / 4);
  const written = pageNumber.exec(text)?.[1];
  if (written !== undefined) {
    // Figures of a table stand at edges too, but do not grow with the pages.
    const value = /\d/u.test(written) ? `${Number(written) - page}` : 'roman';
    return { line, isNumber: true, keys: [`number ${place} ${value}`] };
  }
  if (!/\p{L}{3}/u.test(text)) return { line, isNumber: false, keys: [] };
  const keys = [`text ${place} ${text}`];
  // A page number within a line, too, tells its page.
  for (const { 0: figures, index } of text.matchAll(/\d{1,4}/gu)) {
    const after = text.slice(index + figures.length);
    keys.push(`text ${place} ${text.slice(0, index)}#${Number(figures) - page}${after}`);
  }
  return { line, isNumber: false, keys };
}

function timesOf(key: string): number {
  return key.startsWith('number') ? 2 : 3;
}

const pageNumber =
  /^[-–—|[(\s]*(?:(?:page|p\.|стр\.?|страница|с\.)\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|из|\/)\s*\d{1,4})?[-–—|\])\s]*$/u;
