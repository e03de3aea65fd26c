import { IndexError } from '../errors.ts';
import type { AnsweringIndex } from './passage-index.ts';

/**
 * An index whose dense arm may fail: pages and queries whose vectors it refuses, because it was
 * filled with those of another model, go in by their words alone, and `onRefusal` is told.
 */
export function createTolerantIndex(
  index: AnsweringIndex,
  { onRefusal }: { onRefusal: (error: IndexError) => void },
): AnsweringIndex {
  return {
    async replacePage(page) {
      try {
        await index.replacePage(page);
      } catch (error) {
        if (!isRefusal(error) || page.passages.every(({ dense }) => dense === null)) throw error;
        onRefusal(error);
        const passages = page.passages.map((passage) => ({ ...passage, dense: null }));
        await index.replacePage({ ...page, passages });
      }
    },
    readPage: (page) => index.readPage(page),
    async query(query) {
      try {
        return await index.query(query);
      } catch (error) {
        if (!isRefusal(error) || query.dense === null) throw error;
        onRefusal(error);
        return await index.query({ ...query, dense: null });
      }
    },
  };
}

function isRefusal(error: unknown): error is IndexError {
  return error instanceof IndexError && !error.retryable;
}
