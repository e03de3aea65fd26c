import { lookup as lookupByDns } from 'node:dns/promises';
import { isIP } from 'node:net';

import { Agent } from 'undici';

import { PageError } from '../errors.ts';
import { orAborted, startDeadline } from './deadline.ts';
import type { FetchedPage } from './fetch-page.ts';
import type { HostLookup } from './guarded-agent.ts';
import { toPageError } from './page-fault.ts';
import { isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';
import { readReaderAnswer } from './reader-answer.ts';
import { readRetryAfter } from './retry-after.ts';
import { hostAndPort, parseHostsAndPorts } from './web-address.ts';

export interface ReaderService {
  /**
   * The page as a browser shows it, as Markdown; null when its address is none that others may see.
   * @throws {PageError} whose message says what the service did: `did not answer in time`.
   */
  readPage(page: FetchedPage, options: { signal: AbortSignal }): Promise<FetchedPage | null>;
  /** Cuts what is being read. */
  close(): Promise<void>;
}

export interface ReaderServiceOptions {
  /** Compatible with Jina Reader: `GET baseUrl/https://example.org/page`. May be a private address. */
  baseUrl: string;
  /** For everything, the service's own work included. */
  timeoutMs?: number;
  /** Of its answer. */
  maxBytes?: number;
  /** `host:port` of pages that are read although not public: their addresses stay here. */
  allowPrivateHosts?: readonly string[];
  lookup?: HostLookup;
  now?: () => number;
}

/** A server that opens pages in a browser. It learns the addresses of the pages that it is asked for. */
export function createReaderService({
  baseUrl,
  timeoutMs = 15_000,
  maxBytes = 3_000_000,
  allowPrivateHosts: privateEntries = [],
  lookup = (hostname) => lookupByDns(hostname, { all: true }),
  now = Date.now,
}: ReaderServiceOptions): ReaderService {
  const privateHosts = parseHostsAndPorts(privateEntries);
  const base = serviceAddress(baseUrl);
  const agent = new Agent({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  const closing = new AbortController();
  let restsUntil = 0;

  /** A name is asked for anew: what was public when the page was fetched may not be so by now. */
  const isPublic = async (url: URL): Promise<boolean> => {
    if (privateHosts.has(hostAndPort(url))) return false;
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    if (isIP(host) !== 0) return isPublicAddress(host);
    if (/(?:^|\.)localhost\.?$/iu.test(host)) return false;
    const addresses = await lookup(host);
    return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
  };

  const ask = async (page: URL, signal: AbortSignal): Promise<string> => {
    const sent = agent.request({
      origin: base.origin,
      path: `${base.path}/${page.href}`,
      method: 'GET',
      headers: {
        accept: 'application/json, text/markdown;q=0.9, text/plain;q=0.8',
        'accept-encoding': 'gzip, deflate, br',
        ...base.headers,
      },
      signal,
    });
    const { statusCode: status, headers: all, body } = await orAborted(sent, signal);
    // A body that is destroyed later, with nobody reading, must not become an uncaught error.
    body.on('error', () => {});
    const headers = firstValues(all);
    if (status !== 200) {
      body.destroy();
      if (status === 429 || status === 503) {
        const waitMs = readRetryAfter(headers.get('retry-after'), now()) ?? 0;
        restsUntil = now() + Math.min(Math.max(waitMs, LEAST_REST_MS), LONGEST_REST_MS);
      }
      throw new PageError(`answered HTTP ${status}`, { retryable: status >= 429 });
    }
    const response = { status, headers, body, retryAfterMs: null };
    return new TextDecoder().decode(await readBody(response, { maxBytes }));
  };

  return {
    async readPage(page, { signal }) {
      const url = URL.parse(page.requestedUrl);
      if (url === null) return null;
      url.hash = '';
      if (now() < restsUntil) throw new PageError('asks to wait', { retryable: true });
      const deadline = startDeadline(timeoutMs, [signal, closing.signal]);
      try {
        if (!(await orAborted(isPublic(url), deadline.signal))) return null;
        const { title, publishedAt, markdown } = readReaderAnswer(await ask(url, deadline.signal));
        return {
          ...page,
          url: url.href,
          contentType: 'text/markdown',
          text: markdown,
          bytes: new Uint8Array(),
          etag: null,
          lastModified: null,
          stated: { title, publishedAt },
        };
      } catch (error) {
        const { aborted, reason } = deadline.signal;
        throw inWords(toPageError(aborted ? reason : error));
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

/** A service that is busy and names no time, or a day, is asked again after these. */
const LEAST_REST_MS = 5000;
const LONGEST_REST_MS = 60_000;

/** Credentials in the address are sent as HTTP Basic, never shown. */
function serviceAddress(baseUrl: string): {
  origin: string;
  path: string;
  headers: Record<string, string>;
} {
  const url = new URL(baseUrl);
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return {
    origin: url.origin,
    path: url.pathname.replace(/\/+$/u, ''),
    headers: pair === ':' ? {} : { authorization },
  };
}

function firstValues(headers: Record<string, string | string[] | undefined>): Map<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name.toLowerCase(), first] as const];
    }),
  );
}

/** What follows «the reader service»: a fault of the connection is the service's own. */
function inWords(fault: PageError): PageError {
  const words: Readonly<Record<string, string>> = {
    timeout: 'did not answer in time',
    'too large': 'gave more than is read',
    'connection refused': 'cannot be reached',
    'no such host': 'cannot be reached',
    'name lookup failed': 'cannot be reached',
    'host unreachable': 'cannot be reached',
    'connection cut': 'broke off',
  };
  const message = words[fault.message] ?? fault.message;
  return new PageError(message, { retryable: fault.retryable, cause: fault });
}
