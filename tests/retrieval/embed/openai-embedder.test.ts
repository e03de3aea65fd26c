import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';

import { createOpenAIClient } from '../../../bot/connections/openai.ts';
import type { Embedder } from '../../../retrieval/embed/embedder.ts';
import { createOpenAIEmbedder } from '../../../retrieval/embed/openai-embedder.ts';
import type { OpenAIEmbedderOptions } from '../../../retrieval/embed/openai-embedder.ts';
import { EmbedError } from '../../../retrieval/errors.ts';
import { describeEmbedder } from '../../contracts/embedder.ts';
import { sendVectors, startEmbeddingsServer } from '../../support/embeddings-server.ts';
import type { EmbeddingsRequest } from '../../support/embeddings-server.ts';
import { sendJson } from '../../support/loopback-server.ts';

const { signal } = new AbortController();

function connect(baseUrl: string, options: Partial<OpenAIEmbedderOptions> = {}): Embedder {
  const client = createOpenAIClient({ baseUrl, apiKey: 'sk-secret-key' });
  return createOpenAIEmbedder({ client, model: 'stub', ...options });
}

describeEmbedder('an OpenAI-compatible server', async (use) => {
  await using server = await startEmbeddingsServer();
  await use(connect(server.baseUrl));
});

describe('what the server is asked', () => {
  it('are numbers for the texts as they are, and the question behind its instruction', async () => {
    await using server = await startEmbeddingsServer();
    const embedder = connect(server.baseUrl, { queryInstruction: 'Instruct: find.\nQuery: ' });
    await embedder.embedPassages(['Волга', 'Ока'], { signal });
    await embedder.embedQuery('длина', { signal });
    expect(server.requests).toEqual([
      { model: 'stub', input: ['Волга', 'Ока'], encoding_format: 'float' },
      { model: 'stub', input: ['Instruct: find.\nQuery: длина'], encoding_format: 'float' },
    ]);
  });

  it('are passages with the word that E5 wants before them', async () => {
    await using server = await startEmbeddingsServer();
    const embedder = connect(server.baseUrl, { queryInstruction: 'query: ' });
    await embedder.embedPassages(['Волга'], { signal });
    await embedder.embedQuery('длина', { signal });
    expect(server.requests.map(({ input }) => input)).toEqual([
      ['passage: Волга'],
      ['query: длина'],
    ]);
    // Vectors without the word are of another space: an index and a cache must not mix them.
    expect(embedder.model).toBe('openai:stub:passage');
    const instructed = connect(server.baseUrl, { queryInstruction: 'Instruct: find.\nQuery: ' });
    expect(instructed.model).toBe('openai:stub');
  });

  it('come in batches, one after the other where it takes no more', async () => {
    await using server = await startEmbeddingsServer();
    const embedder = connect(server.baseUrl, { batchSize: 2, requestsAtOnce: 1 });
    await embedder.embedPassages(['1', '2', '3', '4', '5'], { signal });
    expect(server.requests.map(({ input }) => input)).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });

  it('are texts cut to what a server takes, never within a character', async () => {
    await using server = await startEmbeddingsServer();
    const embedder = connect(server.baseUrl, { maxCharacters: 4 });
    await embedder.embedPassages(['Волгоград', 'abc😀'], { signal });
    expect(server.requests[0]?.input).toEqual(['Волг', 'abc']);
  });

  it('come in smaller batches when they are long', async () => {
    await using server = await startEmbeddingsServer();
    const embedder = connect(server.baseUrl, { batchCharacters: 5, requestsAtOnce: 1 });
    await embedder.embedPassages(['aaa', 'bb', 'c', 'dddddddd', 'e'], { signal });
    expect(server.requests.map(({ input }) => input)).toEqual([
      ['aaa', 'bb'],
      ['c'],
      ['dddddddd'],
      ['e'],
    ]);
  });

  it('never are more requests at once than allowed, and a question waits for none of them', async () => {
    const held: (() => void)[] = [];
    const third = Promise.withResolvers<void>();
    await using server = await startEmbeddingsServer(({ input }, response) => {
      const answer = () =>
        sendVectors(
          response,
          input.map(() => [1, 0]),
        );
      if (input[0] === 'question') {
        answer();
        return;
      }
      held.push(answer);
      if (held.length === 3) third.resolve();
    });
    const embedder = connect(server.baseUrl, { batchSize: 1, requestsAtOnce: 2 });
    const vectors = embedder.embedPassages(['a', 'b', 'c'], { signal });
    await embedder.embedQuery('question', { signal });
    expect(held.length).toBeLessThanOrEqual(2);
    while (held.length < 2) await embedder.embedQuery('question', { signal });
    expect(server.requests.filter(({ input }) => input[0] !== 'question')).toHaveLength(2);
    held[0]?.();
    await third.promise;
    held[1]?.();
    held[2]?.();
    expect(await vectors).toHaveLength(3);
  });

  it('names as many dimensions as are set, and insists on them', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      sendVectors(response, [[1, 0]]);
    });
    const embedder = connect(server.baseUrl, { dimensions: 3 });
    expect(embedder.model).toBe('openai:stub:3');
    const error = await failureOf(embedder.embedQuery('a', { signal }));
    expect(error.message).toBe('embeddings: vectors of 2 dimensions instead of 3');
    expect(server.requests[0]).toMatchObject({ dimensions: 3 });
  });

  it('is nothing when there are no texts', async () => {
    await using server = await startEmbeddingsServer();
    await connect(server.baseUrl).embedPassages([], { signal });
    expect(server.requests).toEqual([]);
  });
});

