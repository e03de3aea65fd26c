import { setImmediate } from 'node:timers/promises';

import type { Agent, Dispatcher } from 'undici';

import { orAborted } from './deadline.ts';
import { toPageError } from './page-fault.ts';
import { parseWebAddress } from './web-address.ts';

export interface HttpResponse {
  status: number;
  /** Names in lower case, values as Latin-1; of a repeated header the first value. */
  headers: ReadonlyMap<string, string>;
  body: Dispatcher.ResponseData['body'];
}

/** One GET without redirects. @throws {PageError} */
export type Exchange = (
  url: URL,
  options: { accept: string; signal: AbortSignal },
) => Promise<HttpResponse>;

export interface ExchangeOptions {
  agent: Agent;
  userAgent: string;
  allowPrivateHosts: ReadonlySet<string>;
}

/** Every request of the crawler goes through here, so that nothing passes the address rules by. */
export function createExchange({ agent, userAgent, allowPrivateHosts }: ExchangeOptions): Exchange {
  const send = (
    url: URL,
    accept: string,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> => {
    const request = agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { 'user-agent': userAgent, accept, 'accept-encoding': 'gzip, deflate, br, zstd' },
      signal,
    });
    // undici looks at the signal only once a queued request has its socket.
    return orAborted(request, signal);
  };

  return async (url, { accept, signal }) => {
    parseWebAddress(url.href, { allowPrivateHosts });
    try {
      const response = await send(url, accept, signal).catch((error: unknown) => {
        if (!diedWhileIdle(error)) throw error;
        return send(url, accept, signal);
      });
      // A body that is destroyed later, with nobody reading, must not become an uncaught error.
      response.body.on('error', () => {});
      return {
        status: response.statusCode,
        headers: firstValues(response.headers),
        body: response.body,
      };
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
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values.set(name, first);
  }
  return values;
}
