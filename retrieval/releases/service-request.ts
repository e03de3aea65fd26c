import { setTimeout } from 'node:timers/promises';
import type { Dispatcher } from 'undici';

import { readRetryAfter } from '../crawl/retry-after.ts';
import { SearchError } from '../errors.ts';
import { requestEngine } from '../search/engine-request.ts';
import type { EngineAnswer } from '../search/engine-request.ts';
import { createLocalhostAgent } from './localhost-agent.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { Conditions, FailureReason } from './release-source.ts';

/** What all that ask a service share. */
export interface ServiceOptions {
  dispatcher?: Dispatcher;
  userAgent?: string;
  /** Of one answer, after decompression. */
  maxBytes?: number;
  /** A service that wants a longer pause is asked in a later round. */
  longestWaitMs?: number;
  now?: () => number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ServiceRequest {
  /** Of the source: sentences start with it. */
  name: string;
  url: string;
  accept: string;
  headers?: Record<string, string>;
  signal: AbortSignal;
  conditions: Conditions;
}

export interface ServiceReply {
  body: string;
  headers: EngineAnswer['headers'];
}

export type AskService = (request: ServiceRequest) => Promise<ServiceReply | null>;

/**
 * One GET to a service that an operator chose, or to where it moved on the same host. Null when it has
 * not changed since the validators came. A short pause that the service asks for is kept, and a fault
 * of a moment tried again once.
 * @throws {ReleaseSourceError}
 */
export function createServiceRequest({
  dispatcher = createLocalhostAgent(),
  userAgent = 'Istok',
  maxBytes = 12_000_000,
  longestWaitMs = 20_000,
  now = Date.now,
  wait = pause,
}: ServiceOptions = {}): AskService {
  const ask = async (url: URL, request: ServiceRequest): Promise<EngineAnswer> => {
    const { etag = null, lastModified = null } = request.conditions.find(request.url) ?? {};
    try {
      return await requestEngine({
        engine: request.name,
        url,
        headers: {
          accept: request.accept,
          'user-agent': userAgent,
          ...(etag === null ? {} : { 'if-none-match': etag }),
          ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
          ...request.headers,
        },
        maxBytes,
        signal: request.signal,
        dispatcher,
      });
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      // A fault of the connection has a cause; an answer that was too long has none.
      const reason = error.cause === undefined ? 'too-large' : 'unreachable';
      throw new ReleaseSourceError(error.message, { reason, cause: error });
    }
  };

  const follow = async (request: ServiceRequest): Promise<EngineAnswer> => {
    let url = new URL(request.url);
    for (let hops = 0; ; hops += 1) {
      const answer = await ask(url, request);
      if (!REDIRECTS.has(answer.status)) return answer;
      const target = URL.parse(answer.headers.get('location') ?? '', url);
      if (target === null || target.host !== url.host || hops === MAX_REDIRECTS) {
        throw failure(request.name, 'refused', 'it leads to another place', answer.status);
      }
      url = target;
    }
  };

  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      let fault: ReleaseSourceError;
      try {
        const answer = await follow(request);
        if (answer.status === 304) return null;
        if (answer.status === 200) {
          request.conditions.remember(request.url, {
            etag: answer.headers.get('etag'),
            lastModified: answer.headers.get('last-modified'),
          });
          return answer;
        }
        fault = toFailure(request.name, answer, now());
      } catch (error) {
        if (!(error instanceof ReleaseSourceError) || request.signal.aborted) throw error;
        fault = error;
      }
      const waitMs = fault.retryAt === null ? RETRY_MS : fault.retryAt.getTime() - now();
      if (!fault.retryable || attempt === MOST_ATTEMPTS || waitMs > longestWaitMs) throw fault;
      await wait(Math.max(0, waitMs), request.signal);
    }
  };
}

/** Real time. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 3;
const MOST_ATTEMPTS = 2;
const RETRY_MS = 1000;

/** Without a word how long, a minute, as GitHub asks of who was limited. */
const UNNAMED_WAIT_MS = 60_000;

function toFailure(name: string, answer: EngineAnswer, now: number): ReleaseSourceError {
  const { status, headers } = answer;
  const waitMs = readRetryAfter(headers.get('retry-after') ?? undefined, now);
  const isSpent = headers.get('x-ratelimit-remaining') === '0';
  if (status === 429 || (status === 403 && (isSpent || waitMs !== null))) {
    const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
    const at = waitMs === null && reset > now ? reset : now + (waitMs ?? UNNAMED_WAIT_MS);
    return failure(name, 'rate-limited', 'too many requests', status, new Date(at));
  }
  if (status === 401 || status === 403) return failure(name, 'refused', 'access denied', status);
  if (status === 404 || status === 410) return failure(name, 'missing', 'there is no such', status);
  if (status >= 500) {
    const retryAt = waitMs === null ? null : new Date(now + waitMs);
    return failure(name, 'failed', 'the service does not work', status, retryAt);
  }
  return failure(name, 'refused', 'the request was not accepted', status);
}

function failure(
  name: string,
  reason: FailureReason,
  words: string,
  status: number,
  retryAt: Date | null = null,
): ReleaseSourceError {
  return new ReleaseSourceError(`${name}: ${words} (HTTP ${status})`, { reason, retryAt });
}
