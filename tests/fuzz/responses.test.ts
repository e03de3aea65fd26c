import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { FetchedPage } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';
import { startRawServer } from '../support/raw-server.ts';
import type { RawServer } from '../support/raw-server.ts';
import { fuzzRuns } from './fuzz-runs.ts';
import { mutations } from './mutations.ts';

const { signal } = new AbortController();
const timeoutMs = 400;

/** What the one allowed server sends, whole, and whether it hangs up then. */
let sent: { robots: Buffer; page: Buffer; hangsUp: boolean };
let web: RawServer;

/** Stands where nobody may go. */
let canary: Server;
let canaryPort: number;
let touched = 0;

beforeAll(async () => {
  web = await startRawServer(
    (head, socket) => {
      const asksForRobots = head.startsWith('GET /robots.txt ');
      socket.write(asksForRobots ? sent.robots : sent.page);
      if (sent.hangsUp && !asksForRobots) socket.end();
    },
    { host: '127.44.8.2', answersRobots: false },
  );
  canary = createServer((socket) => {
    touched += 1;
    socket.destroy();
  });
  canaryPort = await listen(canary);
});

beforeEach(() => {
  touched = 0;
});

afterAll(async () => {
  canary.close();
  await web[Symbol.asyncDispose]();
});

const page = '<!doctype html><title>Волга</title><p>Волга — крупнейшая река Европы.</p>';
const head = (lines: string[], body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
const html = 'Content-Type: text/html; charset=utf-8';
const compressed = (name: string, body: Buffer): Buffer => {
  return head(
    ['HTTP/1.1 200 OK', html, `Content-Encoding: ${name}`, `Content-Length: ${body.length}`],
    body,
  );
};

const responses = [
  head(['HTTP/1.1 200 OK', html, `Content-Length: ${Buffer.byteLength(page)}`], page),
  head(
    ['HTTP/1.1 200 OK', html, 'Transfer-Encoding: chunked'],
    `${Buffer.byteLength(page).toString(16)}\r\n${page}\r\n0\r\n\r\n`,
  ),
  head(['HTTP/1.0 200 OK', 'Content-Type: text/plain', 'Connection: close'], 'Волга. '.repeat(9)),
  compressed('gzip', gzipSync(page)),
  compressed('br', brotliCompressSync(page)),
  compressed('deflate', deflateSync(page)),
  head(['HTTP/1.1 301 Moved', 'Location: /other', 'Content-Length: 0'], ''),
  head(['HTTP/1.1 503 Busy', 'Retry-After: 1', 'Content-Length: 4'], 'busy'),
];
const robots = [
  head(['HTTP/1.1 404 Not Found', 'Content-Length: 0'], ''),
  head(
    ['HTTP/1.1 200 OK', 'Content-Type: text/plain', 'Content-Length: 45'],
    'User-agent: *\nDisallow: /a*b$\nCrawl-delay: 0\n',
  ),
];
const pieces = [
  ...'\r\n|\n|\r|\0|:|: |HTTP/1.1 |HTTP/9.9 999 |200 |-1|99999999999999999999|0x10|ffffffffffffffff\r\n'.split(
    '|',
  ),
  ...'Content-Length: 5\r\n|Content-Length: -5\r\n|Content-Length: 1e9\r\n|Content-Length: 99999999\r\n'.split(
    '|',
  ),
  ...'Transfer-Encoding: chunked\r\n|Transfer-Encoding: gzip, chunked\r\n|Content-Encoding: gzip, gzip, gzip\r\n'.split(
    '|',
  ),
  ...'Content-Encoding: zstd\r\n|Content-Encoding: nonsense\r\n|Content-Type: \r\n|Content-Type: text/html;;;\r\n'.split(
    '|',
  ),
  ...'HTTP/1.1 100 Continue\r\n\r\n|HTTP/1.1 101 Switching Protocols\r\n\r\n|HTTP/1.1 204 No\r\n\r\n'.split(
    '|',
  ),
  ...'Location: \r\n|Location: /robots.txt\r\n|Set-Cookie: a=b\r\n|0\r\n\r\n|X: y\r\n|\xff\xfe|Trailer: X\r\n'.split(
    '|',
  ),
];

describe('a response changed at random', () => {
  const changes = mutations({ pieces, donors: [...responses, ...robots] });
  // A page that is not over keeps its reader waiting for the whole of its time.
  const hangsUp = fc.integer({ min: 1, max: 20 }).map((number) => number > 1);

  test('gives a page or a reason, in time', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...responses),
      fc.constantFrom(...robots),
      changes,
      fc.constantFrom('page', 'page', 'robots'),
      hangsUp,
      async (response, rules, change, which, hangsUp) => {
        sent = {
          page: which === 'page' ? change(response) : response,
          robots: which === 'robots' ? change(rules) : rules,
          hangsUp,
        };
        const fault = await faultOfFetching(`${web.url}/page`);
        if (fault !== null) throw new Error(fault);
      },
    );
    await fc.assert(property, fuzzRuns(20));
    expect(touched).toBe(0);
  });
});

