/**
 * Something outside did not do what it was asked. The message is one plain English sentence that
 * says what failed and on what; it never holds a secret. The cause keeps the detail for the log.
 */
export class RetrievalError extends Error {
  override name = 'RetrievalError';
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}

/** A search engine failed: `searxng: too many requests (HTTP 429)`. */
export class SearchError extends RetrievalError {
  override name = 'SearchError';
}

/** A page could not be read. The message is the reason that `notRead` shows: `timeout`. */
export class PageError extends RetrievalError {
  override name = 'PageError';
}

/** The reason for a page that shows its text only where scripts run, or to who answers a challenge. */
export const NEEDS_BROWSER = 'needs a browser to be read';

/** Why a file that somebody sent cannot be read. */
export type FileFault =
  | 'empty'
  | 'unsupported'
  | 'encrypted'
  | 'scanned'
  | 'damaged'
  | 'too-complex'
  | 'no-text'
  | 'no-encoding'
  | 'busy';

/** What a file is that has no text to read. */
export type UnreadableKind = 'picture' | 'sound' | 'archive' | 'office' | 'binary';

/** A file that somebody sent cannot be read: `file: encrypted`. */
export class FileError extends RetrievalError {
  override name = 'FileError';
  readonly fault: FileFault;
  /** Of an unsupported one: what it is. */
  readonly found: UnreadableKind | null;

  constructor(
    fault: FileFault,
    { found = null, cause }: { found?: UnreadableKind | null; cause?: unknown } = {},
  ) {
    super(`file: ${fault}`, { retryable: fault === 'busy', cause });
    this.fault = fault;
    this.found = found;
  }
}

/** The index cannot serve: `the index file is damaged`. */
export class IndexError extends RetrievalError {
  override name = 'IndexError';
}

/** An embedder failed: `embeddings: 3 vectors for 4 texts`. */
export class EmbedError extends RetrievalError {
  override name = 'EmbedError';
}

/** A reranker failed: `reranker: no answer within 800 ms`. */
export class RerankError extends RetrievalError {
  override name = 'RerankError';
}

/**
 * GigaChat's access failed: `gigachat: the credentials or their scope were refused (HTTP 401)`.
 * `status` is that of the server that gives tokens; null when it gave no answer.
 */
export class GigaChatError extends RetrievalError {
  override name = 'GigaChatError';
  readonly status: number | null;

  constructor(message: string, options: { retryable: boolean; status?: number; cause?: unknown }) {
    super(message, options);
    this.status = options.status ?? null;
  }
}
