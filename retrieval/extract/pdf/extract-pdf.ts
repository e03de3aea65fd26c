import { PageError } from '../../errors.ts';
import type { ExtractedPage, ExtractOptions, FetchedPage } from '../extract-page.ts';

/** Reads a PDF. */
export async function extractPdf(
  page: FetchedPage,
  { signal }: ExtractOptions = {},
): Promise<ExtractedPage> {
  signal?.throwIfAborted();
  throw new PageError(`PDF cannot be read: ${page.url}`, { retryable: false });
}