describe('vectors', () => {
  it('belong to the text whose place they tell', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      const data = [
        { index: 1, embedding: [0, 2] },
        { index: 0, embedding: [3, 0] },
      ];
      sendJson(response, { data });
    });
    expect(await connect(server.baseUrl).embedPassages(['a', 'b'], { signal })).toEqual([
      Float32Array.of(1, 0),
      Float32Array.of(0, 1),
    ]);
  });

  it('may come without places and without anything else', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      sendJson(response, { data: [{ embedding: [0, 5] }] });
    });
    expect(await connect(server.baseUrl).embedQuery('a', { signal })).toEqual(
      Float32Array.of(0, 1),
    );
  });
});

describe('a server that fails', () => {
  const answers: [
    string,
    (request: EmbeddingsRequest, response: ServerResponse) => void,
    string,
    boolean,
  ][] = [
    [
      'sends too few vectors',
      (_, response) => sendVectors(response, [[1, 0]]),
      '1 vectors for 2 texts',
      false,
    ],
    [
      'sends none',
      (_, response) => sendJson(response, { data: [] }),
      '0 vectors for 2 texts',
      false,
    ],
    [
      'sends no list',
      (_, response) => sendJson(response, { error: 'busy' }),
      'no vectors for 2 texts',
      false,
    ],
    ['sends null', (_, response) => sendJson(response, null), 'no vectors for 2 texts', false],
    [
      'sends empty vectors',
      (_, response) => sendVectors(response, [[], []]),
      'an answer without vectors',
      false,
    ],
    [
      'sends base64',
      (_, response) => sendVectors(response, ['AACAPw==', 'AACAPw==']),
      'an answer without vectors',
      false,
    ],
    [
      'sends zeros',
      (_, response) =>
        sendVectors(response, [
          [0, 0],
          [1, 0],
        ]),
      'a vector that is zero or not a number',
      false,
    ],
    [
      'sends NaN as null',
      (_, response) =>
        sendVectors(response, [
          [null, 1],
          [1, 0],
        ]),
      'a vector that is zero or not a number',
      false,
    ],
    [
      'sends text for numbers',
      (_, response) =>
        sendVectors(response, [
          ['1', '0'],
          [1, 0],
        ]),
      'a vector that is zero or not a number',
      false,
    ],
    [
      'sends endless numbers',
      (_, response) => sendRaw(response, '{"data":[{"embedding":[1e400,1]},{"embedding":[1,0]}]}'),
      'a vector that is zero or not a number',
      false,
    ],
    [
      'mixes dimensions',
      (_, response) =>
        sendVectors(response, [
          [1, 0],
          [1, 0, 0],
        ]),
      'vectors of 2 and 3 dimensions',
      false,
    ],
    [
      'gives two vectors one place',
      (_, response) =>
        sendJson(response, {
          data: [
            { index: 0, embedding: [1] },
            { index: 0, embedding: [1] },
          ],
        }),
      'vectors that belong to no text',
      false,
    ],
    [
      'gives a vector a place that no text has',
      (_, response) =>
        sendJson(response, {
          data: [
            { index: 7, embedding: [1] },
            { index: 0, embedding: [1] },
          ],
        }),
      'vectors that belong to no text',
      false,
    ],
    [
      'refuses the key',
      (_, response) => sendJson(response, { error: { message: 'wrong key sk-secret-key' } }, 401),
      'HTTP 401',
      false,
    ],
    [
      'has too much to do',
      (_, response) => sendJson(response, { error: { message: 'slow down' } }, 429),
      'HTTP 429',
      true,
    ],
    [
      'breaks',
      (_, response) => sendJson(response, { error: { message: 'oops' } }, 500),
      'HTTP 500',
      true,
    ],
    [
      'sends a sign-in page',
      (_, response) => sendRaw(response, '<!doctype html><p>Sign in', 'text/html'),
      'an answer that is not JSON',
      true,
    ],
    [
      'breaks off its JSON',
      (_, response) => sendRaw(response, '{"data": [{'),
      'an answer that is not JSON',
      true,
    ],
    ['cuts the connection', (_, response) => void response.destroy(), 'no connection', true],
  ];

  it.each(answers)('%s', async (_name, answer, sentence, retryable) => {
    await using server = await startEmbeddingsServer(answer);
    const error = await failureOf(
      connect(server.baseUrl, { wait: async () => {} }).embedPassages(['a', 'b'], { signal }),
    );
    expect(error.message).toBe(`embeddings: ${sentence}`);
    expect(error.retryable).toBe(retryable);
    // What may pass is tried a few times, what cannot is not.
    expect(server.requests).toHaveLength(retryable ? 3 : 1);
  });

  it('is not there', async () => {
    const server = await startEmbeddingsServer();
    await server[Symbol.asyncDispose]();
    const error = await failureOf(connect(server.baseUrl).embedQuery('a', { signal }));
    expect(error.message).toBe('embeddings: no connection');
    expect(error.retryable).toBe(true);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it.each([
    ['never answers', () => {}],
    [
      'begins and never ends',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data": [');
      },
    ],
  ])('%s', async (_name, begin) => {
    await using server = await startEmbeddingsServer((_request, response) => begin(response));
    const embedder = connect(server.baseUrl, { timeoutMs: 60, wait: async () => {} });
    const error = await failureOf(embedder.embedQuery('a', { signal }));
    expect(error.message).toBe('embeddings: no answer within 60 ms');
    expect(error.retryable).toBe(true);
  });

  it('changes its model between two batches', async () => {
    await using server = await startEmbeddingsServer(({ input }, response) => {
      sendVectors(
        response,
        input.map((text) => (text === 'b' ? [1, 0, 0] : [1, 0])),
      );
    });
    const embedder = connect(server.baseUrl, { batchSize: 1 });
    const error = await failureOf(embedder.embedPassages(['a', 'b'], { signal }));
    expect(error.message).toBe('embeddings: vectors of 2 and 3 dimensions');
    // From one call to the next it may: the index tells what to do then.
    await expect(embedder.embedQuery('b', { signal })).resolves.toHaveLength(3);
    await expect(embedder.embedQuery('a', { signal })).resolves.toHaveLength(2);
  });

  it('is asked for no further batch after one that failed', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      sendJson(response, { error: { message: 'no' } }, 403);
    });
    const embedder = connect(server.baseUrl, { batchSize: 1, requestsAtOnce: 1 });
    await failureOf(embedder.embedPassages(['a', 'b', 'c'], { signal }));
    expect(server.requests).toHaveLength(1);
  });

  it('sends more than anybody asked for', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      sendRaw(response, '1'.repeat(2000));
    });
    const embedder = connect(server.baseUrl, { maxAnswerBytes: 1000 });
    const error = await failureOf(embedder.embedQuery('a', { signal }));
    expect(error.message).toBe('embeddings: an answer larger than 1000 bytes');
  });
});

