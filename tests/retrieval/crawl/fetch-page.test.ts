import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { FetchedPage, PageFetcherOptions } from '../../../retrieval/crawl/fetch-page.ts';
import type { HostLookup } from '../../../retrieval/crawl/guarded-agent.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { encodeText } from '../../support/charset-encoder.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';

const signal = new AbortController().signal;

/** A server without robots.txt whose pages the handler gives. */
function startSite(handler: LoopbackHandler, host = '127.0.0.1'): Promise<LoopbackServer> {
  return startServer(
    (request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else return handler(request, response);
      return undefined;
    },
    { host },
  );
}

async function withFetcher<T>(
  options: Partial<PageFetcherOptions>,
  use: (fetchPage: (url: string, signal?: AbortSignal) => Promise<FetchedPage>) => Promise<T>,
): Promise<T> {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    ...options,
  });
  try {
    return await use((url, own = signal) => fetcher.fetchPage(url, { signal: own }));
  } finally {
    await fetcher.close();
  }
}

type Site = Pick<LoopbackServer, 'host' | 'port' | 'url'>;

function hostsOf(...sites: Site[]): string[] {
  return sites.map(({ host, port }) => `${host}:${port}`);
}

function read(
  site: Site,
  path = '/page',
  options: Partial<PageFetcherOptions> = {},
): Promise<FetchedPage> {
  return withFetcher({ allowPrivateHosts: hostsOf(site), ...options }, (fetchPage) =>
    fetchPage(site.url + path),
  );
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'it was read',
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(PageError);
  return error instanceof PageError ? error.message : String(error);
}

