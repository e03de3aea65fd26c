import type { ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { GigaChatError } from '../../../retrieval/errors.ts';
import { createGigaChatTokens } from '../../../retrieval/gigachat/gigachat-token.ts';
import type { GigaChatTokenOptions } from '../../../retrieval/gigachat/gigachat-token.ts';
import { startGigaChatServer } from '../../support/gigachat-server.ts';
import { sendJson } from '../../support/loopback-server.ts';

const { signal } = new AbortController();
const credentials = 'aWQ6dmVyeS1zZWNyZXQ=';

function tokensOf(authUrl: string, options: Partial<GigaChatTokenOptions> = {}) {
  return createGigaChatTokens({
    credentials,
    scope: 'GIGACHAT_API_PERS',
    authUrl,
    now: () => 0,
    ...options,
  });
}

describe('a token', () => {
  it('is asked for with the credentials, the scope and an id of its own', async () => {
    await using server = await startGigaChatServer();
    expect(await tokensOf(server.authUrl).token({ signal })).toBe('token-1');
    expect(server.tokenRequests).toEqual([
      {
        authorization: `Basic ${credentials}`,
        rqUid: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u),
        body: 'scope=GIGACHAT_API_PERS',
      },
    ]);
  });

  it('serves until shortly before it expires, and then another one does', async () => {
    await using server = await startGigaChatServer();
    let now = 0;
    const tokens = tokensOf(server.authUrl, { now: () => now });
    await tokens.token({ signal });
    now = 1_739_999;
    expect(await tokens.token({ signal })).toBe('token-1');
    now = 1_740_000;
    expect(await tokens.token({ signal })).toBe('token-2');
    expect(server.tokenRequests).toHaveLength(2);
  });

  it('is kept for a while where the clocks disagree', async () => {
    await using server = await startGigaChatServer();
    const tokens = tokensOf(server.authUrl, { now: () => 9_000_000 });
    await tokens.token({ signal });
    expect(await tokens.token({ signal })).toBe('token-1');
  });

  it('is renewed once for all who ask at the same time', async () => {
    await using server = await startGigaChatServer();
    const tokens = tokensOf(server.authUrl);
    const given = await Promise.all(Array.from({ length: 20 }, () => tokens.token({ signal })));
    expect(new Set(given)).toEqual(new Set(['token-1']));
    expect(server.tokenRequests).toHaveLength(1);
  });

  it('is renewed when it was refused, and only once for many refusals', async () => {
    await using server = await startGigaChatServer();
    const tokens = tokensOf(server.authUrl);
    await tokens.token({ signal });
    tokens.refused('token-1');
    expect(await tokens.token({ signal })).toBe('token-2');
    tokens.refused('token-1');
    expect(await tokens.token({ signal })).toBe('token-2');
  });

  it('still comes for the others when one of them gives up', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    await using server = await startGigaChatServer({
      giveToken: (_at, response) => asked.resolve(response),
    });
    const tokens = tokensOf(server.authUrl);
    const stop = new AbortController();
    const first = tokens.token({ signal: stop.signal });
    const second = tokens.token({ signal });
    const response = await asked.promise;
    const reason = new Error('stop pressed');
    stop.abort(reason);
    await expect(first).rejects.toBe(reason);
    sendJson(response, { access_token: 'late', expires_at: 1_800_000 });
    expect(await second).toBe('late');
  });
});

describe('no token', () => {
  const answers: [string, (response: ServerResponse) => void, string, boolean, number | null][] = [
    [
      'wrong credentials',
      (response) => sendJson(response, { message: credentials }, 401),
      'gigachat: the credentials or their scope were refused (HTTP 401)',
      false,
      401,
    ],
    [
      'a scope of another account',
      (response) =>
        sendJson(response, { code: 7, message: 'scope from db not fully includes' }, 400),
      'gigachat: the credentials or their scope were refused (HTTP 400)',
      false,
      401,
    ],
    [
      'too many requests',
      (response) => sendJson(response, {}, 429),
      'gigachat: no token was given (HTTP 429)',
      true,
      429,
    ],
    [
      'a server that broke',
      (response) => sendJson(response, {}, 500),
      'gigachat: no token was given (HTTP 500)',
      true,
      500,
    ],
    [
      'a page',
      (response) => void response.end(`<p>${credentials}`),
      'gigachat: an answer that is not JSON instead of a token',
      true,
      null,
    ],
    [
      'an answer without one',
      (response) => sendJson(response, { expires_at: 1 }),
      'gigachat: an answer without a token',
      false,
      null,
    ],
    [
      'one that is no header',
      (response) => sendJson(response, { access_token: 'a\r\nhost: b' }),
      'gigachat: an answer without a token',
      false,
      null,
    ],
    [
      'an endless answer',
      (response) => void response.end('1'.repeat(100_001)),
      'gigachat: the answer with the token is too large',
      false,
      null,
    ],
  ];

  it.each(answers)('%s', async (_what, answer, message, retryable, status) => {
    await using server = await startGigaChatServer({
      giveToken: (_at, response) => answer(response),
    });
    const error = await failureOf(tokensOf(server.authUrl).token({ signal }));
    expect({ ...error, message: error.message }).toMatchObject({ message, retryable, status });
  });

  it('a cut connection', async () => {
    await using server = await startGigaChatServer({
      giveToken: (_at, response) => void response.destroy(),
    });
    const { host } = new URL(server.authUrl);
    const error = await failureOf(tokensOf(server.authUrl).token({ signal }));
    expect(error.message).toBe(`gigachat: no connection to ${host}`);
    expect(error.retryable).toBe(true);
  });

  it('a server that never answers', async () => {
    await using server = await startGigaChatServer({ giveToken: () => {} });
    const error = await failureOf(tokensOf(server.authUrl, { timeoutMs: 50 }).token({ signal }));
    expect(error.message).toBe('gigachat: no token within 50 ms');
  });

  it('is asked for anew the next time', async () => {
    await using server = await startGigaChatServer({
      giveToken: (at, response) =>
        at === 1
          ? sendJson(response, {}, 500)
          : sendJson(response, { access_token: 'second', expires_at: 1_800_000 }),
    });
    const tokens = tokensOf(server.authUrl);
    await failureOf(tokens.token({ signal }));
    expect(await tokens.token({ signal })).toBe('second');
  });
});

async function failureOf(token: Promise<unknown>): Promise<GigaChatError> {
  const error: unknown = await token.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GigaChatError)) throw new Error(`no GigaChatError: ${String(error)}`);
  expect(`${error.message} ${String(error.cause)}`).not.toContain(credentials);
  return error;
}