describe('a redirect to an address that is not public', () => {
  test('reaches nobody, however it is spelled', async () => {
    const property = fc.asyncProperty(
      spellings(),
      fc.constantFrom(301, 302, 303, 307, 308),
      fc.constantFrom('page', 'robots'),
      async (target, status, which) => {
        const redirect = head([`HTTP/1.1 ${status} X`, `Location: ${target}`], '');
        const fine = responses[0] ?? redirect;
        sent = {
          page: which === 'page' ? redirect : fine,
          robots: which === 'robots' ? redirect : (robots[0] ?? redirect),
          hangsUp: true,
        };
        const fault = await faultOfFetching(`${web.url}/page`);
        if (fault !== null) throw new Error(fault);
        if (touched > 0) throw new Error(`${target} was reached`);
      },
    );
    await fc.assert(property, fuzzRuns(10));
    expect(touched).toBe(0);
  });

  test('would be noticed', async () => {
    const fetcher = createPageFetcher({
      userAgent: 'Istok/test',
      allowPrivateHosts: [`127.44.8.77:${canaryPort}`],
    });
    const fetching = fetcher.fetchPage(`http://127.44.8.77:${canaryPort}/`, { signal });
    await expect(fetching).rejects.toThrow(PageError);
    await fetcher.close();
    expect(touched).toBeGreaterThan(0);
  });
});

/** 127.44.8.77 and its like, as URLs, resolvers and people write them, on the canary's port. */
function spellings(): fc.Arbitrary<string> {
  const hosts = (
    '127.44.8.77 2133592141 0x7f2c084d 0177.054.010.0115 017713004115 127.2885709 127.44.2125 ' +
    '0x7f.44.8.77 127.44.8.77. [::ffff:127.44.8.77] [::ffff:7f2c:84d] [0:0:0:0:0:ffff:127.44.8.77] ' +
    '[64:ff9b::127.44.8.77] [::127.44.8.77] [2002:7f2c:084d::] [::1] [::] 0.0.0.0 0 127.1 localhost ' +
    'canary.localhost LOCALHOST. １２７.44.8.77 127。44。8。77 %31%32%37.44.8.77 canary.example ' +
    'mixed.example 169.254.169.254 [fd00::1] [fe80::1] 10.0.0.1 168.63.129.16 192.168.0.1'
  ).split(' ');
  const allowed = `${web.host}:${web.port}`;
  const schemes = [
    'http://',
    'HTTP://',
    '//',
    'http:',
    'http:/',
    'http:\\\\',
    ' http://',
    'ht\ttp://',
  ];
  const users = ['', '', '', 'user@', 'user:secret@', `${allowed}@`, '@', ':@'];
  const ports = [`:${canaryPort}`, `:${canaryPort}`, `:0${canaryPort}`, '', ':80', ':22', ':65536'];
  const ends = ['/', '', '/page', '?x', '#x', `#@${allowed}`, '\\page', '/../..'];
  return fc
    .tuple(
      fc.constantFrom(...schemes),
      fc.constantFrom(...users),
      fc.constantFrom(...hosts),
      fc.constantFrom(...ports),
      fc.constantFrom(...ends),
    )
    .map((parts) => parts.join(''));
}

async function faultOfFetching(url: string): Promise<string | null> {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs,
    maxBytes: 100_000,
    minGapMs: 0,
    allowPrivateHosts: [`${web.host}:${web.port}`],
    lookup: async (name) => {
      const canaryAddress = { address: '127.44.8.77', family: 4 };
      if (name.startsWith('canary')) return [canaryAddress];
      if (name.startsWith('mixed')) return [{ address: '192.0.2.1', family: 4 }, canaryAddress];
      if (name.startsWith('localhost')) return [{ address: '127.0.0.1', family: 4 }];
      throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    },
  });
  const startedAt = performance.now();
  const fault = await fetcher
    .fetchPage(url, { signal })
    .then(faultOfPage, faultOfReason)
    .finally(() => fetcher.close());
  const elapsedMs = performance.now() - startedAt;
  return elapsedMs > 2000 ? `took ${elapsedMs} ms` : fault;
}

function faultOfReason(error: unknown): string | null {
  if (!(error instanceof PageError)) return `threw ${String(error)}`;
  const isReason = /^[a-zA-Z][^\n]{3,120}$/u.test(error.message);
  return isReason ? null : `gave the reason ${error.message}`;
}

function faultOfPage({ text, bytes, url, contentType }: FetchedPage): string | null {
  if (new URL(url).host !== `${web.host}:${web.port}`) return `came from ${url}`;
  if (bytes.length > 100_000) return `has ${bytes.length} bytes`;
  if (text.includes('\0')) return 'holds a NUL';
  return text.trim() === '' && contentType !== 'application/pdf' ? 'is empty' : null;
}

/** On a port that the web uses, so that the address alone keeps everybody out; else on any. */
async function listen(server: Server): Promise<number> {
  for (const port of [8080, 8443, 0]) {
    server.listen(port, '127.44.8.77');
    const listening = once(server, 'listening').then(() => true);
    const failed = once(server, 'error').then(() => false);
    if (await Promise.race([listening, failed.catch(() => false)])) break;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
