import { readdirSync, writeFileSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type {
  FetchedPage,
  FetchPageOptions,
  PageFetcherOptions,
} from '../../../retrieval/crawl/fetch-page.ts';
import { createPageCache } from '../../../retrieval/crawl/page-cache.ts';
import { openPageStore } from '../../../retrieval/crawl/page-store.ts';
import { encodeText } from '../../support/charset-encoder.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const signal = new AbortController().signal;
const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 12, 0, 0);

interface Reader extends AsyncDisposable {
  /** Goes on by itself never. */
  time: number;
  problems: string[];
  read(path: string, options?: Partial<FetchPageOptions>): Promise<FetchedPage>;
  reasonFor(path: string, options?: Partial<FetchPageOptions>): Promise<string>;
}

/** A fetcher with a cache in the folder. */
function readerOf(
  site: Pick<LoopbackServer, 'host' | 'port' | 'url'>,
  folder: string,
  options: Partial<PageFetcherOptions> & { cacheBytes?: number } = {},
): Reader {
  const reader = { time: start, problems: [] as string[] };
  const { cacheBytes, ...others } = options;
  const now = (): number => reader.time;
  const store = openPageStore({
    file: join(folder, 'pages.sqlite'),
    now,
    onProblem: (sentence) => reader.problems.push(sentence.replaceAll(folder, '')),
    ...(cacheBytes === undefined ? {} : { maxBytes: cacheBytes }),
  });
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts: [`${site.host}:${site.port}`],
    cache: createPageCache({ store, maxBytes: 3_000_000, now }),
    now,
    ...others,
  });
  const read: Reader['read'] = (path, own) =>
    fetcher.fetchPage(site.url + path, { signal, ...own });
  return Object.assign(reader, {
    read,
    reasonFor: (path: string, own?: Partial<FetchPageOptions>) =>
      read(path, own).then(
        () => 'it was read',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
    async [Symbol.asyncDispose]() {
      await fetcher.close();
      store.close();
    },
  });
}

/** Without robots.txt, so that only pages are counted. */
function startSite(handler: LoopbackHandler): Promise<LoopbackServer> {
  return startServer((request, response) => {
    if (request.url === '/robots.txt') return void response.writeHead(404).end();
    return handler(request, response);
  });
}

/** Text that hardly shrinks. */
function noise(words: number): string {
  return Array.from({ length: words }, () => Math.random().toString(36)).join('');
}

function asked(site: LoopbackServer): string[] {
  return site.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');
}

