import { Headers, Response, fetch } from 'undici';
import type { Dispatcher, RequestInit } from 'undici';

import { GigaChatError } from '../errors.ts';
import { isUntrusted } from './gigachat-token.ts';
import type { GigaChatTokens } from './gigachat-token.ts';

export type UndiciFetch = (
  input: Parameters<typeof fetch>[0],
  init?: RequestInit,
) => Promise<Response>;

export interface GigaChatFetchOptions {
  tokens: GigaChatTokens;
  /** Of `createGigaChatAgent`. */
  dispatcher?: Dispatcher;
}

/**
 * undici's `fetch` for the GigaChat API: it puts the token in, and when the API answers 401, asks
 * once more with a new one. A request's body must be one that can be sent twice: text or bytes.
 *
 * When the credentials are refused it gives a response of that status (401) with the reason in
 * OpenAI's form, so that a client tells it from a server that is away. Neither a refusal's text nor
 * an error holds the token. Fit for `createOpenAIClient({ fetch })` of bot/connections.
 *
 * @throws {GigaChatError} when no token is to be had or the certificate is not trusted; else what
 *   undici throws
 */
export function createGigaChatFetch({ tokens, dispatcher }: GigaChatFetchOptions): UndiciFetch {
  const never = new AbortController().signal;

  return async (input, init = {}) => {
    const signal = init.signal ?? never;
    const ask = async (): Promise<{ response: Response; token: string }> => {
      const token = await tokens.token({ signal });
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      const response = await send(input, {
        ...init,
        headers: [...headers],
        ...(dispatcher === undefined ? {} : { dispatcher }),
      });
      return { response, token };
    };
    try {
      let { response, token } = await ask();
      if (response.status === 401) {
        await response.body?.cancel();
        tokens.refused(token);
        ({ response, token } = await ask());
      }
      return response.ok ? response : await withoutToken(response, token);
    } catch (error) {
      if (error instanceof GigaChatError && error.status !== null) return asResponse(error);
      throw error;
    }
  };
}

async function send(input: Parameters<UndiciFetch>[0], init: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (cause) {
    if (!isUntrusted(cause)) throw cause;
    throw new GigaChatError(
      'gigachat: the certificate of its API is not trusted: GIGACHAT_CA_FILE names the file of its authority',
      { retryable: false, cause },
    );
  }
}

/** Servers repeat what they refuse. */
async function withoutToken(response: Response, token: string): Promise<Response> {
  const text = await response.text();
  return new Response(text === '' ? null : text.replaceAll(token, '[token]'), {
    status: response.status,
    headers: [...response.headers],
  });
}

function asResponse({ status, message }: GigaChatError): Response {
  return Response.json({ error: { message } }, { status: status ?? 401 });
}
