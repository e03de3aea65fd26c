import { PageError } from '../errors.ts';
import type { Scope } from '../index/passage-index.ts';
import type { Passage } from '../passage.ts';
import { joinVectors, splitVectors } from './joined-vectors.ts';
import type { JoinedVectors } from './joined-vectors.ts';
import type { PageToRead, ReadPage } from './passages-of-page.ts';

/** What crosses between the main thread and a thread that reads pages. */
export type ReaderRequest =
  /** Answered as soon as the thread has loaded its code. */
  { kind: 'warm' } | { kind: 'read'; page: PageToRead; scope: Scope };

export type ReaderReply =
  | { kind: 'warm' }
  | { kind: 'passages'; page: JoinedPage }
  | { kind: 'failed'; failure: ReadingFailure };

/** An indexed page without embeddings, in few buffers. */
export interface JoinedPage extends Omit<ReadPage, 'passages'> {
  passages: Passage[];
  terms: JoinedVectors;
  grams: JoinedVectors;
}

export interface ReadingFailure {
  /** `page`: the page cannot be read; `fault`: our code failed on it. */
  kind: 'page' | 'fault';
  message: string;
  retryable: boolean;
  /** For the log. */
  detail: string;
}

export function joinPage({ passages, ...page }: ReadPage): JoinedPage {
  return {
    ...page,
    passages: passages.map(({ terms: _terms, grams: _grams, dense: _dense, ...rest }) => rest),
    terms: joinVectors(passages.map(({ terms }) => terms)),
    grams: joinVectors(passages.map(({ grams }) => grams)),
  };
}

export function splitPage({ passages, terms, grams, ...page }: JoinedPage): ReadPage {
  const [allTerms, allGrams] = [splitVectors(terms), splitVectors(grams)];
  const none = { indices: new Uint32Array(), values: new Float32Array() };
  return {
    ...page,
    passages: passages.map((passage, at) => {
      return { ...passage, terms: allTerms[at] ?? none, grams: allGrams[at] ?? none, dense: null };
    }),
  };
}

export function toFailure(error: unknown): ReadingFailure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof PageError) {
    return { kind: 'page', message: error.message, retryable: error.retryable, detail };
  }
  if (isStackOverflow(error)) {
    return { kind: 'page', message: 'too complex to read', retryable: false, detail };
  }
  return { kind: 'fault', message: 'reading a page failed', retryable: false, detail };
}

export function toError({ kind, message, retryable, detail }: ReadingFailure): Error {
  if (kind === 'page') return new PageError(message, { retryable, cause: detail });
  return new Error(message, { cause: detail });
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/iu.test(error.message);
}
