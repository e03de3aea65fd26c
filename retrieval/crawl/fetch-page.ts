import { PageError } from '../errors.ts';
import { decodeText } from './charset.ts';
import { detectType, isReadable, isUnknown, mediaType } from './content-type.ts';
import { startDeadline } from './deadline.ts';
import { createExchange, discardBody, redirectTarget } from './exchange.ts';
import type { HttpResponse } from './exchange.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import type { HostLookup } from './guarded-agent.ts';
import { createHostQueue, seconds, TurnError } from './host-queue.ts';
import type { QueueClock } from './host-queue.ts';
import { toPageError } from './page-fault.ts';
import { readBody } from './read-body.ts';
import { createRobotsGate } from './robots.ts';
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
  /** ISO 8601, or null when the server did not say. */
  lastModified: string | null;
  fetchedAt: string;
}

export interface PageFetcher {
  /** @throws {PageError} whose message is the reason that `notRead` shows. */
  fetchPage(url: string, options: { signal: AbortSignal }): Promise<FetchedPage>;
  /** Cuts what is still being fetched (`cancelled`) and closes all connections. */
  close(): Promise<void>;
}

export interface PageFetcherOptions {
  userAgent: string;
  /** For everything a page needs: name lookup, robots.txt, redirects, body. */
  timeoutMs?: number;
  /** On the wire, and again after decompression. */
  maxBytes?: number;
  /** `host:port`, exactly as in the page's address: may be fetched although not public. */
  allowPrivateHosts?: readonly string[];
  /** From the end of a request to the next one to the same host; by default a tenth of a page's time at most. */
  minGapMs?: number;
  lookup?: HostLookup;
  now?: () => number;
  /** Of the lines before the hosts. */
  clock?: QueueClock;
}

/** Fetches single pages: public addresses only, robots.txt obeyed, bounded in time and size. */
export function createPageFetcher({
  userAgent,
  timeoutMs = 8000,
  maxBytes = 3_000_000,
  allowPrivateHosts: allowedEntries = [],
  minGapMs = Math.min(200, timeoutMs / 10),
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

  const read = async (requestedUrl: string, signal: AbortSignal): Promise<FetchedPage> => {
    const visited = new Set<string>();
    const endsAt = queue.now() + timeoutMs;
    let url = parseWebAddress(requestedUrl, { allowPrivateHosts });
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (visited.has(url.href)) throw new PageError('redirect loop', { retryable: false });
      visited.add(url.href);
      signal.throwIfAborted();
      await robots.admit(url, { signal });
      const kind = redirects === 0 ? 'page' : 'hop';
      const response = await exchange(url, { accept: ACCEPT, kind, endsAt, signal });
      const target = redirectTarget(response);
      if (target === null) {
        const content = await readContent(response, maxBytes);
        const fetchedAt = new Date(now()).toISOString();
        return { requestedUrl, url: url.href, ...content, fetchedAt };
      }
      await discardBody(response, signal);
      url = parseWebAddress(target, { base: url, allowPrivateHosts });
    }
    throw new PageError('too many redirects', { retryable: false });
  };

  return {
    async fetchPage(url, { signal }) {
      const deadline = startDeadline(timeoutMs, [signal, closing.signal]);
      try {
        return await read(url, deadline.signal);
      } catch (error) {
        if (error instanceof TurnError) throw error;
        // Whatever else broke because the time was over, the time is why.
        throw toPageError(deadline.signal.aborted ? deadline.signal.reason : error);
      } finally {
        deadline.end();
      }
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}

const MAX_REDIRECTS = 5;

const ACCEPT =
  'text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9,application/pdf;q=0.9,' +
  'application/json;q=0.8,application/xml;q=0.8,*/*;q=0.1';

type PageContent = Pick<FetchedPage, 'contentType' | 'text' | 'bytes' | 'lastModified'>;

async function readContent(response: HttpResponse, maxBytes: number): Promise<PageContent> {
  const { status, headers, body, retryAfterMs } = response;
  if (status === 204 || status === 205) {
    body.destroy();
    throw emptyPage();
  }
  // A part that was not asked for (206) is not the page.
  if (status < 200 || status > 299 || status === 206) {
    body.destroy();
    const wait = retryAfterMs === null ? '' : `, the site asks to wait ${seconds(retryAfterMs)}`;
    throw new PageError(`HTTP ${status}${wait}`, { retryable: isPassing(status) });
  }
  const header = headers.get('content-type');
  const declared = mediaType(header);
  if (declared !== null && !isUnknown(declared) && !isReadable(declared)) {
    body.destroy();
    throw unsupportedType(declared);
  }
  const bytes = await readBody(response, { maxBytes });
  if (bytes.length === 0) throw emptyPage();
  const contentType = detectType(declared, bytes);
  if (!isReadable(contentType)) throw unsupportedType(contentType);
  const text = contentType === 'application/pdf' ? '' : decodeText(bytes, header ?? null);
  if (contentType !== 'application/pdf' && text.trim() === '') throw emptyPage();
  return { contentType, text, bytes, lastModified: isoDate(headers.get('last-modified')) };
}

/** Statuses by which a server says: later. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function isoDate(header: string | undefined): string | null {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function emptyPage(): PageError {
  return new PageError('empty page', { retryable: false });
}

function unsupportedType(type: string): PageError {
  return new PageError(`unsupported content type ${type.slice(0, 80)}`, { retryable: false });
}
