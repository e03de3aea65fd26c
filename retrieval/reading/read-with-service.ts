import type { FetchedPage } from '../crawl/fetch-page.ts';
import type { ReaderService } from '../crawl/reader-service.ts';
import { NEEDS_BROWSER, PageError } from '../errors.ts';
import type { PageReader } from './page-reader.ts';
import type { ReaderCache } from './reader-cache.ts';

export interface ReadWithServiceOptions {
  /** Without one the service is asked each time. */
  cache?: ReaderCache | null;
}

/** Reads pages as `read` does, and those that need a browser through the service. */
export function readWithService(
  read: PageReader['read'],
  service: Pick<ReaderService, 'readPage'>,
  { cache = null }: ReadWithServiceOptions = {},
): PageReader['read'] {
  return async (fetched, options) => {
    try {
      return await read(fetched, options);
    } catch (error) {
      if (!needsBrowser(error)) throw error;
      const kept = (await cache?.find(fetched)) ?? null;
      if (kept !== null) return await readText(kept, options);
      const page = await service.readPage(fetched, options).catch(notRead);
      if (page === null) throw error;
      const text = await readText(page, options);
      await cache?.keep(page);
      return text;
    }
  };

  async function readText(
    page: FetchedPage,
    options: Parameters<PageReader['read']>[1],
  ): ReturnType<PageReader['read']> {
    // What a service gives has its text, whatever the page was without it.
    const { isChallenge: _isChallenge, ...readable } = page;
    return await read(readable, options).catch((fault: unknown) => {
      const isEmpty = fault instanceof PageError && !fault.retryable;
      return isEmpty ? notRead(new PageError('found no text', fault)) : Promise.reject(fault);
    });
  }
}

function needsBrowser(error: unknown): boolean {
  return error instanceof PageError && error.message === NEEDS_BROWSER;
}

function notRead(fault: unknown): never {
  if (!(fault instanceof PageError)) throw fault;
  if (fault.message === 'cancelled') throw fault;
  throw new PageError(`${NEEDS_BROWSER}, and the reader service ${fault.message}`, {
    retryable: fault.retryable,
    cause: fault,
  });
}
