import { IndexError } from '../../errors.ts';

export interface FailurePlace {
  /** `127.0.0.1:6333`: an address may hold a password, its host does not. */
  host: string;
  collection: string;
}

/** Says in one sentence what a call to Qdrant met. */
export function toIndexError(error: unknown, { host, collection }: FailurePlace): IndexError {
  if (error instanceof IndexError) return error;
  const status = statusOf(error);
  const detail = detailOf(error);
  const say = (sentence: string, retryable: boolean): IndexError =>
    new IndexError(sentence, { retryable, cause: error });
  if (status === null) return say(`Qdrant at ${host} does not answer`, true);
  if (FULL.test(detail)) return say(`the disk of Qdrant at ${host} is full`, true);
  if (status === 401) {
    return say(`Qdrant at ${host} does not know the key: check QDRANT_API_KEY`, false);
  }
  if (status === 403) {
    return say(
      `Qdrant at ${host} does not let this key write into the collection ${collection}: check QDRANT_API_KEY, it may be one that only reads`,
      false,
    );
  }
  if (status === 404) {
    return say(
      `Qdrant at ${host} has no collection ${collection} any more: start Istok again to begin a new one`,
      false,
    );
  }
  if (status === 429) return say(`Qdrant at ${host} has too much to do`, true);
  if (status >= 500) return say(`Qdrant at ${host} failed (HTTP ${status})`, true);
  return say(`Qdrant at ${host} refused a request (HTTP ${status}): ${detail}`, false);
}

/** Whether the same call may succeed after a short pause: nobody answered, or only for now. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === null || [429, 502, 503, 504].includes(status);
}

/** Whether what was to be made is there already. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409 || /already exists/u.test(detailOf(error));
}

export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

const FULL = /no space left|disk (?:is )?full|out of disk|not enough (?:disk )?space/iu;

/** Null when no answer came. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if ('retry_after' in error) return 429;
  return 'status' in error && typeof error.status === 'number' ? error.status : null;
}

/** What Qdrant itself says: `{"status": {"error": "Not found: …"}}`. */
function detailOf(error: unknown): string {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  if (typeof data === 'string') return data;
  const { status } = (data ?? {}) as { status?: { error?: unknown } };
  return typeof status?.error === 'string' ? status.error : '';
}
