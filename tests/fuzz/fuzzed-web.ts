import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { FetchedPage } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';
import { startRawServer } from '../support/raw-server.ts';
import type { RawServer } from '../support/raw-server.ts';

const { signal } = new AbortController();
const timeoutMs = 400;

/** What the one allowed server sends, whole, and whether it hangs up then. */
export interface Sent {
  robots: Buffer;
  page: Buffer;
  hangsUp: boolean;
}

/** One server that may be read, and a canary where nobody may go. */
export interface FuzzedWeb extends AsyncDisposable {
  /** `host:port` of the one that may be read. */
  readonly allowed: string;
  readonly canaryPort: number;
  /** How often the canary was reached. */
  touched(): number;
  send(sent: Sent): void;
  /** What is wrong with what fetching its page came to; null when it is a page or a reason, in time. */
  faultOfFetching(): Promise<string | null>;
}

export async function startFuzzedWeb(host: string): Promise<FuzzedWeb> {
  let sent: Sent = { robots: Buffer.alloc(0), page: Buffer.alloc(0), hangsUp: true };
  let touched = 0;
  const web = await startRawServer(
    (head, socket) => {
      const asksForRobots = head.startsWith('GET /robots.txt ');
      socket.write(asksForRobots ? sent.robots : sent.page);
      if (sent.hangsUp && !asksForRobots) socket.end();
    },
    { host, answersRobots: false },
  );
  const canary = createServer((socket) => {
    touched += 1;
    socket.destroy();
  });
  const canaryPort = await listen(canary);
  return {
    allowed: `${web.host}:${web.port}`,
    canaryPort,
    touched: () => touched,
    send: (next) => void (sent = next),
    faultOfFetching: () => faultOfFetching(web),
    async [Symbol.asyncDispose]() {
      canary.close();
      await web[Symbol.asyncDispose]();
    },
  };
}

const page = '<!doctype html><title>Волга</title><p>Волга — крупнейшая река Европы.</p>';
export const head = (lines: string[], body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
const html = 'Content-Type: text/html; charset=utf-8';
const compressed = (name: string, body: Buffer): Buffer => {
  return head(
    ['HTTP/1.1 200 OK', html, `Content-Encoding: ${name}`, `Content-Length: ${body.length}`],
    body,
  );
};

export const responses = [
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
export const robots = [
  head(['HTTP/1.1 404 Not Found', 'Content-Length: 0'], ''),
  head(
    ['HTTP/1.1 200 OK', 'Content-Type: text/plain', 'Content-Length: 45'],
    'User-agent: *\nDisallow: /a*b$\nCrawl-delay: 0\n',
  ),
];
async function faultOfFetching(web: RawServer): Promise<string | null> {
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
    .fetchPage(`${web.url}/page`, { signal })
    .then((page) => faultOfPage(page, web), faultOfReason)
    .finally(() => fetcher.close());
  const elapsedMs = performance.now() - startedAt;
  return elapsedMs > 2000 ? `took ${elapsedMs} ms` : fault;
}

function faultOfReason(error: unknown): string | null {
  if (!(error instanceof PageError)) return `threw ${String(error)}`;
  const isReason = /^[a-zA-Z][^\n]{3,120}$/u.test(error.message);
  return isReason ? null : `gave the reason ${error.message}`;
}

function faultOfPage(
  { text, bytes, url, contentType }: FetchedPage,
  web: RawServer,
): string | null {
  if (new URL(url).host !== `${web.host}:${web.port}`) return `came from ${url}`;
  if (bytes.length > 100_000) return `has ${bytes.length} bytes`;
  if (text.includes('\0')) return 'holds a NUL';
  return text.trim() === '' && contentType !== 'application/pdf' ? 'is empty' : null;
}

/** On a port that the web uses, so that the address alone keeps everybody out; else on any. */
async function listen(server: Server): Promise<number> {
  for (const port of [8080, 8443, 0]) {
    server.listen(port, '127.44.8.77');
    const listens = once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (await listens) break;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