describe('a page', () => {
  test('comes with its address, type, text, bytes and dates', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/HTML; charset=utf-8',
        'last-modified': 'Wed, 21 Oct 2026 07:28:00 GMT',
      });
      response.end('<p>Исток реки</p>');
    });
    const page = await read(site, '/page?x=1#part', { now: () => Date.UTC(2026, 10, 1) });
    expect(page).toEqual({
      requestedUrl: `${site.url}/page?x=1#part`,
      url: `${site.url}/page?x=1`,
      contentType: 'text/html',
      text: '<p>Исток реки</p>',
      bytes: Buffer.from('<p>Исток реки</p>'),
      etag: null,
      lastModified: '2026-10-21T07:28:00.000Z',
      fetchedAt: '2026-11-01T00:00:00.000Z',
      from: 'network',
    });
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/page?x=1']);
    expect(site.requests.map(({ headers }) => headers['user-agent'])).toEqual([
      'Istok/test',
      'Istok/test',
    ]);
  });

  test('is decoded from the charset its bytes are in', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(encodeText('<p>Кодировка указана неверно</p>', 'windows-1251'));
    });
    expect((await read(site)).text).toBe('<p>Кодировка указана неверно</p>');
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
    ['identity', (text: string) => Buffer.from(text)],
  ])('is read through %s', async (encoding, compress) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': encoding });
      response.end(compress('packed text'));
    });
    expect((await read(site)).text).toBe('packed text');
  });

  test.each(['application/gzip', 'application/x-gzip', 'application/octet-stream', 'text/xml'])(
    'is unpacked when its file was packed before any server had it, called %s',
    async (type) => {
      await using site = await startSite((_request, response) => {
        response.writeHead(200, { 'content-type': type });
        response.end(gzipSync('<?xml version="1.0"?><urlset><url/></urlset>'));
      });
      expect(await read(site)).toMatchObject({
        contentType: type === 'text/xml' ? 'text/xml' : 'application/xml',
        text: '<?xml version="1.0"?><urlset><url/></urlset>',
      });
    },
  );

  test.each([
    [undefined, '<!DOCTYPE html><p>x', 'text/html'],
    [undefined, '  <html><p>x', 'text/html'],
    [undefined, '<?xml version="1.0"?><feed/>', 'application/xml'],
    [
      undefined,
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
      'application/xhtml+xml',
    ],
    [undefined, '{"a": 1}', 'application/json'],
    [undefined, 'just words', 'text/plain'],
    ['nonsense', '<html><p>x', 'text/html'],
    ['application/octet-stream', '<html><p>x', 'text/html'],
    ['text/plain', '<!doctype html><p>x', 'text/html'],
    ['application/json', '<html><p>x', 'text/html'],
    ['text/plain', '<b> is a tag', 'text/plain'],
    ['text/markdown; charset=utf-8', '# Title', 'text/markdown'],
    ['application/ld+json', '{}', 'application/ld+json'],
    ['application/rss+xml', '<rss/>', 'application/rss+xml'],
    ['application/pdf', 'Not a file after all', 'text/plain'],
  ])('sent as %s and starting %j is %s', async (sent, body, expected) => {
    await using site = await startSite((_request, response) => {
      if (sent !== undefined) response.setHeader('content-type', sent);
      response.end(body);
    });
    const page = await read(site);
    expect(page.contentType).toBe(expected);
    expect(page.text).toBe(body);
  });

  test.each(['application/pdf', 'text/html', 'application/x-pdf', undefined])(
    'that is a PDF sent as %s comes as bytes',
    async (sent) => {
      const bytes = Buffer.from('%PDF-1.7\n\x00\xff\x01 binary', 'latin1');
      await using site = await startSite((_request, response) => {
        if (sent !== undefined) response.setHeader('content-type', sent);
        response.end(bytes);
      });
      expect(await read(site)).toMatchObject({ contentType: 'application/pdf', text: '', bytes });
    },
  );

  test('loses the NUL characters in it', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<p>be\0fore and after ${'text '.repeat(20)}</p>`);
    });
    expect((await read(site)).text).toContain('before and after');
  });

  test('is asked for on the connection that robots.txt came over', async () => {
    const ports = new Set<number | undefined>();
    await using site = await startServer((request, response) => {
      ports.add(request.socket.remotePort);
      if (request.url === '/robots.txt') response.writeHead(404);
      response.end('text of some length');
    });
    await read(site);
    expect(site.requests).toHaveLength(2);
    expect(ports.size).toBe(1);
  });

  test('is asked for again when the kept connection had died', async () => {
    await using site = await startRawServer((_head, socket) => {
      const isFirst = site.connections.length === 1;
      if (isFirst) socket.destroy();
      else
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext',
        );
    });
    expect((await read(site)).text).toBe('text');
    expect(site.connections).toHaveLength(2);
  });
});

describe('a fault has its own reason', () => {
  test.each([400, 401, 403, 404, 410, 429, 500, 503, 206, 304])('HTTP %i', async (status) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(status).end(status === 304 ? undefined : '<p>page</p>');
    });
    expect(await reasonOf(read(site))).toBe(`HTTP ${status}`);
  });

  test('a status that may pass is worth another try, one that stays is not', async () => {
    await using site = await startSite((request, response) => {
      response.writeHead(request.url === '/busy' ? 503 : 404).end();
    });
    await expect(read(site, '/busy')).rejects.toMatchObject({ retryable: true });
    await expect(read(site, '/gone')).rejects.toMatchObject({ retryable: false });
  });

  test.each([204, 205, 200])('an empty body with status %i', async (status) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end();
    });
    expect(await reasonOf(read(site))).toBe('empty page');
  });

  test('a body of white space', async () => {
    await using site = await startSite((_request, response) => void response.end(' \r\n\t'));
    expect(await reasonOf(read(site))).toBe('empty page');
  });

  test.each(['image/png', 'video/mp4', 'image/svg+xml', 'application/zip', 'text/css'])(
    'a body of type %s, which is not read',
    async (type) => {
      await using site = await startSite((_request, response) => {
        response.writeHead(200, { 'content-type': type });
        response.write('an endless picture');
      });
      expect(await reasonOf(read(site))).toBe(`unsupported content type ${type}`);
    },
  );

  test.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['PK\x03\x04', 'application/zip'],
    ['\x00\x01\x02\x03\x04\x05\x06\x07', 'application/octet-stream'],
  ])('something else called HTML: %j', async (start, type) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(Buffer.from(start.repeat(3), 'latin1'));
    });
    expect(await reasonOf(read(site))).toBe(`unsupported content type ${type}`);
  });

  test.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'not an address',
    '//example.org/',
    'http://',
    '',
  ])('%j is not a web address', async (address) => {
    expect(await reasonOf(withFetcher({}, (fetchPage) => fetchPage(address)))).toBe(
      'not a web address',
    );
  });

  test.each([
    'http://user:secret@127.0.0.1/',
    'http://user@127.0.0.1/',
    'https://:pw@example.org/',
  ])('a password in %s, which is not repeated', async (address) => {
    const error: unknown = await withFetcher({}, (fetchPage) => fetchPage(address)).catch(
      (error: unknown) => error,
    );
    expect(error).toMatchObject({ name: 'PageError', message: 'address carries a password' });
  });

  test('an address of absurd length', async () => {
    const address = `http://example.org/${'a'.repeat(3000)}`;
    expect(await reasonOf(withFetcher({}, (fetchPage) => fetchPage(address)))).toBe(
      'address too long',
    );
  });

  test.each(['22', '25', '6379', '9200', '11211'])('port %s', async (port) => {
    const address = `http://example.org:${port}/`;
    expect(await reasonOf(withFetcher({}, (fetchPage) => fetchPage(address)))).toBe(
      `port ${port} not allowed`,
    );
  });

  test('a name that does not exist', async () => {
    const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    const lookup: HostLookup = () => Promise.reject(unknown);
    expect(
      await reasonOf(withFetcher({ lookup }, (fetchPage) => fetchPage('http://nowhere.test/'))),
    ).toBe('no such host');
  });

  test('a name without addresses', async () => {
    const addresses: [] = [];
    const lookup: HostLookup = () => Promise.resolve(addresses);
    expect(
      await reasonOf(withFetcher({ lookup }, (fetchPage) => fetchPage('http://nowhere.test/'))),
    ).toBe('no such host');
  });

  test('a refused connection', async () => {
    const site = await startSite((_request, response) => void response.end());
    await site.close();
    expect(await reasonOf(read(site))).toBe('connection refused');
  });

  test('a certificate that nobody vouches for', async () => {
    const server = createTlsServer(selfSignedCertificate(), (_request, response) => {
      response.end('secret');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const site = { host: '127.0.0.1', port, url: `https://127.0.0.1:${port}` };
    try {
      expect(await reasonOf(read(site))).toBe('certificate not trusted');
    } finally {
      server.close();
    }
  });

  test('https where only http is spoken', async () => {
    await using site = await startSite((_request, response) => void response.end());
    const secure = { ...hostOnly(site), url: site.url.replace('http:', 'https:') };
    expect(await reasonOf(read(secure))).toBe('no secure connection');
  });

  test.each([
    ['before the answer', ''],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['before the promised length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page'],
    ['between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ])('a connection cut %s', async (_when, sent) => {
    await using site = await startRawServer((_head, socket) => {
      socket.end(sent);
    });
    expect(await reasonOf(read(site))).toBe('connection cut');
  });

  test('a connection that is reset', async () => {
    await using site = await startRawServer((_head, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => {
        socket.resetAndDestroy();
      });
    });
    expect(await reasonOf(read(site))).toBe('connection cut');
  });

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'bad response'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n', 'bad response headers'],
    [
      'endless headers',
      `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      'bad response headers',
    ],
  ])('%s', async (_what, sent, reason) => {
    await using site = await startRawServer((_head, socket) => {
      socket.write(sent);
    });
    expect(await reasonOf(read(site))).toBe(reason);
  });

  test.each(['compress', 'gzip, gzip, gzip'])('content encoding %s', async (encoding) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      response.end('packed somehow');
    });
    expect(await reasonOf(read(site))).toBe(`unsupported content encoding ${encoding}`);
  });

  test.each(['gzip', 'deflate', 'br', 'zstd'])('damaged %s', async (encoding) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      response.end('<p>not packed at all</p>');
    });
    expect(await reasonOf(read(site))).toBe('damaged compression');
  });

  test('keeps the raw error as its cause', async () => {
    await using site = await startRawServer((_head, socket) => socket.end());
    await expect(read(site)).rejects.toMatchObject({
      message: 'connection cut',
      retryable: true,
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });
});

describe('size', () => {
  test('a body longer than allowed is cut off while it streams', async () => {
    const closed = Promise.withResolvers<void>();
    await using site = await startSite((_request, response) => {
      response.on('close', closed.resolve);
      response.writeHead(200, { 'content-type': 'text/plain' });
      const pour = (): void => {
        while (!response.destroyed && response.write('endless '.repeat(1000)));
      };
      response.on('drain', pour);
      pour();
    });
    expect(await reasonOf(read(site, '/page', { maxBytes: 100_000 }))).toBe('too large');
    await closed.promise;
  });

  test('a length that is announced too large is believed', async () => {
    await using site = await startRawServer((_head, socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99999999\r\n\r\nx',
      );
    });
    expect(await reasonOf(read(site))).toBe('too large');
  });

  test('a body of exactly the allowed length is read', async () => {
    await using site = await startSite((_request, response) => void response.end('12345'));
    expect((await read(site, '/page', { maxBytes: 5 })).text).toBe('12345');
    expect(await reasonOf(read(site, '/page', { maxBytes: 4 }))).toBe('too large');
  });

  test('a list may be longer than a page where its reader says so', async () => {
    await using site = await startSite((_request, response) => void response.end('12345'));
    const fetcher = createPageFetcher({
      userAgent: 'Istok',
      allowPrivateHosts: hostsOf(site),
      maxBytes: 4,
    });
    const { signal } = new AbortController();
    const page = fetcher.fetchPage(`${site.url}/page`, { signal });
    const list = fetcher.fetchPage(`${site.url}/page`, { signal, maxBytes: 5 });
    expect(await reasonOf(page)).toBe('too large');
    expect((await list).text).toBe('12345');
    await fetcher.close();
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['gzip, gzip', (bytes: Buffer) => gzipSync(gzipSync(bytes))],
  ])('a bomb in %s does not go off', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(8_000_000));
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      response.end(bomb);
    });
    expect(await reasonOf(read(site))).toBe('compressed beyond the limit');
  });

  test.each([
    ['is no bomb either', gzipSync(Buffer.alloc(8_000_000)), 'compressed beyond the limit'],
    ['may be damaged', gzipSync('packed text').subarray(0, 15), 'damaged compression'],
    [
      'holds text',
      gzipSync(Buffer.alloc(600, 1)),
      'unsupported content type application/octet-stream',
    ],
    ['is no box of boxes', gzipSync(gzipSync('text')), 'unsupported content type application/gzip'],
  ])('a packed file %s', async (_what, bytes, reason) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/gzip' });
      response.end(bytes);
    });
    expect(await reasonOf(read(site))).toBe(reason);
  });

  test('text within the limit is suspected when it shrinks as text never does', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end(gzipSync('a'.repeat(2_000_000)));
    });
    expect(await reasonOf(read(site))).toBe('compressed beyond the limit');
  });

  test('dull text is no bomb', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end(gzipSync('<tr><td>0</td></tr>'.repeat(10_000)));
    });
    expect((await read(site)).text).toHaveLength(190_000);
  });
});

describe('time', () => {
  test('one limit covers a server that never answers', async () => {
    const closed = Promise.withResolvers<void>();
    await using site = await startRawServer((_head, socket) => {
      socket.on('close', () => closed.resolve());
    });
    expect(await reasonOf(read(site, '/page', { timeoutMs: 300 }))).toBe('timeout');
    await closed.promise;
  });

  test('a body that drips is given up sooner, and its connection closed', async () => {
    const closed = Promise.withResolvers<void>();
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => {
        clearInterval(drip);
        closed.resolve();
      });
    });
    const options = { timeoutMs: 20_000, slowAfterMs: 100 };
    expect(await reasonOf(read(site, '/page', options))).toBe('sent too slowly');
    await closed.promise;
  });

  test('a body that stops in the middle is given up sooner', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('x'.repeat(5000));
    });
    const options = { timeoutMs: 20_000, slowAfterMs: 100 };
    expect(await reasonOf(read(site, '/page', options))).toBe('sent too slowly');
  });

  test('a body that comes little by little, but steadily, is read', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      let sent = 0;
      const pour = setInterval(() => {
        sent += 1;
        if (sent < 20) response.write('x'.repeat(1000));
        else response.end();
        if (sent >= 20) clearInterval(pour);
      }, 20);
    });
    const page = await read(site, '/page', { timeoutMs: 20_000, slowAfterMs: 200 });
    expect(page.text).toHaveLength(19_000);
  });

  test('one limit covers a body that never begins', async () => {
    await using site = await startSite((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).flushHeaders();
    });
    const options = { timeoutMs: 400, slowAfterMs: 50 };
    expect(await reasonOf(read(site, '/page', options))).toBe('timeout');
  });

  test('it covers headers that drip', async () => {
    await using site = await startRawServer((_head, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('X: y\r\n'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await reasonOf(read(site, '/page', { timeoutMs: 300 }))).toBe('timeout');
  });

  test('it covers a name that is never resolved', async () => {
    const never = Promise.withResolvers<[]>();
    const options = { lookup: () => never.promise, timeoutMs: 300 };
    expect(
      await reasonOf(withFetcher(options, (fetchPage) => fetchPage('http://slow.test/'))),
    ).toBe('robots.txt could not be read');
    never.resolve([]);
  });

  test('it covers redirects together', async () => {
    await using site = await startSite((request, response) => {
      const step = Number(request.url?.slice(1)) + 1;
      setTimeout(() => response.writeHead(302, { location: `/${step}` }).end(), 90);
    });
    expect(await reasonOf(read(site, '/0', { timeoutMs: 300 }))).toBe('timeout');
    expect(site.requests.length).toBeLessThan(6);
  });

  test('a promised length that never comes is not waited for', async () => {
    await using site = await startRawServer((_head, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page');
    });
    const options = { timeoutMs: 20_000, slowAfterMs: 100 };
    expect(await reasonOf(read(site, '/page', options))).toBe('sent too slowly');
  });

  test('a caller who gives up is answered at once', async () => {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    await using site = await startRawServer((_head, socket) => {
      socket.on('close', () => closed.resolve());
      asked.resolve();
    });
    const controller = new AbortController();
    await withFetcher({ allowPrivateHosts: hostsOf(site) }, async (fetchPage) => {
      const reason = reasonOf(fetchPage(site.url, controller.signal));
      await asked.promise;
      controller.abort();
      expect(await reason).toBe('cancelled');
      await closed.promise;
    });
  });

  test('a caller whose time is over reads so', async () => {
    await using site = await startRawServer(() => {});
    await withFetcher({ allowPrivateHosts: hostsOf(site) }, async (fetchPage) => {
      expect(await reasonOf(fetchPage(site.url, AbortSignal.timeout(40)))).toBe('timeout');
    });
  });

  test('a caller who gave up before is not answered by a request', async () => {
    await using site = await startSite((_request, response) => void response.end('text'));
    await withFetcher({ allowPrivateHosts: hostsOf(site) }, async (fetchPage) => {
      expect(await reasonOf(fetchPage(site.url, AbortSignal.abort()))).toBe('cancelled');
    });
    expect(site.requests).toEqual([]);
  });

  test('closing cuts what is under way', async () => {
    const asked = Promise.withResolvers<void>();
    await using site = await startRawServer(() => {
      asked.resolve();
    });
    const fetcher = createPageFetcher({ userAgent: 'Istok', allowPrivateHosts: hostsOf(site) });
    const reason = reasonOf(fetcher.fetchPage(site.url, { signal }));
    await asked.promise;
    await fetcher.close();
    expect(await reason).toBe('cancelled');
  });
});

test('closing also cuts a connection that is still being made', async () => {
  const connected = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const silent = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => closed.resolve());
    // The first bytes of a TLS handshake that is never answered.
    socket.once('data', () => connected.resolve());
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const fetcher = createPageFetcher({
    userAgent: 'Istok',
    allowPrivateHosts: [`127.0.0.1:${port}`],
  });
  const reason = reasonOf(fetcher.fetchPage(`https://127.0.0.1:${port}/`, { signal }));
  await connected.promise;
  await fetcher.close();
  expect(await reason).toBe('cancelled');
  await closed.promise;
  silent.close();
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed to a relative address', async (status) => {
    await using site = await startSite((request, response) => {
      if (request.url === '/old/page')
        response.writeHead(status, { location: '../new#part' }).end();
      else response.end('moved');
    });
    const page = await read(site, '/old/page');
    expect(page).toMatchObject({
      requestedUrl: `${site.url}/old/page`,
      url: `${site.url}/new`,
      text: 'moved',
    });
  });

  test('raw UTF-8 in the address is understood', async () => {
    await using site = await startRawServer((head, socket) => {
      const location = Buffer.from('/вики').toString('latin1');
      const answer = head.startsWith('GET /%D0%B2%D0%B8%D0%BA%D0%B8 ')
        ? 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok'
        : `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
      socket.write(answer, 'latin1');
    });
    expect((await read(site)).text).toBe('ok');
  });

  test('five are followed, six are too many', async () => {
    await using site = await startSite((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end('arrived');
    });
    expect((await read(site, '/5')).text).toBe('arrived');
    expect(await reasonOf(read(site, '/6'))).toBe('too many redirects');
  });

  test('a circle is seen', async () => {
    await using site = await startSite((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end();
    });
    expect(await reasonOf(read(site, '/a'))).toBe('redirect loop');
    expect(site.requests.filter(({ path }) => path !== '/robots.txt')).toHaveLength(2);
  });

  test('one without an address is a fault of its own', async () => {
    await using site = await startSite((_request, response) => void response.writeHead(302).end());
    expect(await reasonOf(read(site))).toBe('HTTP 302');
  });

  test.each([
    ['file:///etc/passwd', 'not a web address'],
    ['javascript:alert(1)', 'not a web address'],
    ['http://user:secret@127.0.0.1/', 'address carries a password'],
    ['http://127.0.0.1:22/', 'port 22 not allowed'],
    ['http://127.0.0.1/', 'not a public address'],
    ['http://169.254.169.254/latest/meta-data/', 'not a public address'],
    ['http://[::1]/', 'not a public address'],
    ['//10.0.0.1/', 'not a public address'],
  ])('one to %s is refused', async (location, reason) => {
    await using site = await startSite((_request, response) => {
      response.writeHead(302, { location }).end();
    });
    expect(await reasonOf(read(site))).toBe(reason);
  });

  test('one to a private neighbour is refused without a connection', async () => {
    await using inside = await startRawServer(() => {}, { host: '127.0.0.3' });
    await using site = await startSite((_request, response) => {
      response.writeHead(302, { location: `${inside.url}/admin` }).end();
    }, '127.0.0.2');
    expect(await reasonOf(read(site))).toBe(`port ${inside.port} not allowed`);
    expect(inside.connections).toEqual([]);
  });

  test('one from an address that is let through to another that is let through is followed', async () => {
    await using target = await startSite(
      (_request, response) => void response.end('there'),
      '127.0.0.3',
    );
    await using site = await startSite((_request, response) => {
      response.writeHead(302, { location: `${target.url}/x` }).end('x'.repeat(1000));
    }, '127.0.0.2');
    const page = await withFetcher({ allowPrivateHosts: hostsOf(site, target) }, (fetchPage) =>
      fetchPage(site.url),
    );
    expect(page.url).toBe(`${target.url}/x`);
    expect(target.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/x']);
  });

  test('a body beside a redirect that never ends holds nothing up', async () => {
    await using site = await startSite((request, response) => {
      if (request.url === '/new') response.end('arrived');
      else response.writeHead(302, { location: '/new' }).write('and so on');
    });
    expect((await read(site)).text).toBe('arrived');
  });
});

function hostOnly({ host, port }: Site): Pick<Site, 'host' | 'port'> {
  return { host, port };
}
