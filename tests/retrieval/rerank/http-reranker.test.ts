import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { RerankError } from '../../../retrieval/errors.ts';
import { createHttpReranker } from '../../../retrieval/rerank/http-reranker.ts';
import type { HttpRerankerOptions } from '../../../retrieval/rerank/http-reranker.ts';
import { readBody, sendJson, startServer } from '../../support/loopback-server.ts';

const { signal } = new AbortController();
const apiKey = 'very-secret-key';

interface Asked {
  path: string | undefined;
  authorization: string | undefined;
  body: unknown;
}

async function startReranker(answer: (response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const server = await startServer(async (request, response) => {
    const { authorization } = request.headers;
    asked.push({ path: request.url, authorization, body: JSON.parse(await readBody(request)) });
    answer(response);
  });
  const connect = (options: Partial<HttpRerankerOptions> = {}) =>
    createHttpReranker({ baseUrl: server.url, model: null, ...options });
  return { asked, connect, url: server.url, [Symbol.asyncDispose]: server.close };
}

describe('a reranker', () => {
  it('is asked as text-embeddings-inference wants it, and its scores are put in order', async () => {
    await using server = await startReranker((response) =>
      sendJson(response, [
        { index: 1, score: 0.9 },
        { index: 0, score: -3.5 },
      ]),
    );
    expect(await server.connect().score('вопрос', ['a', 'b'], { signal })).toEqual([-3.5, 0.9]);
    expect(server.asked).toEqual([
      {
        path: '/rerank',
        authorization: undefined,
        body: { query: 'вопрос', texts: ['a', 'b'], truncate: true },
      },
    ]);
  });

  it('is asked as Jina and Cohere want it when a model is named', async () => {
    await using server = await startReranker((response) =>
      sendJson(response, {
        model: 'm',
        results: [
          { index: 0, relevance_score: 0.7 },
          { index: 1, relevance_score: 0.1, document: { text: 'b' } },
        ],
      }),
    );
    const reranker = server.connect({ baseUrl: `${server.url}/v1/`, model: 'm', apiKey });
    expect(await reranker.score('q', ['a', 'b'], { signal })).toEqual([0.7, 0.1]);
    expect(server.asked).toEqual([
      {
        path: '/v1/rerank',
        authorization: `Bearer ${apiKey}`,
        body: { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2 },
      },
    ]);
  });

  it('may be named by its whole address, and gets texts of a bounded length', async () => {
    await using server = await startReranker((response) =>
      sendJson(response, [{ index: 0, score: 1 }]),
    );
    const reranker = server.connect({ baseUrl: `${server.url}/v2/rerank`, maxCharacters: 3 });
    await reranker.score('question', ['ab😀cd'], { signal });
    expect(server.asked[0]).toMatchObject({
      path: '/v2/rerank',
      body: { query: 'que', texts: ['ab'] },
    });
  });

  it('is not asked about nothing', async () => {
    await using server = await startReranker(() => {});
    expect(await server.connect().score('q', [], { signal })).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});

describe('a reranker that fails', () => {
  const answers: [string, (response: ServerResponse) => void, string, boolean][] = [
    ['breaks', (response) => sendJson(response, {}, 500), 'HTTP 500', true],
    ['refuses', (response) => sendJson(response, { key: apiKey }, 401), 'HTTP 401', false],
    ['has too much to do', (response) => sendJson(response, {}, 429), 'HTTP 429', true],
    ['finds it too large', (response) => sendJson(response, {}, 413), 'HTTP 413', false],
    ['sends a page', (response) => void response.end('<p>'), 'an answer that is not JSON', true],
    ['sends null', (response) => sendJson(response, null), 'no scores for 2 texts', false],
    [
      'sends too few',
      (response) => sendJson(response, [{ index: 0, score: 1 }]),
      '1 scores for 2 texts',
      false,
    ],
    [
      'sends what is no number',
      (response) => response.end('[{"index":0,"score":1},{"index":1,"score":1e999}]'),
      'a score that is not a number',
      false,
    ],
    [
      'scores a text twice',
      (response) =>
        sendJson(
          response,
          [1, 1].map((score) => ({ index: 0, score })),
        ),
      'scores that belong to no text',
      false,
    ],
    ['cuts the connection', (response) => void response.destroy(), 'no connection', true],
    [
      'sends without end',
      (response) => void response.end('1'.repeat(5_000_001)),
      'an answer larger than 5000000 bytes',
      false,
    ],
  ];

  it.each(answers)('%s', async (_what, answer, sentence, retryable) => {
    await using server = await startReranker(answer);
    const error = await failureOf(server.connect({ apiKey }).score('q', ['a', 'b'], { signal }));
    expect(error.message).toBe(`reranker: ${sentence}`);
    expect(error.retryable).toBe(retryable);
    expect(`${error.message} ${String(error.cause)}`).not.toContain(apiKey);
    expect(server.asked).toHaveLength(1);
  });

  it('does not answer in time', async () => {
    await using server = await startReranker(() => {});
    const error = await failureOf(server.connect({ timeoutMs: 40 }).score('q', ['a'], { signal }));
    expect(error.message).toBe('reranker: no answer within 40 ms');
  });

  it('is left when the question is stopped', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    await using server = await startReranker((response) => arrived.resolve(response));
    const stop = new AbortController();
    const reason = new Error('stop pressed');
    const scores = server.connect().score('q', ['a'], { signal: stop.signal });
    const closed = once(await arrived.promise, 'close');
    stop.abort(reason);
    await expect(scores).rejects.toBe(reason);
    await closed;
  });
});

async function failureOf(scores: Promise<unknown>): Promise<RerankError> {
  const error: unknown = await scores.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RerankError)) throw new Error(`no RerankError: ${String(error)}`);
  return error;
}
