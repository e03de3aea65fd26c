import type { FetchedPage } from '../crawl/fetch-page.ts';
import type { Embedder } from '../embed/embedder.ts';
import { FileError, NEEDS_BROWSER, PageError } from '../errors.ts';
import type { FileFault } from '../errors.ts';
import type { IndexedPage, Scope } from '../index/passage-index.ts';
import { readPage } from '../read-page.ts';
import type { PageReader } from '../reading/page-reader.ts';
import type { ReadPage } from '../reading/passages-of-page.ts';

import { sniffFile } from './file-kind.ts';
import type { SniffedFile } from './file-kind.ts';

export interface SentFile {
  /** As its sender called it. */
  name: string;
  /** See file-address.ts. */
  address: string;
  bytes: Uint8Array;
  /** Who may see it. */
  scope: Scope;
  /** ISO 8601. */
  sentAt: string;
}

export interface ReadFileOptions {
  /** By default the file is read in this thread, which a large one holds up for seconds. */
  read?: PageReader['read'] | undefined;
  embedder: Embedder | null;
  /** Told when the embedder failed; the file is then indexed by its words alone. */
  onEmbedFailure: (error: unknown) => void;
  signal: AbortSignal;
}

export interface ReadFile extends SniffedFile {
  /** For the index. */
  page: IndexedPage;
  extent: FileExtent;
}

/** How much of a file was read. */
export interface FileExtent {
  /** Whether something at its end was not. */
  isCut: boolean;
  /** Pages or lines that were read, of all that it has; null where it has neither. */
  counted: { unit: 'page' | 'line'; read: number; of: number } | null;
}

/**
 * From a file's bytes to what the index keeps of it. All that it says is data: nothing in it is run,
 * fetched or followed.
 * @throws {FileError} when there is nothing to read in it, with the reason
 */
export async function readFile(
  { name, address, bytes, scope, sentAt }: SentFile,
  { read, embedder, onEmbedFailure, signal }: ReadFileOptions,
): Promise<ReadFile> {
  const sniffed = sniffFile(bytes, name);
  const fetched: FetchedPage = {
    requestedUrl: address,
    url: address,
    contentType: sniffed.contentType,
    text: '',
    bytes,
    etag: null,
    lastModified: null,
    fetchedAt: sentAt,
    from: 'network',
    fileName: name,
  };
  try {
    const { readInPart, ...page }: ReadPage = await readPage(fetched, {
      scope,
      read,
      embedder,
      onEmbedFailure,
      signal,
    });
    return { ...sniffed, page, extent: extentOf({ page, readInPart, bytes }) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PageError)) throw error;
    throw new FileError(faultOf(error.message), { cause: error });
  }
}

function extentOf({
  page,
  readInPart,
  bytes,
}: {
  page: IndexedPage;
  readInPart: ReadPage['readInPart'];
  bytes: Uint8Array;
}): FileExtent {
  const isCut = readInPart !== undefined;
  const last = page.passages.at(-1)?.place ?? null;
  if (last === null) return { isCut, counted: null };
  const { unit, to } = last;
  const of = unit === 'page' ? (readInPart?.of ?? to) : Math.max(to, countLines(bytes));
  return { isCut, counted: { unit, read: isCut ? to : of, of } };
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  // In UTF-16 a line break may end with a zero.
  const last = bytes.findLast((byte) => byte !== 0);
  return last === 0x0a ? lines : lines + 1;
}

/** By the reasons that readers of pages give. */
function faultOf(reason: string): FileFault {
  if (reason.startsWith('encrypted')) return 'encrypted';
  if (reason.startsWith('scanned')) return 'scanned';
  if (/^damaged|without pages/u.test(reason)) return 'damaged';
  if (reason.includes('unknown encoding')) return 'no-encoding';
  if (reason.startsWith('too many')) return 'busy';
  if (/too (?:complex|long|much)/u.test(reason)) return 'too-complex';
  return reason === NEEDS_BROWSER || reason.startsWith('no text') ? 'no-text' : 'damaged';
}
