import { NEEDS_BROWSER, PageError } from '../errors.ts';
import { isChallenge } from './challenge.ts';
import { decodeText } from './charset.ts';
import { detectType, isReadable, isUnknown, mediaType } from './content-type.ts';
import type { HttpResponse } from './exchange.ts';
import { seconds } from './host-queue.ts';
import { readBody, unpackFile } from './read-body.ts';

export interface PageContent {
  contentType: string;
  /** As it was sent; its charset tells how to read the bytes. */
  contentTypeHeader: string | null;
  text: string;
  bytes: Uint8Array;
  /** As it was sent, when it is one. */
  etag: string | null;
  /** ISO 8601. */
  lastModified: string | null;
}

export interface ReadContentOptions {
  maxBytes: number;
  /** How long a body may bring hardly anything. */
  slowAfterMs: number;
}

/** What a response brings, or the reason why it is no page. @throws {PageError} */
export async function readContent(
  response: HttpResponse,
  { maxBytes, slowAfterMs }: ReadContentOptions,
): Promise<PageContent> {
  const { status, headers, body, retryAfterMs } = response;
  if (status === 204 || status === 205) {
    body.destroy();
    throw emptyPage();
  }
  // A part that was not asked for (206) is not the page.
  if (status < 200 || status > 299 || status === 206) {
    if (await isChallenge(response)) throw new PageError(NEEDS_BROWSER, { retryable: false });
    const wait = retryAfterMs === null ? '' : `, the site asks to wait ${seconds(retryAfterMs)}`;
    throw new PageError(`HTTP ${status}${wait}`, { retryable: isPassing(status) });
  }
  const header = headers.get('content-type') ?? null;
  const declared = mediaType(header ?? undefined);
  const mayBePacked = declared !== null && gzipTypes.has(declared);
  if (declared !== null && !mayBePacked && !isUnknown(declared) && !isReadable(declared)) {
    body.destroy();
    throw unsupportedType(declared);
  }
  const bytes = await unpackFile(await readBody(response, { maxBytes, slowAfterMs }), maxBytes);
  if (bytes.length === 0) throw emptyPage();
  const contentType = detectType(mayBePacked ? null : declared, bytes);
  if (!isReadable(contentType)) throw unsupportedType(contentType);
  const text = textOf(bytes, contentType, header);
  if (contentType !== 'application/pdf' && text.trim() === '') throw emptyPage();
  return {
    contentType,
    contentTypeHeader: header,
    text,
    bytes,
    etag: readEtag(headers.get('etag')),
    lastModified: isoDate(headers.get('last-modified')),
  };
}

const gzipTypes = new Set(['application/gzip', 'application/x-gzip']);

/** The text of a body; '' for application/pdf. */
export function textOf(bytes: Uint8Array, contentType: string, header: string | null): string {
  return contentType === 'application/pdf' ? '' : decodeText(bytes, header);
}

/** Statuses by which a server says: later. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** It is sent back as it came, so only what is one by RFC 9110 (8.8.3), and of sensible length. */
function readEtag(header: string | undefined): string | null {
  const etag = header?.trim() ?? '';
  return etag.length <= 500 && /^(?:W\/)?"[\x21\x23-\x7E]*"$/u.test(etag) ? etag : null;
}

function isoDate(header: string | undefined): string | null {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function emptyPage(): PageError {
  return new PageError('empty page', { retryable: false });
}

function unsupportedType(type: string): PageError {
  return new PageError(`unsupported content type ${type.slice(0, 80)}`, { retryable: false });
}
