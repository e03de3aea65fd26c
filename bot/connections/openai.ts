import OpenAI from 'openai';
import { Response, fetch as undiciFetch } from 'undici';
import type { Dispatcher, RequestInit } from 'undici';

import type { UndiciFetch } from '../../retrieval/gigachat/gigachat-fetch.ts';
import { patientBody } from './patient-body.ts';

export interface OpenAIConnectionOptions {
  /** `https://api.deepseek.com/v1`: http or https, without a user name or password. */
  baseUrl: string;
  /** Null for a local server that asks for none. */
  apiKey: string | null;
  /** Carries a proxy, a certificate authority or a pool; undici's global one by default. */
  dispatcher?: Dispatcher;
  /** Until the first byte of an answer. */
  timeoutMs?: number;
  /** Instead of undici's: one that authorizes requests in its own way, such as GigaChat's. */
  fetch?: UndiciFetch;
}

/**
 * A client of the `openai` package over undici. It never tries again by itself: what is worth a
 * second try differs between a chat and an embedding, so the models decide. It reads nothing from
 * the environment that a caller could have set, prints nothing, and takes the key out of whatever a
 * server says when it refuses, so that no error can carry it.
 * @throws {TypeError} when the base address cannot be used; the message does not repeat it.
 */
export function createOpenAIClient({
  baseUrl,
  apiKey,
  dispatcher,
  timeoutMs = 60_000,
  fetch = undiciFetch,
}: OpenAIConnectionOptions): OpenAI {
  assertBaseUrl(baseUrl);
  const hasKey = apiKey !== null && apiKey !== '';
  return new OpenAI({
    baseURL: baseUrl.replace(/\/+$/u, ''),
    // The package insists on a key; without one the header that would carry it is removed.
    apiKey: hasKey ? apiKey : 'none',
    ...(hasKey ? {} : { defaultHeaders: { authorization: null } }),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    fetch: overUndici(fetch, dispatcher, hasKey ? apiKey : null),
  });
}

function overUndici(
  fetch: UndiciFetch,
  dispatcher: Dispatcher | undefined,
  apiKey: string | null,
): typeof globalThis.fetch {
  const fetchThrough = async (
    input: Parameters<UndiciFetch>[0],
    init?: RequestInit,
  ): Promise<Response> => {
    const response = await fetch(input, {
      ...init,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    if (!response.ok) return apiKey === null ? response : withoutKey(response, apiKey);
    if (response.body === null) return response;
    return new Response(
      patientBody(response.body, { signal: init?.signal ?? undefined }),
      response,
    );
  };
  // The same standard twice: undici's own types and the global ones do not know each other.
  return fetchThrough as unknown as typeof globalThis.fetch;
}

/** Servers repeat the key that they refuse. */
async function withoutKey(response: Response, apiKey: string): Promise<Response> {
  const text = await response.text();
  return new Response(text === '' ? null : text.replaceAll(apiKey, '[key]'), response);
}

function assertBaseUrl(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    throw new TypeError('the base address of the model server is not an http or https address');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('the base address of the model server holds a user name or password');
  }
}
