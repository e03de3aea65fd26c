import { once } from 'node:events';
import { createServer } from 'node:net';
import { brotliCompressSync, createGzip, gzipSync, zstdCompressSync } from 'node:zlib';

import { afterEach, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { PageFetcherOptions } from '../../../retrieval/crawl/fetch-page.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackServer } from '../../support/loopback-server.ts';
import { startRawServer } from '../../support/raw-server.ts';

const signal = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** The text of the page, or why there is none. */
function read(
  url: string,
  allowed: (Pick<LoopbackServer, 'host' | 'port'> | string)[],
  options: Partial<PageFetcherOptions> = {},
): Promise<string> {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts: allowed.map((site) =>
      typeof site === 'string' ? site : `${site.host}:${site.port}`,
    ),
    ...options,
  });
  closers.push(() => fetcher.close());
  return fetcher.fetchPage(url, { signal }).then(
    ({ text }) => text,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext';

describe('a server that speaks oddly', () => {
  test.each([
    ['early hints', `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n${page}`, 'text'],
    ['processing', `HTTP/1.1 102 Processing\r\n\r\n${page}`, 'text'],
    ['an unknown 1xx', `HTTP/1.1 199 Whatever\r\n\r\n${page}`, 'text'],
    ['lower-case names', page.replaceAll(/Content-\w+/gu, (name) => name.toLowerCase()), 'text'],
    ['HTTP/1.0', page.replace('HTTP/1.1', 'HTTP/1.0'), 'text'],
    ['a body that the end of the connection ends', 'HTTP/1.0 200 OK\r\n\r\ntext', 'text'],
    ['more than it announced', `${page} and more`, 'text'],
    [
      'lengths that differ',
      'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\ntext',
      'connection cut',
    ],
    [
      'a length that is none',
      'HTTP/1.1 200 OK\r\nContent-Length: four\r\n\r\ntext',
      'bad response headers',
    ],
    [
      'a chunk that is none',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\ntext\r\n0\r\n\r\n',
      'bad response',
    ],
    [
      'a last chunk without an end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\n',
      'connection cut',
    ],
    ['HTTP/0.9', '<p>text without a head</p>', 'bad response'],
    ['HTTP/9.9', page.replace('HTTP/1.1', 'HTTP/9.9'), 'bad response'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\ntext', 'bad response headers'],
    ['binary noise', '\x00\x01\x02\x03\xff\xfe'.repeat(100), 'bad response'],
  ])('%s', async (_what, sent, expected) => {
    await using site = await startRawServer((_head, socket) => {
      socket.end(sent, 'latin1');
    });
    expect(await read(site.url, [site])).toBe(expected);
  });

  test.each([
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'],
    ['a 100 that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${page}`],
  ])('%s is a bad response or a cut', async (_what, sent) => {
    await using site = await startRawServer((_head, socket) => void socket.end(sent));
    expect(await read(site.url, [site])).toMatch(/^(?:bad response|connection cut)$/u);
  });

  test('hints without end are cut off when the time of the page is over', async () => {
    await using site = await startRawServer((_head, socket) => {
      const pour = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5);
      socket.on('close', () => clearInterval(pour));
    });
    expect(await read(site.url, [site], { timeoutMs: 300 })).toBe('timeout');
  });

  test('ten thousand headers are too many', async () => {
    await using site = await startRawServer((_head, socket) => {
      const headers = Array.from({ length: 10_000 }, (_, at) => `X-${at}: y`).join('\r\n');
      socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\ntext`);
    });
    expect(await read(site.url, [site])).toBe('bad response headers');
  });

  test('trailers without end are cut off', async () => {
    await using site = await startRawServer((_head, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\n');
      const pour = setInterval(() => socket.write(`X: ${'y'.repeat(1000)}\r\n`), 1);
      socket.on('close', () => clearInterval(pour));
    });
    expect(await read(site.url, [site], { timeoutMs: 1000 })).toMatch(
      /^(?:bad response headers|timeout)$/u,
    );
  });
});

describe('a body that is packed', () => {
  test.each([
    ['br, gzip', (bytes: Buffer) => gzipSync(brotliCompressSync(bytes))],
    ['zstd, br', (bytes: Buffer) => brotliCompressSync(zstdCompressSync(bytes))],
    ['zstd, zstd', (bytes: Buffer) => zstdCompressSync(zstdCompressSync(bytes))],
  ])('twice, as %s, is no way around the limit', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(50_000_000));
    await using site = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      response.end(bomb);
    });
    const before = process.memoryUsage.rss();
    expect(await read(`${site.url}/page`, [site])).toMatch(
      /^(?:compressed beyond the limit|robots\.txt could not be read)$/u,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(60_000_000);
  });

  test('without end is cut off while it streams', async () => {
    const closed = Promise.withResolvers<void>();
    await using site = await startRawServer((_head, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n');
      const gzip = createGzip({ level: 0 });
      gzip.pipe(socket);
      const pour = setInterval(() => gzip.write('x'.repeat(50_000)), 1);
      socket.on('close', () => {
        clearInterval(pour);
        closed.resolve();
      });
    });
    expect(await read(site.url, [site], { maxBytes: 500_000 })).toBe('too large');
    await closed.promise;
  });

  test('and cut in the middle is damaged, not short', async () => {
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end();
      const packed = gzipSync('text '.repeat(10_000));
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
      return void response.end(packed.subarray(0, packed.length - 20));
    });
    expect(await read(`${site.url}/page`, [site])).toBe('damaged compression');
  });
});

describe('an address inside', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '１２７.0.0.1',
    '127。0。0。1',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::127.0.0.1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::80ff:fffe]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '169.254.169.254',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'canary.localhost',
    'canary.localhost.',
    'inside.test',
    'inside.test.',
    'внутри.test',
    'xn--b1amarcd.test',
  ])('is not reached as %s, neither named nor by a redirect', async (host) => {
    const { port, touched } = await canary();
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(302, { location: asSent(`http://${host}:${port}/`) }).end();
    });
    const lookup = toThisMachine;
    const refused = /^(?:port \d+ not allowed|not a public address|not a web address)$/u;
    expect(await read(`http://${host}:${port}/`, [site], { lookup })).toMatch(refused);
    expect(await read(`http://${host}/`, [site], { lookup })).toMatch(refused);
    expect(await read(site.url, [site], { lookup })).toMatch(refused);
    expect(touched()).toBe(0);
  });

  test('is reached when it is allowed, so the tests above would notice', async () => {
    const { port, touched } = await canary();
    expect(await read(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port}`])).toBe('text');
    expect(touched()).toBeGreaterThan(0);
  });

  test('is not let through by the name of another host that is', async () => {
    const { port, touched } = await canary();
    const lookup = toThisMachine;
    const allowed = [`good.test:${port}`];
    const address = `http://evil.test:${port}/`;
    expect(await read(address, allowed, { lookup })).toBe(`port ${port} not allowed`);
    const withUser = `http://good.test:${port}@evil.test:${port}/`;
    expect(await read(withUser, allowed, { lookup })).toBe('address carries a password');
    expect(touched()).toBe(0);
  });

  test('is reached under a name in any script when that name is allowed', async () => {
    await using site = await startServer(
      ({ headers }, response) => void response.end(`for ${headers.host ?? ''}`),
    );
    const options: Partial<PageFetcherOptions> = {
      lookup: toThisMachine,
    };
    const address = `http://Пример.test:${site.port}/`;
    expect(await read(address, [`пример.test:${site.port}`], options)).toBe(
      `for xn--e1afmkfd.test:${site.port}`,
    );
  });

  test.each([1, 22, 25, 53, 111, 135, 139, 445, 2375, 3306, 5432, 6379, 9200, 11_211, 27_017])(
    'is not asked on port %i',
    async (port) => {
      expect(await read(`http://example.org:${port}/`, [])).toBe(`port ${port} not allowed`);
    },
  );

  test.each(['http://example.org:99999/', 'http://example.org:-1/', 'http://exa mple.org/'])(
    '%s is no web address',
    async (address) => {
      expect(await read(address, [])).toBe('not a web address');
    },
  );
});

/** Listens where nobody may go, on every address of this machine. */
async function canary(): Promise<{ port: number; touched: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.resume().end(page);
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  closers.push(async () => {
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { port, touched: () => connections };
}

/** Headers are Latin-1, and servers send UTF-8 in them. */
function asSent(header: string): string {
  return Buffer.from(header).toString('latin1');
}

function toThisMachine(): Promise<{ address: string; family: number }[]> {
  return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
}
