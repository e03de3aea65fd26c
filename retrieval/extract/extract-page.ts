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
  /** ISO 8601. */
  fetchedAt: string;
  /** The `Last-Modified` header as it came, or null. */
  lastModified: string | null;
}

export interface ExtractedPage extends Page {
  /** The address that the page says it has, if that is on the same host. */
  canonicalUrl: string | null;
  /** ISO 8601, or null. */
  modifiedAt: string | null;
  /** Whether the page is a shell that scripts fill: what was read of it is not its text. */
  needsBrowser: boolean;
}

/**
 * Reads the text of a page, whatever kind of text it is. Never throws on a page's content: a page
 * with nothing to read has no blocks.
 */
export function extractPage(page: FetchedPage): ExtractedPage {
  return isHtml(page) ? extractArticle({ ...page, html: page.text }) : extractPlainText(page);
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
