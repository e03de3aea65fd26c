import { setImmediate } from 'node:timers/promises';

import type { Agent, Dispatcher } from 'undici';

import { orAborted } from './deadline.ts';
import type { HostQueue, RequestKind } from './host-queue.ts';
import { toPageError } from './page-fault.ts';
import { readRetryAfter } from './retry-after.ts';
import { parseWebAddress } from './web-address.ts';

export interface HttpResponse {
  status: number;
  /** Names in lower case, values as Latin-1; of a repeated header the first value, but for Cache-Control, which is a list. */
  headers: ReadonlyMap<string, string>;
  body: Dispatcher.ResponseData['body'];
  /** What a 429 or 503 asks for, in milliseconds from now; else null. */
  retryAfterMs: number | null;
}

/** What a request needs beside its address. */
export interface ExchangeRequest {
  accept: string;
  /** What the host's line is told: see HostQueue. */
  kind: RequestKind;
  /** When nobody waits for the answer any more, by the line's clock. */
  endsAt: number;
  signal: AbortSignal;
  /** `if-none-match` and its like. */
  conditions?: Readonly<Record<string, string>>;
}

/**
 * One GET without redirects, when it is its host's turn. The turn ends with the body, which therefore
 * has to be read or destroyed. @throws {PageError}
 */
export type Exchange = (url: URL, request: ExchangeRequest) => Promise<HttpResponse>;

export interface ExchangeOptions {
  agent: Agent;
  queue: HostQueue;
  userAgent: string;
  allowPrivateHosts: ReadonlySet<string>;
  now?: () => number;
}

/** Every request of the crawler goes through here, so that nothing passes the address rules by. */
export function createExchange({
  agent,
  queue,
  userAgent,
  allowPrivateHosts,
  now = Date.now,
}: ExchangeOptions): Exchange {
  const send = async (url: URL, request: ExchangeRequest): Promise<HttpResponse> => {
    const { accept, kind, endsAt, signal, conditions } = request;
    const turn = await queue.enter(url, { kind, endsAt, signal });
    try {
      const sent = agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: {
          'user-agent': userAgent,
          accept,
          'accept-encoding': 'gzip, deflate, br, zstd',
          ...conditions,
        },
        signal,
      });
      // undici looks at the signal only once a queued request has its socket.
      const { statusCode: status, headers: all, body } = await orAborted(sent, signal);
      // A body that is destroyed later, with nobody reading, must not become an uncaught error.
      body.on('error', () => {});
      const headers = firstValues(all);
      const isBusy = status === 429 || status === 503;
      const retryAfterMs = isBusy ? readRetryAfter(headers.get('retry-after'), now()) : null;
      if (retryAfterMs !== null) queue.pause(url, retryAfterMs);
      for (const event of ['end', 'close']) body.once(event, turn.leave);
      signal.addEventListener('abort', turn.leave, { once: true });
      return { status, headers, body, retryAfterMs };
    } catch (error) {
      turn.leave();
      throw error;
    }
  };

  return async (url, request) => {
    parseWebAddress(url.href, { allowPrivateHosts });
    try {
      return await send(url, request).catch((error: unknown) => {
        if (request.signal.aborted || !diedWhileIdle(error)) throw error;
        return send(url, request);
      });
    } catch (error) {
      throw toPageError(error);
    }
  };
}

/**
 * Where a response points to: null when it is no redirect. Servers send raw UTF-8 here, against the
 * standard; HTTP headers arrive as Latin-1.
 */
export function redirectTarget({ status, headers }: HttpResponse): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headers.get('location');
  return location === undefined ? null : Buffer.from(location, 'latin1').toString('utf8');
}

/**
 * Lets a body nobody wants run out, so that its connection can be used again at once. One that is long
 * or slow is cut: a new connection is cheaper than the wait.
 */
export async function discardBody({ body }: HttpResponse, signal: AbortSignal): Promise<void> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(DISCARD_MS)]);
  await body.dump({ limit: DISCARD_BYTES, signal: patience }).catch(() => {});
  await connectionFreed();
}

/**
 * undici takes a connection back one turn of the event loop after its response has ended. Whoever asks
 * the same host sooner pays for a second connection: two round trips more with TLS.
 */
export function connectionFreed(): Promise<void> {
  return setImmediate();
}

const DISCARD_MS = 100;
const DISCARD_BYTES = 64 * 1024;

/**
 * The server closed a kept-alive connection just as it was used again: most likely the request never
 * arrived, and asking twice for a page does no harm.
 */
function diedWhileIdle(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) return true;
  const socket: unknown = 'socket' in error ? error.socket : null;
  return (
    typeof socket === 'object' &&
    socket !== null &&
    'bytesRead' in socket &&
    typeof socket.bytesRead === 'number' &&
    socket.bytesRead > 0
  );
}

function firstValues(headers: Dispatcher.ResponseData['headers']): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    // Of these the second may forbid what the first allows.
    const isList = name === 'cache-control';
    const joined = Array.isArray(value) ? (isList ? value.join(', ') : value[0]) : value;
    if (joined !== undefined) values.set(name, joined);
  }
  return values;
}
