import type { ReaderService } from '../crawl/reader-service.ts';
import { NEEDS_BROWSER, PageError } from '../errors.ts';
import type { PageReader } from './page-reader.ts';

/** Reads pages as `read` does, and those that need a browser through the service. */
export function readWithService(
  read: PageReader['read'],
  service: Pick<ReaderService, 'readPage'>,
): PageReader['read'] {
  return async (fetched, options) => {
    try {
      return await read(fetched, options);
    } catch (error) {
      if (!(error instanceof PageError) || error.message !== NEEDS_BROWSER) throw error;
      const page = await service.readPage(fetched, options).catch(notRead);
      if (page === null) throw error;
      return await read(page, options).catch((fault: unknown) => {
        const isEmpty = fault instanceof PageError && !fault.retryable;
        return isEmpty ? notRead(new PageError('found no text', fault)) : Promise.reject(fault);
      });
    }
  };
}

function notRead(fault: unknown): never {
  if (!(fault instanceof PageError)) throw fault;
  if (fault.message === 'cancelled') throw fault;
  throw new PageError(`${NEEDS_BROWSER}, and the reader service ${fault.message}`, {
    retryable: fault.retryable,
    cause: fault,
  });
}
