import { PageError } from '../errors.ts';
import { cancellation, startDeadline } from './deadline.ts';
import { createExchange, discardBody, redirectTarget } from './exchange.ts';
import type { HttpResponse } from './exchange.ts';
import { createFailureMemory } from './failure-memory.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import type { HostLookup } from './guarded-agent.ts';
import { createHostQueue, TurnError } from './host-queue.ts';
import type { QueueClock } from './host-queue.ts';
import { conditionsFor } from './page-cache.ts';
import type { CachedPage, PageCache } from './page-cache.ts';
import { toPageError } from './page-fault.ts';
import { readContent } from './read-content.ts';
import type { PageContent, ReadContentOptions } from './read-content.ts';
import { createRobotsGate } from './robots.ts';
import { createSharedFlights } from './shared-flights.ts';
import { parseHostsAndPorts, parseWebAddress } from './web-address.ts';

export interface FetchedPage {
  requestedUrl: string;
  /** The address after redirects, without its fragment. */
  url: string;
  /** Media type without parameters; corrected where the server's word was plainly wrong. */
  contentType: string;
  /** Decoded; '' for application/pdf. */
  text: string;
  /** As sent, after decompression. */
  bytes: Uint8Array;
  /** As sent, or null when there is none that can be asked by. */
  etag: string | null;
  /** ISO 8601, or null when the server did not say. */
  lastModified: string | null;
  /** When its server last said that it is so. */
  fetchedAt: string;
  /** `revalidated`: its server was asked and says that it has not changed since it was last fetched. */
  from: 'network' | 'revalidated' | 'cache';
  /** What a reader service says of a page that it read; its text is then the service's Markdown. */
  stated?: { title: string | null; publishedAt: string | null };
  /** Its server gives it to a browser alone: see fetch-for-reading.ts. */
  isChallenge?: true;
  /** Of a file that somebody sent, what it is called; its bytes are to be decoded. */
  fileName?: string;
}

export interface FetchPageOptions {
  signal: AbortSignal;
  /** A page that was checked longer ago is not taken from the cache; 0 always asks its server. */
  maxAgeMs?: number;
  /** In place of the fetcher's own, for lists that are longer than pages. */
  maxBytes?: number;
}

export interface PageFetcher {
  /** @throws {PageError} whose message is the reason that `notRead` shows. */
  fetchPage(url: string, options: FetchPageOptions): Promise<FetchedPage>;
  /** Cuts what is still being fetched (`cancelled`) and closes all connections. */
  close(): Promise<void>;
}

export interface PageFetcherOptions {
  userAgent: string;
  /** For everything a page needs: name lookup, its turn, robots.txt, redirects, body. */
  timeoutMs?: number;
  /** On the wire, and again after decompression. */
  maxBytes?: number;
  /** `host:port`, exactly as in the page's address: may be fetched although not public. */
  allowPrivateHosts?: readonly string[];
  /**
   * From the end of a request to the next one to the same host; by default a tenth of a page's time at
   * most.
   */
  minGapMs?: number;
  /** How long a body that has begun may bring hardly anything; by default half of a page's time. */
  slowAfterMs?: number;
  /** Without one, each page is fetched anew. */
  cache?: PageCache | null;
  lookup?: HostLookup;
  now?: () => number;
  /** Of the lines before the hosts. */
  clock?: QueueClock;
}

/**
 * Fetches single pages: public addresses only, robots.txt obeyed, hosts asked one thing at a time,
 * bounded in time and size. Who asks for the same page at the same time shares one request.
 */