describe('another try', () => {
  it('is made after the time that the server asks for', async () => {
    const waits: number[] = [];
    await using server = await startEmbeddingsServer(({ input }, response) => {
      if (server.requests.length > 1)
        sendVectors(
          response,
          input.map(() => [0, 1]),
        );
      else {
        response.setHeader('retry-after', '2');
        sendJson(response, {}, 429);
      }
    });
    const embedder = connect(server.baseUrl, { wait: async (ms) => void waits.push(ms) });
    expect(await embedder.embedQuery('a', { signal })).toEqual(Float32Array.of(0, 1));
    expect(waits).toEqual([2000]);
  });

  it('is not made when the server asks for more time than there is', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      response.setHeader('retry-after', '30');
      sendJson(response, {}, 429);
    });
    const embedder = connect(server.baseUrl, { wait: () => Promise.reject(new Error('waited')) });
    const error = await failureOf(embedder.embedQuery('a', { signal }));
    expect(error.message).toBe('embeddings: HTTP 429');
    expect(server.requests).toHaveLength(1);
  });

  it('helps over a broken answer and a cut connection', async () => {
    await using server = await startEmbeddingsServer(({ input }, response) => {
      if (server.requests.length === 1) sendJson(response, {}, 503);
      else if (server.requests.length === 2) response.destroy();
      else
        sendVectors(
          response,
          input.map(() => [1, 0]),
        );
    });
    const waits: number[] = [];
    const embedder = connect(server.baseUrl, { wait: async (ms) => void waits.push(ms) });
    expect(await embedder.embedPassages(['a', 'b'], { signal })).toHaveLength(2);
    expect(waits).toEqual([100, 300]);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('stop pressed');
    await using server = await startEmbeddingsServer((_request, response) => {
      sendJson(response, {}, 500);
    });
    const wait = async () => controller.abort(reason);
    const vector = connect(server.baseUrl, { wait }).embedQuery('a', { signal: controller.signal });
    await expect(vector).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

describe('texts that are too long for the server', () => {
  it.each([
    [413, 'Input validation error: inputs must have less than 512 tokens'],
    [400, 'This model has a maximum context length of 512 tokens'],
    [422, 'batch size 3 > maximum allowed batch size 2'],
  ])('are halved until they fit, and the others stay whole (HTTP %s)', async (status, message) => {
    await using server = await serverThatTakes(100, status, message);
    const embedder = connect(server.baseUrl);
    const vectors = await embedder.embedPassages(['a', 'b'.repeat(300), 'c'.repeat(99)], {
      signal,
    });
    expect(server.requests.map(({ input }) => input.map((text) => text.length))).toEqual(
      expect.arrayContaining([[1, 300, 99], [1, 300], [99], [1], [300], [150], [75]]),
    );
    const lengths = vectors.map(([one = 0, other = 1]) => Math.round(one / other));
    expect(lengths).toEqual([1, 75, 99]);
  });

  it('are given up when hardly anything is left of them', async () => {
    await using server = await serverThatTakes(0, 413, 'too large');
    const error = await failureOf(connect(server.baseUrl).embedQuery('b'.repeat(500), { signal }));
    expect(error.message).toBe('embeddings: HTTP 413');
    expect(server.requests).toHaveLength(4);
  });

  it('are not what a server minds that does not know its model', async () => {
    await using server = await startEmbeddingsServer((_request, response) => {
      sendJson(response, { error: { message: 'no such model' } }, 400);
    });
    await failureOf(connect(server.baseUrl).embedPassages(['a', 'b'], { signal }));
    expect(server.requests).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('cuts the request that is under way and throws the reason', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    await using server = await startEmbeddingsServer((_request, response) =>
      arrived.resolve(response),
    );
    const controller = new AbortController();
    const reason = new Error('stop pressed');
    const vectors = connect(server.baseUrl).embedPassages(['a'], { signal: controller.signal });
    const closed = once(await arrived.promise, 'close');
    controller.abort(reason);
    await expect(vectors).rejects.toBe(reason);
    await closed;
  });
});

/** A server that refuses a request in which any text is longer than that. */
function serverThatTakes(limit: number, status: number, message: string) {
  return startEmbeddingsServer(({ input }, response) => {
    if (input.some((text) => text.length > limit)) {
      sendJson(response, { error: { message } }, status);
    } else {
      sendVectors(
        response,
        input.map((text) => [text.length, 1]),
      );
    }
  });
}

async function failureOf(vectors: Promise<unknown>): Promise<EmbedError> {
  const error: unknown = await vectors.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EmbedError)) throw new Error(`no EmbedError: ${String(error)}`);
  expect(`${error.message} ${String(error.cause)}`).not.toContain('sk-secret-key');
  return error;
}

function sendRaw(response: ServerResponse, body: string, type = 'application/json'): void {
  response.writeHead(200, { 'content-type': type });
  response.end(body);
}
