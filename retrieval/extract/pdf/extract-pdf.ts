import { setImmediate } from 'node:timers/promises';
import { PageError } from '../../errors.ts';
import type { Block } from '../../passage.ts';
import { detectLanguage } from '../../text/language.ts';
import { fileName, hostOf } from '../address-names.ts';
import { readDate } from '../dates.ts';
import type { ExtractedPage, ExtractOptions, FetchedPage } from '../extract-page.ts';
import { bodyFontOf, layoutBlocks } from './layout-blocks.ts';
import type { BodyFont, LayoutBlock } from './layout-blocks.ts';
import { toLines } from './lines.ts';
import { misreadCyrillic } from './misread-cyrillic.ts';
import { withPdf } from './open-pdf.ts';
import type { PdfDocument } from './open-pdf.ts';
import { readPageRuns } from './page-runs.ts';
import { chooseTitle, readPdfMetadata } from './pdf-metadata.ts';
import { withoutRunningHeads } from './running-heads.ts';
import type { PdfPage, TextRun } from './text-run.ts';
import { toBlocks } from './to-blocks.ts';

/**
 * Reads the text of a PDF from `page.bytes`: blocks with the pages that they stand on. Of a long
 * document its first `maxPages` are read, and as many as `maxMs` allow, which `readInPart` says.
 * @throws {PageError} `encrypted PDF`, `damaged PDF`, `scanned PDF without text`, `PDF without pages`,
 * `PDF of 3000 pages is too long`, `PDF unpacks to too much`
 */
export async function extractPdf(
  page: FetchedPage,
  { signal, maxPages = 300, maxMs = 2500 }: ExtractOptions = {},
): Promise<ExtractedPage> {
  const { url, fetchedAt, bytes = new Uint8Array() } = page;
  const endsAt = performance.now() + maxMs;
  const { pages, of, metadata } = await withPdf(bytes, async (document) => {
    checkLength(document.numPages, maxPages);
    return {
      of: document.numPages,
      metadata: await readPdfMetadata(document, { fetchedAt }),
      pages: await readPages(document, { signal, maxPages, endsAt }),
    };
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  const last = pages.at(-1)?.number ?? 0;
  const worded = readable(pages);
  const body = bodyFontOf(worded);
  const kept = withoutRunningHeads(worded, { bodySize: body.size });
  const layout = layoutBlocks(kept, body);
  const blocks = toBlocks(layout, body);
  const title = chooseTitle(metadata.title, {
    firstPage: blocks.filter(({ place }) => place?.from === pages[0]?.number),
    largest: largestText(layout, blocks, body),
  });
  return {
    url,
    title: (title ?? firstWords(blocks) ?? (fileName(url) || hostOf(url))).slice(0, 300),
    site: hostOf(url),
    author: metadata.author,
    language: detectLanguage(
      blocks
        .slice(0, 50)
        .map(({ text }) => text.slice(0, 400))
        .join('\n'),
    ),
    publishedAt: metadata.createdAt,
    modifiedAt: metadata.modifiedAt ?? readDate(page.lastModified, fetchedAt),
    fetchedAt,
    blocks,
    canonicalUrl: null,
    needsBrowser: false,
    // A damaged page between others is no end.
    ...(last < of && { readInPart: { pages: last, of } }),
  };
}

/** Longer than this, the beginning says too little of the whole. */
const longestInParts = 5;

function checkLength(pages: number, maxPages: number): void {
  if (pages < 1) throw new PageError('PDF without pages', { retryable: false });
  if (pages > maxPages * longestInParts) {
    throw new PageError(`PDF of ${pages} pages is too long`, { retryable: false });
  }
}

async function readPages(
  document: PdfDocument,
  {
    signal,
    maxPages,
    endsAt,
  }: { signal: AbortSignal | undefined; maxPages: number; endsAt: number },
): Promise<PdfPage[]> {
  const isOver = (): boolean => performance.now() > endsAt || signal?.aborted === true;
  const pages: PdfPage[] = [];
  let damaged: unknown = null;
  for (let number = 1; number <= Math.min(document.numPages, maxPages); number += 1) {
    signal?.throwIfAborted();
    if (isOver()) break;
    try {
      const { runs, isCut, ...size } = await readPageRuns(document, number, { isOver });
      pages.push({ number, ...size, lines: toLines(runs).filter(isWorded) });
      if (isCut) break;
    } catch (error) {
      // The other pages of a damaged file can often be read.
      damaged ??= error;
    }
    // The parser awaits itself only: timers and signals would have to wait for the last page.
    await setImmediate();
  }
  signal?.throwIfAborted();
  if (pages.length === 0 && damaged !== null) throw damaged;
  if (pages.length === 0) throw new PageError('too complex to read in time', { retryable: false });
  return pages;
}

/** Large brackets and rules that are drawn as signs would stand as lines of their own. */
function isWorded({ text, isFixedWidth }: TextRun): boolean {
  return isFixedWidth || /[\p{L}\p{N}]/u.test(text);
}

/** @throws {PageError} where the pages hold no text, or none that has a meaning */
function readable(pages: readonly PdfPage[]): PdfPage[] {
  const texts = pages.flatMap(({ lines }) => lines.map(({ text }) => text));
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const meant = texts.reduce((sum, text) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  if (meant < 2) throw new PageError('scanned PDF without text', { retryable: false });
  // Fonts that do not say which letters they draw.
  if (meant < characters * 0.2) {
    throw new PageError('PDF whose letters cannot be read', { retryable: false });
  }
  const repair = misreadCyrillic(texts);
  if (repair === null) return [...pages];
  return pages.map((page) => {
    return { ...page, lines: page.lines.map((line) => ({ ...line, text: repair(line.text) })) };
  });
}

function largestText(
  layout: readonly LayoutBlock[],
  blocks: readonly Block[],
  body: BodyFont,
): string | null {
  const first = layout[0]?.lines[0]?.page;
  const largest = layout
    .filter(({ kind, lines }) => kind === 'text' && lines[0]?.page === first)
    .filter(({ lines }) => lines.some(({ text }) => /\p{L}{3}/u.test(text)))
    .reduce<LayoutBlock | null>(
      (best, block) => (block.size > (best?.size ?? body.size * 1.13) ? block : best),
      null,
    );
  const start = largest?.lines[0]?.text.trim();
  if (start === undefined) return null;
  return (
    blocks.find(({ kind, text }) => kind === 'heading' && text.startsWith(start.slice(0, 12)))
      ?.text ?? null
  );
}

function firstWords(blocks: readonly Block[]): string | null {
  const [first] = blocks;
  return first !== undefined && first.text.length <= 120 ? first.text : null;
}