export function createPageFetcher({
  userAgent,
  timeoutMs = 8000,
  maxBytes = 3_000_000,
  allowPrivateHosts: allowedEntries = [],
  minGapMs = Math.min(200, timeoutMs / 10),
  slowAfterMs = timeoutMs / 2,
  cache = null,
  lookup,
  now = Date.now,
  clock,
}: PageFetcherOptions): PageFetcher {
  const allowPrivateHosts = parseHostsAndPorts(allowedEntries);
  const closing = new AbortController();
  const agent = createGuardedAgent({
    allowPrivateHosts,
    connectTimeoutMs: timeoutMs,
    signal: closing.signal,
    ...(lookup === undefined ? {} : { lookup }),
  });
  const queue = createHostQueue({ minGapMs, ...(clock === undefined ? {} : { clock }) });
  const exchange = createExchange({ agent, queue, userAgent, allowPrivateHosts, now });
  // Half the time at most goes to robots.txt: after that the page could hardly be read either.
  const robots = createRobotsGate({
    exchange,
    queue,
    userAgent,
    allowPrivateHosts,
    timeoutMs: timeoutMs / 2,
    now,
  });
  const failures = createFailureMemory({ now });
  const flights = createSharedFlights<Landed>();

  /** Follows redirects to a response that is none. */
  const follow = async (start: URL, cached: CachedPage | null, signal: AbortSignal) => {
    const visited = new Set<string>();
    const endsAt = queue.now() + timeoutMs;
    let url = start;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (visited.has(url.href)) throw new PageError('redirect loop', { retryable: false });
      visited.add(url.href);
      signal.throwIfAborted();
      await robots.admit(url, { signal });
      const kind = redirects === 0 ? 'page' : 'hop';
      const conditions = cached?.url === url.href ? conditionsFor(cached) : {};
      const response = await exchange(url, { accept: ACCEPT, kind, endsAt, signal, conditions });
      failures.answered(url);
      const target = redirectTarget(response);
      const isAsked = Object.keys(conditions).length > 0;
      if (target === null) return { url, response, isAsked };
      await discardBody(response, signal);
      url = parseWebAddress(target, { base: url, allowPrivateHosts });
    }
    throw new PageError('too many redirects', { retryable: false });
  };

  const land = async (
    address: URL,
    cached: CachedPage | null,
    pageBytes: number,
    signal: AbortSignal,
  ): Promise<Landed> => {
    const { url, response, isAsked } = await follow(address, cached, signal);
    const { headers } = response;
    if (cached !== null && isAsked && response.status === 304) {
      await discardBody(response, signal);
      cache?.renew(address.href, cached, headers);
      return landed({ ...cached, checkedAt: now() }, 'revalidated');
    }
    const limits = { maxBytes: pageBytes, slowAfterMs };
    const content = await contentOr(response, limits, () => cache?.forget(address.href));
    const page = { ...content, url: url.href };
    const checkedAt = now();
    await cache?.keep(address.href, page, headers);
    return landed({ ...page, checkedAt }, 'network');
  };

  const fly = async (
    address: URL,
    cached: CachedPage | null,
    pageBytes: number,
    signal: AbortSignal,
  ): Promise<Landed> => {
    const startedAt = now();
    const deadline = startDeadline(timeoutMs, [signal, closing.signal]);
    try {
      return await land(address, cached, pageBytes, deadline.signal);
    } catch (error) {
      const { aborted, reason } = deadline.signal;
      // Whatever broke because the time was over, the time is why, unless it passed in a line.
      const fault = toPageError(aborted && !(error instanceof TurnError) ? reason : error);
      failures.remember(address, fault, startedAt);
      throw fault;
    } finally {
      deadline.end();
    }
  };

  const fetchPage = async (
    address: URL,
    { signal, maxAgeMs, maxBytes: pageBytes }: Required<FetchPageOptions>,
  ): Promise<Landed> => {
    signal.throwIfAborted();
    const cached = (await cache?.find(address.href)) ?? null;
    const time = now();
    if (cached !== null && time < cached.freshUntil && time - cached.checkedAt < maxAgeMs) {
      return landed(cached, 'cache');
    }
    const fault = maxAgeMs === 0 ? null : failures.recall(address.href);
    if (fault !== null) throw fault;
    const flight = pageBytes === maxBytes ? address.href : `${pageBytes} ${address.href}`;
    return flights.join(flight, signal, (shared) => fly(address, cached, pageBytes, shared));
  };

  return {
    async fetchPage(requestedUrl, { signal, maxAgeMs = Infinity, maxBytes: pageBytes = maxBytes }) {
      // The page's time runs in its flight, which may have begun before.
      const leaving = AbortSignal.any([signal, closing.signal]);
      try {
        const address = parseWebAddress(requestedUrl, { allowPrivateHosts });
        return {
          requestedUrl,
          ...(await fetchPage(address, { signal: leaving, maxAgeMs, maxBytes: pageBytes })),
        };
      } catch (error) {
        throw leaving.aborted ? cancellation(leaving.reason) : toPageError(error);
      }
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}

/** A server that says of a page it once gave that it is gone is believed. */
async function contentOr(
  response: HttpResponse,
  limits: ReadContentOptions,
  gone: () => void,
): Promise<PageContent> {
  try {
    return await readContent(response, limits);
  } catch (error) {
    if (response.status === 404 || response.status === 410) gone();
    throw error;
  }
}

const MAX_REDIRECTS = 5;

const ACCEPT =
  'text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9,application/pdf;q=0.9,' +
  'application/json;q=0.8,application/xml;q=0.8,*/*;q=0.1';

type Landed = Omit<FetchedPage, 'requestedUrl'>;

function landed(
  { url, contentType, text, bytes, etag, lastModified, checkedAt }: Arrived,
  from: FetchedPage['from'],
): Landed {
  const fetchedAt = new Date(checkedAt).toISOString();
  return { url, contentType, text, bytes, etag, lastModified, fetchedAt, from };
}

type Arrived = Omit<PageContent, 'contentTypeHeader'> & { url: string; checkedAt: number };
