import type { Page } from '../passage.ts';
import { extractArticle } from './article.ts';
import { extractPlainText } from './plain-text.ts';

/** A page as it came over the wire, decoded. */
export interface FetchedPage {
  /** The address it was found at after redirects. */
  url: string;
  /** The `Content-Type` header, or an empty string: then the text itself decides. */
  contentType: string;
  text: string;
  /** The body itself, which a PDF is read from; its text is empty. */
  bytes?: Uint8Array;
  /** ISO 8601. */
  fetchedAt: string;
  /** The `Last-Modified` header as it came, or null. */
  lastModified: string | null;
  /** What a reader service says of a page that it read: the text is then Markdown of its own. */
  stated?: { title: string | null; publishedAt: string | null };
}

export interface ExtractedPage extends Page {
  /** Who wrote it, several names apart by commas; null where the document does not say. */
  author: string | null;
  /** The address that the page says it has, if that is on the same host. */
  canonicalUrl: string | null;
  /** ISO 8601, or null. */
  modifiedAt: string | null;
  /** Whether the page is a shell that scripts fill: what was read of it is not its text. */
  needsBrowser: boolean;
  /** How much was read of a document that is too long to be read whole. */
  readInPart?: { pages: number; of: number };
}

export interface ExtractOptions {
  /** Ends the reading of a document between two of its pages. */
  signal?: AbortSignal | undefined;
  /** Pages that are read of a document. */
  maxPages?: number;
  /** Milliseconds that reading the pages of a document may take. */
  maxMs?: number;
}

/**
 * Reads the text of a page, whatever kind of document it is. A page with nothing to read has no
 * blocks.
 * @throws {PageError} for a PDF that cannot be read, with the reason; for nothing else
 */
export async function extractPage(
  page: FetchedPage,
  options: ExtractOptions = {},
): Promise<ExtractedPage> {
  if (isPdf(page)) {
    // Loaded on use: the parser is larger than all that reads the other pages.
    const { extractPdf } = await import('./pdf/extract-pdf.ts');
    return extractPdf(page, options);
  }
  return extractTextPage(page);
}

/** The same for what is text already: HTML, Markdown, JSON, plain text. Never throws. */
export function extractTextPage(page: FetchedPage): ExtractedPage {
  return isHtml(page) ? extractArticle({ ...page, html: page.text }) : extractPlainText(page);
}

function isPdf({ contentType, text, bytes }: FetchedPage): boolean {
  if (bytes === undefined || bytes.length === 0) return false;
  if (text !== '') return false;
  if (/^application\/(?:x-)?pdf\b/iu.test(contentType.trim())) return true;
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

function isHtml({ contentType, text }: FetchedPage): boolean {
  const type = contentType.toLowerCase().split(';')[0]?.trim() ?? '';
  if (type === 'text/html' || /[/+]xml$/u.test(type)) return true;
  if (type !== '' && type !== 'text/plain' && type !== 'application/octet-stream') return false;
  const start = text.slice(0, 1000).replace(/^\uFEFF?\s*(?:<!--[^]*?-->\s*|<\?xml[^>]*>\s*)*/u, '');
  return (
    /^<(?:!doctype html|html|head|body)\b/iu.test(start) || (type === '' && start.startsWith('<'))
  );
}
