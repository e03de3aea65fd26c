import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { SearchError } from '../../retrieval/errors.ts';
import type {
  SearchEngine,
  SearchQuery,
  SearchResponse,
} from '../../retrieval/search/search-engine.ts';
import { startServer } from '../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../support/loopback-server.ts';

export interface SearchEngineUnderTest {
  name: string;
  create(options: { baseUrl: string; timeoutMs: number; maxBytes: number }): SearchEngine;
  /** The engine's JSON for these pages, best first; `html` may hold markup. */
  answerWith(pages: readonly { title: string; html: string }[]): string;
  /** The address that the engine gives the page of this title. */
  addressOf(title: string, baseUrl: string): string;
}

const question: SearchQuery = { text: 'Сколько весит Солнце?', language: 'ru' };

/** What every search engine does, whatever stands behind it, over real sockets. */
export function describeSearchEngine(subject: SearchEngineUnderTest): void {
  const searchAt = (
    baseUrl: string,
    {
      timeoutMs = 5000,
      maxBytes = 100_000,
      query = question,
      signal = new AbortController().signal,
    } = {},
  ): Promise<SearchResponse> =>
    subject.create({ baseUrl, timeoutMs, maxBytes }).search(query, { signal });

  const failureAt = async (
    baseUrl: string,
    options: Parameters<typeof searchAt>[1] = {},
  ): Promise<SearchError> => {
    const error: unknown = await searchAt(baseUrl, options).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof SearchError)) throw new Error('no SearchError', { cause: error });
    expect(error.message).toMatch(/^[a-z]+[ :]/u);
    expect(error.message.startsWith(subject.name)).toBe(true);
    expect(error.message).not.toMatch(/[\n\r]/u);
    return error;
  };

  describe(`${subject.name} as a search engine`, () => {
    const servers: LoopbackServer[] = [];
    afterEach(async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()));
    });

    const serve = async (handler: LoopbackHandler): Promise<LoopbackServer> => {
      const server = await startServer(handler);
      servers.push(server);
      return server;
    };
    it('has a short lower-case name', () => {
      const engine = subject.create({ baseUrl: 'http://127.0.0.1:1', timeoutMs: 1, maxBytes: 1 });
      expect(engine.name).toBe(subject.name);
      expect(engine.name).toMatch(/^[a-z]{2,12}$/u);
    });

    it('gives pages best first, in plain text', async () => {
      const server = await serve((_, response) => {
        sendText(
          response,
          subject.answerWith([
            {
              title: 'Солнце',
              html: 'Масса <b>Солнца</b> &mdash; 1,99&nbsp;&times; 10<sup>30</sup> кг',
            },
            { title: 'Солнечная система', html: '' },
          ]),
        );
      });
      const { results } = await searchAt(server.url);
      expect(results.slice(0, 2)).toEqual([
        {
          url: subject.addressOf('Солнце', server.url),
          title: 'Солнце',
          snippet: 'Масса Солнца — 1,99 × 1030 кг',
          publishedAt: null,
        },
        {
          url: subject.addressOf('Солнечная система', server.url),
          title: 'Солнечная система',
          snippet: '',
          publishedAt: null,
        },
      ]);
    });

    it('gives an empty list without a warning when the web has nothing', async () => {
      const server = await serve((_, response) => {
        sendText(response, subject.answerWith([]));
      });
      expect(await searchAt(server.url)).toEqual({ results: [], warnings: [] });
    });

    it('reads a compressed answer', async () => {
      const server = await serve((request, response) => {
        expect(request.headers['accept-encoding']).toBe('gzip, deflate');
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        });
        response.end(gzipSync(subject.answerWith([{ title: 'Солнце', html: 'Звезда' }])));
      });
      expect((await searchAt(server.url)).results[0]?.snippet).toBe('Звезда');
    });

    it.each([
      [429, true],
      [500, true],
      [502, true],
      [503, true],
      [403, false],
      [404, false],
      [418, false],
    ])('says HTTP %i, retryable %s', async (status, retryable) => {
      const server = await serve((_, response) => {
        sendText(response, '<h1>No</h1>', status, 'text/html');
      });
      const error = await failureAt(server.url);
      expect(error.message).toContain(`(HTTP ${status})`);
      expect(error.retryable).toBe(retryable);
    });

    it('says that a web page came instead of JSON', async () => {
      const server = await serve((_, response) => {
        sendText(response, '<!doctype html><title>Sign in</title>', 200, 'text/html');
      });
      expect((await failureAt(server.url)).message).toContain(
        'web page came where JSON was expected',
      );
    });

    it('says that an answer is not JSON', async () => {
      const server = await serve((_, response) => {
        sendText(response, '{"results": [');
      });
      expect((await failureAt(server.url)).message).toContain('the answer is not valid JSON');
    });

    it.each(['{}', 'null', '[]', '"text"', '{"results":null,"query":{"search":{}}}'])(
      'does not take %s for an empty list',
      async (body) => {
        const server = await serve((_, response) => {
          sendText(response, body);
        });
        expect((await failureAt(server.url)).message).toContain(
          'the answer has no list of results',
        );
      },
    );

    it('refuses an answer that is too large, also one that only unpacks to that', async () => {
      const zeros = Buffer.alloc(3_000_000, 0x20);
      const plain = await serve((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(zeros);
      });
      const packed = await serve((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync(zeros));
      });
      for (const server of [plain, packed]) {
        const error = await failureAt(server.url);
        expect(error.message).toContain('the answer is larger than 100000 bytes');
      }
    });

    it.each([
      ['before the answer', (response: ServerResponse) => response],
      ['inside the answer', (response: ServerResponse) => response.writeHead(200).write('{"res')],
    ])('does not wait longer than its deadline for a server that stops %s', async (_, stop) => {
      const server = await serve((_request, response) => {
        stop(response);
      });
      const error = await failureAt(server.url, { timeoutMs: 60 });
      expect(error.message).toContain('no answer within 60 ms');
      expect(error.retryable).toBe(true);
    });

    it.each([
      ['before the answer', (response: ServerResponse) => response],
      [
        'inside the answer',
        (response: ServerResponse) =>
          response.writeHead(200, { 'content-length': '999' }).write('{"res'),
      ],
    ])('says that the connection was cut %s', async (_, start) => {
      const server = await serve((_request, response) => {
        start(response);
        response.socket?.resetAndDestroy();
      });
      const error = await failureAt(server.url);
      expect(error.message).toContain('the connection was cut before the answer was complete');
      expect(error.retryable).toBe(true);
      expect(error.cause).toBeInstanceOf(Error);
    });

    it('says that nobody listens', async () => {
      const server = await serve(() => {});
      await server.close();
      const error = await failureAt(server.url);
      expect(error.message).toContain(`127.0.0.1:${server.port} refused the connection`);
    });

    it('does not follow a redirect, and says where it leads', async () => {
      const target = await serve((_, response) => {
        sendText(response, subject.answerWith([]));
      });
      const server = await serve((request, response) => {
        response
          .writeHead(301, { location: `${target.url}/moved?token=secret${request.url}` })
          .end();
      });
      const error = await failureAt(server.url);
      expect(error.message).toContain(`redirected to ${target.url}/moved, which is not followed`);
      expect(error.message).not.toContain('secret');
      expect(target.requests).toEqual([]);
    });

    it('sends credentials of its address as Basic and never shows them', async () => {
      const server = await serve((_, response) => {
        sendText(response, 'no', 401);
      });
      const error = await failureAt(server.url.replace('//', '//reader:open%20sesame@'));
      expect(server.requests[0]?.headers.authorization).toBe('Basic cmVhZGVyOm9wZW4gc2VzYW1l');
      expect(error.message).not.toMatch(/reader|sesame/u);
    });

    it('stops when the caller does, with the caller’s reason', async () => {
      const controller = new AbortController();
      const reason = new Error('the user pressed stop');
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      const server = await serve((request) => {
        request.socket.once('close', () => {
          close();
        });
        controller.abort(reason);
      });
      await expect(searchAt(server.url, { signal: controller.signal })).rejects.toBe(reason);
      await closed;
    });

    it('asks nothing when the caller has stopped already', async () => {
      const server = await serve((_, response) => {
        sendText(response, subject.answerWith([]));
      });
      const reason = new Error('too late');
      await expect(searchAt(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(
        reason,
      );
      expect(server.requests).toEqual([]);
    });

    it.each([
      ['5,000 characters', 'Солнце и Луна '.repeat(360)],
      ['one word of 5,000 letters', 'я'.repeat(5000)],
      ['only emoji', '☀️🌍❓'],
      ['only stop words', 'Кто это такой?'],
      ['half a surrogate pair', 'Солнце \ud83d'],
      ['engine syntax', '!g -Солнце "вес" OR <1 :en insource:/a/ * ~'],
      ['line breaks and control characters', 'Солнце\n\u0000\tвес'],
    ])('takes a question of %s', async (_, text) => {
      const server = await serve((_request, response) => {
        sendText(response, subject.answerWith([]));
      });
      const query: SearchQuery = { text, language: 'ru' };
      expect(await searchAt(server.url, { query })).toEqual({ results: [], warnings: [] });
      for (const { path } of server.requests) expect(path.length).toBeLessThan(4000);
    });
  });
}

function sendText(
  response: ServerResponse,
  body: string,
  status = 200,
  mediaType = 'application/json',
): void {
  response.writeHead(status, { 'content-type': `${mediaType}; charset=utf-8` });
  response.end(body);
}
