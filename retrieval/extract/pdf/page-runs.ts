import type { PdfDocument } from './open-pdf.ts';
import type { TextRun } from './text-run.ts';

export interface PageRuns {
  width: number;
  height: number;
  /** As they are drawn; those that are white space alone are not among them. */
  runs: TextRun[];
  /** Whether more stands on the page. Its document must be closed then: no other page is read. */
  isCut: boolean;
}

/**
 * The text of one page, turned upright. What stands across the main direction, such as a stamp on the
 * margin, and what lies outside the page is left out.
 */
export async function readPageRuns(
  document: PdfDocument,
  number: number,
  { isOver }: { isOver: () => boolean },
): Promise<PageRuns> {
  const page = await document.getPage(number);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const turned: TextRun[][] = [[], [], [], []];
  const stream: ReadableStream<TextContent> = page.streamTextContent();
  const reader = stream.getReader();
  let count = 0;
  let isCut = false;
  while (!isCut) {
    const chunk = await reader.read();
    if (chunk.done) break;
    const { items, styles } = chunk.value;
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const matrix = multiply(transform, item.transform.map(Number));
      const quarter = quarterOf(matrix);
      if (quarter === null) continue;
      const run = uprightRun(item, matrix, { quarter, width, height });
      run.isFixedWidth = styles[item.fontName]?.fontFamily === 'monospace';
      const across = quarter % 2 === 0 ? [width, height] : [height, width];
      if (isInside(run, across)) turned[quarter]?.push(run);
      count += 1;
    }
    isCut = count > maxRuns || isOver();
  }
  if (isCut) void drain(reader);
  else page.cleanup();
  const lengths = turned.map((runs) => runs.reduce((sum, { text }) => sum + text.length, 0));
  const main = lengths.indexOf(Math.max(...lengths));
  const runs = turned[main] ?? [];
  return main % 2 === 0
    ? { width, height, runs, isCut }
    : { width: height, height: width, runs, isCut };
}

/**
 * Takes what comes until the document is closed: a stream that is cancelled makes the parser throw
 * where nobody can catch it, and closing would wait for ever for one that is not read.
 */
async function drain(reader: ReadableStreamDefaultReader): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // This is how it ends when the document is closed.
  }
}

type PdfPageProxy = Awaited<ReturnType<PdfDocument['getPage']>>;
type TextContent = Awaited<ReturnType<PdfPageProxy['getTextContent']>>;
type TextItem = Extract<TextContent['items'][number], { str: string }>;

/** The densest page has some thousand: what has this many is made to be endless. */
const maxRuns = 50_000;

type Matrix = readonly number[];

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** How many quarter turns to the right the text is turned by, or null when it stands askew. */
function quarterOf([a = 0, b = 0]: Matrix): 0 | 1 | 2 | 3 | null {
  if (Math.abs(b) < Math.abs(a) * askew) return a > 0 ? 0 : 2;
  if (Math.abs(a) < Math.abs(b) * askew) return b > 0 ? 1 : 3;
  return null;
}

const askew = 0.2;

function uprightRun(
  { str, width: length, fontName }: TextItem,
  [, , c = 0, d = 0, x = 0, y = 0]: Matrix,
  { quarter, width, height }: { quarter: number; width: number; height: number },
): TextRun {
  const placed: readonly (readonly [number, number])[] = [
    [x, y],
    [y, width - x],
    [width - x, height - y],
    [height - y, x],
  ];
  const [left, baseline] = placed[quarter] ?? [x, y];
  return {
    text: str,
    x0: left,
    x1: left + Math.abs(length),
    y: baseline,
    size: Math.hypot(c, d),
    font: fontName,
    isFixedWidth: false,
    isMixed: false,
  };
}

function isInside(
  { x0, x1, y, size }: TextRun,
  [width = 0, height = 0]: readonly number[],
): boolean {
  return size >= 1 && x1 > 0 && x0 < width && y > 0 && y - size < height;
}