describe('a page that was read', () => {
  test('is not asked for again while it is fresh, also by the next program', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=windows-1251');
      response.setHeader('etag', '"one"');
      response.setHeader('last-modified', 'Wed, 21 Oct 2026 07:28:00 GMT');
      response.end(encodeText('<p>Исток реки</p>', 'windows-1251'));
    });
    let first: FetchedPage;
    {
      await using reader = readerOf(site, folder.path);
      first = await reader.read('/page');
      expect(first).toMatchObject({ from: 'network', etag: '"one"', text: '<p>Исток реки</p>' });
      reader.time += 5 * MINUTE;
      expect(await reader.read('/page#part')).toEqual({
        ...first,
        requestedUrl: `${site.url}/page#part`,
        from: 'cache',
      });
    }
    await using reader = readerOf(site, folder.path);
    expect(await reader.read('/page')).toEqual({ ...first, from: 'cache' });
    expect(asked(site)).toEqual(['/page']);
  });

  test('is asked for again when it is older than the caller wants', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((_request, response) => {
      response.setHeader('cache-control', 'max-age=3600');
      response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    reader.time += MINUTE;
    expect((await reader.read('/page', { maxAgeMs: 2 * MINUTE })).from).toBe('cache');
    expect((await reader.read('/page', { maxAgeMs: MINUTE })).from).toBe('network');
    expect((await reader.read('/page', { maxAgeMs: 0 })).from).toBe('network');
    expect(asked(site)).toHaveLength(3);
  });

  test.each([
    [{ etag: 'W/"one"' }, { 'if-none-match': 'W/"one"' }],
    [
      { 'last-modified': 'Wed, 21 Oct 2026 07:28:00 GMT' },
      { 'if-modified-since': 'Wed, 21 Oct 2026 07:28:00 GMT' },
    ],
  ])('is asked about by %j and kept when it has not changed', async (validators, conditions) => {
    await using folder = await temporaryFolder();
    await using site = await startSite((request, response) => {
      for (const [name, value] of Object.entries(validators)) response.setHeader(name, value);
      response.setHeader('cache-control', 'max-age=60');
      const isKnown = Object.keys(conditions).some((name) => name in request.headers);
      if (isKnown) response.writeHead(304).end();
      else response.end('text of the page');
    });
    await using reader = readerOf(site, folder.path);
    const first = await reader.read('/page');
    reader.time += 2 * MINUTE;
    const second = await reader.read('/page');
    expect(second).toEqual({
      ...first,
      fetchedAt: '2026-11-23T12:02:00.000Z',
      from: 'revalidated',
    });
    expect((await reader.read('/page')).from).toBe('cache');
    expect((await reader.read('/page', { maxAgeMs: 0 })).from).toBe('revalidated');
    expect(asked(site)).toHaveLength(3);
    expect(site.requests.at(-1)?.headers).toMatchObject(conditions);
    expect(site.requests.at(1)?.headers).not.toHaveProperty(Object.keys(conditions)[0] ?? '');
  });

  test('is replaced when it has changed', async () => {
    await using folder = await temporaryFolder();
    let version = 1;
    await using site = await startSite((request, response) => {
      const etag = `"${version}"`;
      response.setHeader('etag', etag);
      response.setHeader('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.end(`version ${version}`);
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    expect(await reader.read('/page')).toMatchObject({ from: 'revalidated', text: 'version 1' });
    version = 2;
    expect(await reader.read('/page')).toMatchObject({ from: 'network', text: 'version 2' });
    expect(await reader.read('/page')).toMatchObject({ from: 'revalidated', text: 'version 2' });
  });

  test('is not asked about by what is no ETag or by a date that is to come', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((_request, response) => {
      response.setHeader('etag', 'bare words');
      response.setHeader('last-modified', 'Wed, 21 Oct 2037 07:28:00 GMT');
      response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    expect((await reader.read('/page')).etag).toBeNull();
    expect((await reader.read('/page', { maxAgeMs: 0 })).from).toBe('network');
    expect(site.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
    expect(site.requests.at(-1)?.headers).not.toHaveProperty('if-modified-since');
  });

  test.each(['no-store', 'private', 'max-age=0'])(
    'is not kept with Cache-Control: %s, and what was kept is gone',
    async (header) => {
      await using folder = await temporaryFolder();
      let sent = 'max-age=3600';
      await using site = await startSite((_request, response) => {
        response.setHeader('cache-control', sent);
        response.end('text');
      });
      await using reader = readerOf(site, folder.path);
      await reader.read('/page');
      sent = header;
      await reader.read('/page', { maxAgeMs: 0 });
      expect((await reader.read('/page')).from).toBe('network');
      expect(asked(site)).toHaveLength(3);
    },
  );

  test('is found by the address that leads to it, and asked about where it lies', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((request, response) => {
      response.setHeader('etag', '"one"');
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else if ('if-none-match' in request.headers) response.writeHead(304).end();
      else response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/old');
    expect(await reader.read('/old')).toMatchObject({ from: 'cache', url: `${site.url}/new` });
    expect(await reader.read('/old', { maxAgeMs: 0 })).toMatchObject({ from: 'revalidated' });
    expect(site.requests.at(-2)?.headers).not.toHaveProperty('if-none-match');
    expect(asked(site)).toEqual(['/old', '/new', '/old', '/new']);
  });

  test('is forgotten when its server says that it is gone', async () => {
    await using folder = await temporaryFolder();
    let isGone = false;
    await using site = await startSite((_request, response) => {
      response.setHeader('cache-control', 'max-age=3600');
      if (isGone) response.writeHead(410).end();
      else response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    isGone = true;
    expect(await reader.reasonFor('/page', { maxAgeMs: 0 })).toBe('HTTP 410');
    expect(await reader.reasonFor('/page')).toBe('HTTP 410');
  });

  test('a failure never takes its place', async () => {
    await using folder = await temporaryFolder();
    let isDown = false;
    await using site = await startSite((_request, response) => {
      response.setHeader('cache-control', 'max-age=3600');
      if (isDown) response.writeHead(500).end('broken');
      else response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    isDown = true;
    expect(await reader.reasonFor('/page', { maxAgeMs: 0 })).toBe('HTTP 500');
    expect(await reader.read('/page')).toMatchObject({ from: 'cache', text: 'text' });
  });

  test('a 304 that nobody asked for is a fault', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((_request, response) => void response.writeHead(304).end());
    await using reader = readerOf(site, folder.path);
    expect(await reader.reasonFor('/page')).toBe('HTTP 304');
  });

  test('a PDF comes out as it went in', async () => {
    await using folder = await temporaryFolder();
    const bytes = Buffer.from('%PDF-1.7\n\x00\xff\x01 binary', 'latin1');
    await using site = await startSite((_request, response) => {
      response.setHeader('content-type', 'application/pdf');
      response.end(bytes);
    });
    await using reader = readerOf(site, folder.path);
    await reader.read('/paper.pdf');
    const cached = await reader.read('/paper.pdf');
    expect(cached).toMatchObject({ from: 'cache', contentType: 'application/pdf', text: '' });
    expect(Buffer.from(cached.bytes)).toEqual(bytes);
  });
});

describe('a page that several ask for at once', () => {
  test('is fetched once', async () => {
    await using folder = await temporaryFolder();
    const answer = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    await using site = await startSite(async (_request, response) => {
      arrived.resolve();
      await answer.promise;
      response.setHeader('cache-control', 'no-store');
      response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    const pages = Promise.all(['/page', '/page#a', '/page'].map((path) => reader.read(path)));
    await arrived.promise;
    answer.resolve();
    expect((await pages).map(({ requestedUrl, text }) => [requestedUrl, text])).toEqual([
      [`${site.url}/page`, 'text'],
      [`${site.url}/page#a`, 'text'],
      [`${site.url}/page`, 'text'],
    ]);
    expect(asked(site)).toEqual(['/page']);
    await reader.read('/page');
    expect(asked(site)).toEqual(['/page', '/page']);
  });

  test('still comes for those who stay, and is cut when all have left', async () => {
    await using folder = await temporaryFolder();
    const answer = Promise.withResolvers<void>();
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const cut = Promise.withResolvers<void>();
    let requests = 0;
    await using site = await startSite(async (_request, response) => {
      requests += 1;
      arrived[requests - 1]?.resolve();
      if (requests === 2) {
        response.on('close', cut.resolve);
        return;
      }
      await answer.promise;
      response.setHeader('cache-control', 'no-store');
      response.end('text');
    });
    await using reader = readerOf(site, folder.path);
    const leaving = new AbortController();
    const first = reader.reasonFor('/page', { signal: leaving.signal });
    const second = reader.read('/page');
    await arrived[0].promise;
    leaving.abort();
    expect(await first).toBe('cancelled');
    answer.resolve();
    expect((await second).text).toBe('text');

    const alone = new AbortController();
    const third = reader.reasonFor('/page', { signal: alone.signal });
    await arrived[1].promise;
    alone.abort();
    expect(await third).toBe('cancelled');
    await cut.promise;
    expect(requests).toBe(2);
  });
});

describe('the file', () => {
  test('that is damaged is set aside and begun anew', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pages.sqlite');
    writeFileSync(file, 'this is no database '.repeat(1000));
    await using site = await startSite((_request, response) => void response.end('text'));
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    expect((await reader.read('/page')).from).toBe('cache');
    expect(reader.problems).toEqual([
      'The page cache /pages.sqlite is damaged: it was set aside and begun anew.',
    ]);
    expect(readdirSync(folder.path)).toContain('pages.sqlite.damaged-2026-11-23T12-00-00-000Z');
  });

  test('that is damaged while it is used is set aside, and pages are read on', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pages.sqlite');
    await using site = await startSite((_request, response) => {
      response.end('text '.repeat(10_000) + Math.random());
    });
    {
      await using reader = readerOf(site, folder.path);
      for (const path of ['/1', '/2', '/3']) await reader.read(path);
    }
    const { size } = await stat(file);
    const handle = await open(file, 'r+');
    // The first page keeps its look of a database; all behind it is noise.
    await handle.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
    await handle.close();
    await using reader = readerOf(site, folder.path);
    await reader.read('/1');
    await reader.read('/1');
    expect((await reader.read('/1')).from).toBe('cache');
    expect(reader.problems).toHaveLength(1);
  });

  test('of another version is begun anew', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pages.sqlite');
    const older = new DatabaseSync(file);
    older.exec('CREATE TABLE pages (address TEXT, something TEXT); PRAGMA user_version = 99;');
    older.close();
    await using site = await startSite((_request, response) => void response.end('text'));
    await using reader = readerOf(site, folder.path);
    await reader.read('/page');
    expect((await reader.read('/page')).from).toBe('cache');
    expect(reader.problems).toEqual([]);
  });

  test('that cannot be written keeps nothing from being read', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'data'), 'a file where a folder should be');
    await using site = await startSite((_request, response) => void response.end('text'));
    await using reader = readerOf(site, join(folder.path, 'data'));
    expect((await reader.read('/page')).text).toBe('text');
    expect((await reader.read('/page')).from).toBe('network');
    expect(reader.problems).toHaveLength(1);
    expect(reader.problems[0]).toContain('does not work: pages are fetched anew');
  });

  test('on a disk that is full keeps nothing from being read', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite((_request, response) => {
      response.setHeader('cache-control', 'max-age=3600');
      response.end(noise(5000));
    });
    const file = join(folder.path, 'pages.sqlite');
    const problems: string[] = [];
    // To SQLite, a file that has reached its greatest length is a disk that is full.
    const store = openPageStore({
      file,
      maxPages: 20,
      onProblem: (sentence) => problems.push(sentence),
    });
    const fetcher = createPageFetcher({
      userAgent: 'Istok/test',
      minGapMs: 0,
      allowPrivateHosts: [`${site.host}:${site.port}`],
      cache: createPageCache({ store, maxBytes: 3_000_000 }),
    });
    const texts = new Set<string>();
    for (let page = 0; page < 40; page += 1) {
      texts.add((await fetcher.fetchPage(`${site.url}/${page}`, { signal })).text);
    }
    expect(texts.size).toBe(40);
    expect((await fetcher.fetchPage(`${site.url}/0`, { signal })).from).toBe('cache');
    expect((await fetcher.fetchPage(`${site.url}/39`, { signal })).from).toBe('network');
    expect(problems).toEqual([`The page cache ${file} does not work: pages are fetched anew.`]);
    await fetcher.close();
    store.close();
  });

  test('keeps within its size by dropping what was longest not asked for', async () => {
    await using folder = await temporaryFolder();
    await using site = await startSite(({ url = '' }, response) => {
      response.setHeader('cache-control', 'max-age=86400');
      response.end(url + noise(200));
    });
    await using reader = readerOf(site, folder.path, { cacheBytes: 16_000 });
    for (const path of ['/a', '/b', '/c', '/d']) {
      await reader.read(path);
      reader.time += 2 * MINUTE;
    }
    await reader.read('/a');
    reader.time += 2 * MINUTE;
    for (const letter of 'efghijk') await reader.read(`/${letter}`);
    expect((await reader.read('/a')).from).toBe('cache');
    expect((await reader.read('/k')).from).toBe('cache');
    expect((await reader.read('/b')).from).toBe('network');
  });
});
