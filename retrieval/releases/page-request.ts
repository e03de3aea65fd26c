import type { FetchedPage, PageFetcher } from '../crawl/fetch-page.ts';
import { PageError } from '../errors.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { FailureReason } from './release-source.ts';

/**
 * A page of the web that is a source, politely, from its server each time.
 * @throws {ReleaseSourceError}
 */
export async function requestPage(
  fetchPage: PageFetcher['fetchPage'],
  {
    name,
    url,
    maxBytes,
    signal,
  }: { name: string; url: string; maxBytes: number; signal: AbortSignal },
): Promise<FetchedPage> {
  try {
    return await fetchPage(url, { signal, maxAgeMs: 0, maxBytes });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof PageError)) throw error;
    throw new ReleaseSourceError(`${name}: ${error.message}`, {
      reason: reasonOf(error.message),
      cause: error,
    });
  }
}

function reasonOf(message: string): FailureReason {
  return REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'unreachable';
}

/** By the words that the fetcher uses for its faults. */
const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/robots/u, 'forbidden-by-robots'],
  [/timeout|sent too slowly/u, 'timeout'],
  [/too large/u, 'too-large'],
  [/HTTP 429/u, 'rate-limited'],
  [/HTTP (?:404|410)/u, 'missing'],
  [/HTTP 4\d\d|public address|redirect|port|web address|password|robot by/u, 'refused'],
  [/HTTP 5\d\d/u, 'failed'],
  [/content type|content encoding|compress|empty page|bad response/u, 'unreadable'],
  [/asks to wait/u, 'rate-limited'],
];
