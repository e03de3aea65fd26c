import { rowsOf } from './lines.ts';
import type { PdfPage, TextRun } from './text-run.ts';

/**
 * Leaves out what stands at the same place on several pages: the heads and feet of a document, its
 * page numbers.
 */
export function withoutRunningHeads(pages: readonly PdfPage[]): PdfPage[] {
  const seen = new Map<string, number>();
  const edges = pages.map((page) => edgeLines(page));
  for (const lines of edges) {
    for (const key of new Set(lines.map(({ key }) => key))) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return pages.map((page, at) => {
    const dropped = new Set(
      edges[at]
        ?.filter(({ key, isNumber }) => (seen.get(key) ?? 0) >= (isNumber ? 2 : 3))
        .map(({ line }) => line),
    );
    return { ...page, lines: page.lines.filter((line) => !dropped.has(line)) };
  });
}

interface EdgeLine {
  line: TextRun;
  /** The same for lines that differ by their figures alone. */
  key: string;
  isNumber: boolean;
}

/** The first and last rows of a page, as far as they stand at its edge. */
function edgeLines({ lines, height }: PdfPage): EdgeLine[] {
  const rows = rowsOf(lines);
  const top = rows.slice(0, edgeRows).filter(([line]) => (line?.y ?? 0) < height * edge);
  const bottom = rows.slice(-edgeRows).filter(([line]) => (line?.y ?? 0) > height * (1 - edge));
  return [...top, ...bottom].flat().map((line) => {
    const text = line.text.replace(/\s+/gu, ' ').trim().toLowerCase();
    const isNumber = pageNumber.test(text);
    const words = isNumber ? '#' : text.replace(/\d+/gu, '#');
    return { line, isNumber, key: `${Math.round(line.y / 4)} ${words}` };
  });
}

const edgeRows = 3;
const edge = 0.14;

const pageNumber =
  /^[-–—|[(\s]*(?:(?:page|p\.|стр\.?|страница|с\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|из|\/)\s*\d{1,4})?[-–—|\])\s]*$/u;
