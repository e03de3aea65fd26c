import { describe, expect, test } from 'vitest';

import type { FetchedPage } from '../../../retrieval/crawl/fetch-page.ts';
import { createReaderService } from '../../../retrieval/crawl/reader-service.ts';
import type { ReaderServiceOptions } from '../../../retrieval/crawl/reader-service.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';

const signal = new AbortController().signal;

const shell: FetchedPage = {
  requestedUrl: 'https://app.example.org/lakes?sort=depth#top',
  url: 'https://app.example.org/consent',
  contentType: 'text/html',
  text: '<div id="root"></div>',
  bytes: new Uint8Array([1]),
  etag: '"1"',
  lastModified: null,
  fetchedAt: '2026-11-22T12:00:00.000Z',
  from: 'network',
};

async function readThrough(
  handler: LoopbackHandler,
  { page = {}, ...options }: Partial<ReaderServiceOptions> & { page?: Partial<FetchedPage> } = {},
): Promise<{ outcome: FetchedPage | string | null; server: LoopbackServer }> {
  await using server = await startServer(handler);
  const service = createReaderService({
    baseUrl: server.url,
    lookup: async () => [{ address: '93.184.215.14', family: 4 }],
    ...options,
  });
  try {
    const read = await service.readPage({ ...shell, ...page }, { signal });
    return { outcome: read, server };
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    return { outcome: error.message, server };
  } finally {
    await service.close();
  }
}

const json: LoopbackHandler = (_request, response) =>
  sendJson(response, {
    code: 200,
    data: {
      title: 'Lakes',
      url: 'https://app.example.org/lakes',
      publishedTime: '2026-03-04T06:30:00Z',
      content: '# Lakes\n\nThe deepest is 1642 m deep.',
    },
  });

