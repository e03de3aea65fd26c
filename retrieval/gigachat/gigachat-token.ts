import { randomUUID } from 'node:crypto';

import { fetch } from 'undici';
import type { Dispatcher } from 'undici';

import { GigaChatError } from '../errors.ts';

export interface GigaChatTokenOptions {
  /** The authorization key of the account, as it is sent after `Basic `. */
  credentials: string;
  /** `GIGACHAT_API_PERS`, `GIGACHAT_API_B2B` or `GIGACHAT_API_CORP`. */
  scope: string;
  /** `https://ngw.devices.sberbank.ru:9443/api/v2/oauth`. */
  authUrl: string;
  /** Of `createGigaChatAgent`. */
  dispatcher?: Dispatcher;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** For one renewal. */
  timeoutMs?: number;
  /** How long before its end a token is renewed. */
  marginMs?: number;
}

/** Access tokens of the GigaChat API. One serves all calls, of the chat and of embeddings alike. */
export interface GigaChatTokens {
  /**
   * A token that holds for a while yet. Calls that come while it is renewed share that renewal; an
   * aborted one leaves it to the others. @throws {GigaChatError}, or the reason of the signal
   */
  token(options: { signal: AbortSignal }): Promise<string>;
  /** The API refused this token, so the next call renews it. Nothing happens if it was renewed. */
  refused(token: string): void;
}

/** Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-token */
export function createGigaChatTokens({
  credentials,
  scope,
  authUrl,
  dispatcher,
  now = Date.now,
  timeoutMs = 10_000,
  marginMs = 60_000,
}: GigaChatTokenOptions): GigaChatTokens {
  let held: { token: string; until: number } | null = null;
  let renewal: Promise<string> | null = null;

  const renew = async (): Promise<string> => {
    const answer = await request({ credentials, scope, authUrl, dispatcher, timeoutMs });
    const { token, expiresAt } = readToken(answer);
    // A clock that runs ahead would have every call ask for another token.
    held = { token, until: Math.max(expiresAt - marginMs, now() + marginMs) };
    return token;
  };

  return {
    async token({ signal }) {
      signal.throwIfAborted();
      if (held !== null && now() < held.until) return held.token;
      renewal ??= renew().finally(() => {
        renewal = null;
      });
      return untilAborted(renewal, signal);
    },
    refused(token) {
      if (held?.token === token) held = null;
    },
  };
}

/** More than any token takes. */
const ANSWER_BYTES_AT_MOST = 100_000;

async function request({
  credentials,
  scope,
  authUrl,
  dispatcher,
  timeoutMs,
}: Pick<GigaChatTokenOptions, 'credentials' | 'scope' | 'authUrl'> & {
  dispatcher: Dispatcher | undefined;
  timeoutMs: number;
}): Promise<unknown> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(authUrl, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${credentials}`,
        'content-type': 'application/x-www-form-urlencoded',
        rquid: randomUUID(),
      },
      body: new URLSearchParams({ scope }).toString(),
      redirect: 'error',
      signal: deadline,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    if (!response.ok) {
      // What it says may repeat the credentials.
      await response.body?.cancel();
      throw refusal(response.status);
    }
    return JSON.parse(await readBounded(response.body ?? []));
  } catch (error) {
    if (error instanceof GigaChatError) throw error;
    throw noAnswer(error, { host: hostOf(authUrl), timeoutMs, isLate: deadline.aborted });
  }
}

async function readBounded(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_AT_MOST) {
      throw new GigaChatError('gigachat: the answer with the token is too large', {
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readToken(answer: unknown): { token: string; expiresAt: number } {
  const token = field(answer, 'access_token');
  // It becomes a header, in which a line break would end it.
  if (typeof token !== 'string' || !/^[\x21-\x7E]+$/u.test(token)) {
    throw new GigaChatError('gigachat: an answer without a token', { retryable: false });
  }
  const expiresAt = Number(field(answer, 'expires_at'));
  return { token, expiresAt: Number.isFinite(expiresAt) ? expiresAt : 0 };
}

function refusal(status: number): GigaChatError {
  const isRefused = status === 400 || status === 401 || status === 403;
  const sentence = isRefused ? 'the credentials or their scope were refused' : 'no token was given';
  return new GigaChatError(`gigachat: ${sentence} (HTTP ${status})`, {
    retryable: status === 408 || status === 429 || status >= 500,
    status: isRefused ? 401 : status,
  });
}

function noAnswer(
  cause: unknown,
  { host, timeoutMs, isLate }: { host: string; timeoutMs: number; isLate: boolean },
): GigaChatError {
  if (isLate) {
    return new GigaChatError(`gigachat: no token within ${timeoutMs} ms`, {
      retryable: true,
      cause,
    });
  }
  if (cause instanceof SyntaxError) {
    // Its message quotes what came, which may hold a token.
    return new GigaChatError('gigachat: an answer that is not JSON instead of a token', {
      retryable: true,
    });
  }
  if (isUntrusted(cause)) {
    return new GigaChatError(
      `gigachat: the certificate of ${host} is not trusted: GIGACHAT_CA_FILE names the file of its authority`,
      { retryable: false, cause },
    );
  }
  return new GigaChatError(`gigachat: no connection to ${host}`, { retryable: true, cause });
}

/** Whether a connection failed because nobody vouches for the server's certificate. */
export function isUntrusted(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    const code = field(cause, 'code');
    if (typeof code === 'string' && /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)/u.test(code)) {
      return true;
    }
    cause = cause.cause;
  }
  return false;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

async function untilAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
