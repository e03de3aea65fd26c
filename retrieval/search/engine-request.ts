import { fetch } from 'undici';
import type { Dispatcher, Response } from 'undici';
import { SearchError } from '../errors.ts';

export interface EngineRequest {
  /** The engine's name: every sentence starts with it. */
  engine: string;
  /** Credentials in it are sent as HTTP Basic and never shown. */
  url: URL;
  headers: Record<string, string>;
  /** Bytes of the answer after decompression; a longer one is refused. */
  maxBytes: number;
  /** Ends the request: the caller's abort or the engine's own deadline. */
  signal: AbortSignal;
  dispatcher?: Dispatcher | undefined;
}

export interface EngineAnswer {
  status: number;
  /** Media type in lower case without parameters; empty when there was none. */
  mediaType: string;
  headers: Response['headers'];
  body: string;
}

/**
 * One GET to an engine's API, whatever the status, gzip and deflate undone. Redirects are not
 * followed: an API that moved is a setting to correct, and a redirect could lead anywhere.
 * @throws {SearchError} when no whole answer came; what `signal` was aborted with when it was.
 */
export async function requestEngine(request: EngineRequest): Promise<EngineAnswer> {
  const { engine, signal } = request;
  const { url, authorization } = withoutCredentials(request.url);
  signal.throwIfAborted();
  try {
    const response = await fetch(url, {
      headers: {
        'accept-encoding': 'gzip, deflate',
        ...request.headers,
        ...(authorization === null ? {} : { authorization }),
      },
      redirect: 'manual',
      signal,
      ...(request.dispatcher === undefined ? {} : { dispatcher: request.dispatcher }),
    });
    const body = await readBounded(response, request);
    const mediaType = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return {
      status: response.status,
      mediaType: mediaType.trim().toLowerCase(),
      headers: response.headers,
      body,
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof SearchError) throw error;
    throw transportError(engine, url, error);
  }
}

/** Where a redirect leads, without query and credentials, for a sentence to an operator. */
export function redirectTarget(answer: EngineAnswer, from: URL): string {
  const target = URL.parse(answer.headers.get('location') ?? '', from);
  return target === null ? 'an address that cannot be read' : `${target.origin}${target.pathname}`;
}

async function readBounded(response: Response, request: EngineRequest): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  // Leaving the loop cancels the stream, so nothing more is downloaded.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > request.maxBytes) {
      throw new SearchError(
        `${request.engine}: the answer is larger than ${request.maxBytes} bytes`,
        { retryable: false },
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** fetch refuses addresses that hold credentials, and prints them in its error. */
function withoutCredentials(address: URL): { url: URL; authorization: string | null } {
  if (address.username === '' && address.password === '') {
    return { url: address, authorization: null };
  }
  const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return { url, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function transportError(engine: string, url: URL, cause: unknown): SearchError {
  const code = errorCode(cause);
  const sentence = (text: string, retryable: boolean): SearchError =>
    new SearchError(`${engine}: ${text}`, { retryable, cause });

  if (code === 'ECONNREFUSED') return sentence(`${url.host} refused the connection`, true);
  if (code === 'ENOTFOUND') return sentence(`the host ${url.hostname} was not found`, false);
  if (code === 'EAI_AGAIN') return sentence(`the name ${url.hostname} could not be resolved`, true);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return sentence(`${url.host} did not accept a connection in time`, true);
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return sentence(`${url.host} cannot be reached from here`, true);
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|TLS_ALTNAME/u.test(code)) {
    return sentence(`the certificate of ${url.host} is not trusted (${code})`, false);
  }
  if (/^HPE_|^EPROTO$|SSL/u.test(code)) {
    const protocol = url.protocol === 'https:' ? 'HTTPS' : 'HTTP';
    return sentence(`what answers at ${url.host} does not speak ${protocol}`, false);
  }
  if (code.startsWith('Z_')) return sentence('the answer could not be decompressed', true);
  if (/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/u.test(code)) {
    return sentence('the connection was cut before the answer was complete', true);
  }
  return sentence(`the request to ${url.host} failed${code === '' ? '' : ` (${code})`}`, true);
}

/** The code of the innermost cause that has one: fetch wraps what happened two or three times. */
function errorCode(error: unknown): string {
  let code = '';
  let current = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    if (current instanceof AggregateError && code === '') code = errorCode(current.errors[0]);
    current = current.cause;
  }
  return code;
}