describe('a page that a reader service reads', () => {
  test('comes as Markdown under the address that was asked for', async () => {
    const { outcome, server } = await readThrough(json);
    expect(outcome).toEqual({
      ...shell,
      url: 'https://app.example.org/lakes?sort=depth',
      contentType: 'text/markdown',
      text: '# Lakes\n\nThe deepest is 1642 m deep.',
      bytes: new Uint8Array(),
      etag: null,
      stated: { title: 'Lakes', publishedAt: '2026-03-04T06:30:00Z' },
    });
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/https://app.example.org/lakes?sort=depth',
    ]);
    expect(server.requests[0]?.headers.accept).toContain('application/json');
  });

  test('may come as text that names its title and date', async () => {
    const { outcome } = await readThrough((_request, response) => {
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end(
        'Title: Озёра\r\n\r\nURL Source: https://app.example.org/lakes\r\n\r\nPublished Time: 2026-03-04\r\n\r\nMarkdown Content:\r\nСамое глубокое — 1642 м.\r\n',
      );
    });
    expect(outcome).toMatchObject({
      text: '\nСамое глубокое — 1642 м.\n',
      stated: { title: 'Озёра', publishedAt: '2026-03-04' },
    });
  });

  test('is asked for below the path of the service, with its credentials as a header', async () => {
    await using server = await startServer(json);
    const service = createReaderService({
      baseUrl: server.url.replace('//', '//istok:pass%20word@') + '/v1/',
      lookup: async () => [{ address: '93.184.215.14', family: 4 }],
    });
    await service.readPage(shell, { signal });
    await service.close();
    expect(server.requests[0]?.path).toBe('/v1/https://app.example.org/lakes?sort=depth');
    expect(server.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('istok:pass word').toString('base64')}`,
    );
  });
});

describe('an address that is not public stays here', () => {
  test.each([
    ['allowed by the operator', 'http://wiki.example.org:8080/secret', {}],
    ['a loopback address', 'http://127.0.0.1/secret', {}],
    ['IPv6', 'http://[::1]/secret', {}],
    ['the metadata service', 'http://169.254.169.254/latest', {}],
    ['octal', 'http://0177.0.0.1/secret', {}],
    ['localhost', 'http://notes.localhost/secret', {}],
    [
      'a name of the own network',
      'http://intranet.example.org/',
      { lookup: async () => [{ address: '10.1.2.3', family: 4 }] },
    ],
    [
      'a name with one private address',
      'http://mixed.example.org/',
      {
        lookup: async () => [
          { address: '93.184.215.14', family: 4 },
          { address: '192.168.0.7', family: 4 },
        ],
      },
    ],
    ['a name without address', 'http://gone.example.org/', { lookup: async () => [] }],
  ])('%s', async (_name, requestedUrl, options) => {
    const { outcome, server } = await readThrough(json, {
      page: { requestedUrl },
      allowPrivateHosts: ['wiki.example.org:8080'],
      ...options,
    });
    expect(outcome).toBeNull();
    expect(server.requests).toEqual([]);
  });
});

describe('a service that fails says how', () => {
  test.each<[string, LoopbackHandler, Partial<ReaderServiceOptions>, string]>([
    [
      'a refusal',
      (_request, response) => void response.writeHead(402).end('pay'),
      {},
      'answered HTTP 402',
    ],
    [
      'a fault',
      (_request, response) => void response.writeHead(500).end('oops'),
      {},
      'answered HTTP 500',
    ],
    ['silence', () => {}, { timeoutMs: 60 }, 'did not answer in time'],
    [
      'a body that stops',
      (_request, response) => void response.write('Title: x'),
      { timeoutMs: 60 },
      'did not answer in time',
    ],
    ['a cut connection', (request) => void request.socket.destroy(), {}, 'broke off'],
    [
      'too much',
      (_request, response) => void response.end('x'.repeat(5000)),
      { maxBytes: 1000 },
      'gave more than is read',
    ],
    ['nothing', (_request, response) => void response.end(), {}, 'found no text'],
    [
      'half of JSON',
      (_request, response) => void response.end('{"data":{"content":"x'),
      {},
      'gave an answer that cannot be read',
    ],
    [
      'JSON of another kind',
      (_request, response) => sendJson(response, { data: { content: 7 } }),
      {},
      'found no text',
    ],
    [
      'a page that refused it',
      (_request, response) =>
        sendJson(response, {
          data: { content: 'Forbidden', warning: 'Target URL returned error 403: Forbidden' },
        }),
      {},
      'was answered HTTP 403 by the site',
    ],
    [
      'a page that asks who it is',
      (_request, response) =>
        void response.end(
          'Title: Just a moment...\n\nURL Source: https://x.example/\n\nWarning: This page maybe requiring CAPTCHA\n\nMarkdown Content:\nVerify',
        ),
      {},
      'was taken for a robot by the site',
    ],
    [
      'a redirect',
      (_request, response) =>
        void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      {},
      'answered HTTP 302',
    ],
  ])('%s', async (_name, handler, options, message) => {
    expect((await readThrough(handler, options)).outcome).toBe(message);
  });

  test('nobody at its address', async () => {
    const server = await startServer(json);
    await server.close();
    const { outcome } = await readThrough(json, { baseUrl: server.url });
    expect(outcome).toBe('cannot be reached');
  });

  test('a service that is busy is left alone as long as it asks', async () => {
    let time = 1_000_000;
    let busy = true;
    await using server = await startServer((request, response) => {
      if (busy) response.writeHead(429, { 'retry-after': '20' }).end();
      else return json(request, response);
      return undefined;
    });
    const service = createReaderService({
      baseUrl: server.url,
      lookup: async () => [{ address: '93.184.215.14', family: 4 }],
      now: () => time,
    });
    await expect(service.readPage(shell, { signal })).rejects.toThrow('answered HTTP 429');
    busy = false;
    time += 19_000;
    await expect(service.readPage(shell, { signal })).rejects.toThrow('asks to wait');
    expect(server.requests).toHaveLength(1);
    time += 1000;
    expect(await service.readPage(shell, { signal })).not.toBeNull();
    await service.close();
  });

  test('who gives up is told so', async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await startServer(() => asked.resolve());
    const service = createReaderService({
      baseUrl: server.url,
      lookup: async () => [{ address: '93.184.215.14', family: 4 }],
    });
    const leaving = new AbortController();
    const reading = service.readPage(shell, { signal: leaving.signal });
    await asked.promise;
    leaving.abort();
    await expect(reading).rejects.toThrow('cancelled');
    await service.close();
  });
});
