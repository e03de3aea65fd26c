import { describe, expect, test } from 'vitest';

import { crawl } from '../../../retrieval/crawl/crawl.ts';
import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { PageFetcher, PageFetcherOptions } from '../../../retrieval/crawl/fetch-page.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';

const signal = new AbortController().signal;

function fetcherFor(
  sites: Pick<LoopbackServer, 'host' | 'port'>[],
  options: Partial<PageFetcherOptions> = {},
): PageFetcher & AsyncDisposable {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    allowPrivateHosts: sites.map(({ host, port }) => `${host}:${port}`),
    ...options,
  });
  return Object.assign(fetcher, { [Symbol.asyncDispose]: () => fetcher.close() });
}

/** What a crawler does to a server, as the server sees it. */
function watch(handler: LoopbackHandler): {
  handler: LoopbackHandler;
  seen: { gapsMs: number[]; atOnce: number; connections: Set<number | undefined> };
} {
  const seen = { gapsMs: [] as number[], atOnce: 0, connections: new Set<number | undefined>() };
  let answering = 0;
  let lastEnd: number | null = null;
  return {
    seen,
    handler: (request, response) => {
      if (lastEnd !== null) seen.gapsMs.push(performance.now() - lastEnd);
      answering += 1;
      seen.atOnce = Math.max(seen.atOnce, answering);
      seen.connections.add(request.socket.remotePort);
      response.on('close', () => {
        answering -= 1;
        lastEnd = performance.now();
      });
      return handler(request, response);
    },
  };
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it was read',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('a host', () => {
  test('is asked over one connection, one request at a time, with a pause between them', async () => {
    const { handler, seen } = watch(({ url = '' }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end('nothing');
      else if (url === '/old') response.writeHead(302, { location: '/new' }).end('moved');
      else if (url === '/gone') response.writeHead(404).end('gone');
      else response.end('text');
    });
    await using site = await startServer(handler);
    await using fetcher = fetcherFor([site], { minGapMs: 40 });
    const urls = ['/1', '/old', '/gone', '/2'].map((path) => site.url + path);
    for await (const event of crawl(urls, { fetchPage: fetcher.fetchPage, signal })) {
      expect(event.type === 'page' || event.reason === 'HTTP 404').toBe(true);
    }
    expect(site.requests).toHaveLength(6);
    expect(seen.atOnce).toBe(1);
    // What follows robots.txt does so at once. The end of a response is seen by its server a little
    // later than by whoever reads it.
    const [afterRobots = Infinity, ...afterPages] = seen.gapsMs;
    expect(afterRobots).toBeLessThan(30);
    expect(Math.min(...afterPages)).toBeGreaterThan(30);
  });

  test('that cuts a kept connection has the pause before it is asked again', async () => {
    let cuts = 1;
    const { handler, seen } = watch(({ url, socket }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end();
      else if (cuts > 0) {
        cuts -= 1;
        socket.resetAndDestroy();
      } else response.end('text');
    });
    await using site = await startServer(handler);
    await using fetcher = fetcherFor([site], { minGapMs: 40 });
    const page = await fetcher.fetchPage(site.url, { signal });
    expect(page.text).toBe('text');
    expect(seen.gapsMs).toHaveLength(2);
    expect(seen.gapsMs[1]).toBeGreaterThan(30);
  });

  test('that is slow holds no other host up', async () => {
    const slowAsked = Promise.withResolvers<void>();
    await using slow = await startServer(() => slowAsked.resolve(), { host: '127.0.0.2' });
    await using quick = await startServer((_request, response) => void response.end('text'), {
      host: '127.0.0.3',
    });
    await using fetcher = fetcherFor([slow, quick]);
    const hanging = reasonOf(fetcher.fetchPage(slow.url, { signal }));
    await slowAsked.promise;
    expect((await fetcher.fetchPage(quick.url, { signal })).text).toBe('text');
    await fetcher.close();
    expect(await hanging).toBe('cancelled');
  });

  test('is not asked again for a page that nobody waits for any more', async () => {
    const asked = Promise.withResolvers<void>();
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end();
      else asked.resolve();
    });
    await using fetcher = fetcherFor([site], { minGapMs: 0 });
    const leaving = new AbortController();
    const first = reasonOf(fetcher.fetchPage(`${site.url}/1`, { signal }));
    await asked.promise;
    const second = reasonOf(fetcher.fetchPage(`${site.url}/2`, { signal: leaving.signal }));
    leaving.abort();
    expect(await second).toBe('cancelled');
    await fetcher.close();
    expect(await first).toBe('cancelled');
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/1']);
  });
});

describe('Crawl-delay', () => {
  test('is waited for between two pages, not before the first', async () => {
    const { handler, seen } = watch(({ url }, response) => {
      response.end(url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 0.3' : 'text');
    });
    await using site = await startServer(handler);
    await using fetcher = fetcherFor([site], { minGapMs: 0 });
    await fetcher.fetchPage(`${site.url}/1`, { signal });
    await fetcher.fetchPage(`${site.url}/2`, { signal });
    const [first = 0, second = 0] = seen.gapsMs;
    expect(first).toBeLessThan(250);
    expect(second).toBeGreaterThan(280);
  });

  test('that is longer than a page may take is told at once', async () => {
    await using site = await startServer(({ url }, response) => {
      const robots = 'User-agent: other\nCrawl-delay: 1\n\nUser-agent: Istok\nCrawl-delay: 10';
      response.end(url === '/robots.txt' ? robots : 'text');
    });
    await using fetcher = fetcherFor([site]);
    await fetcher.fetchPage(`${site.url}/1`, { signal });
    const startedAt = performance.now();
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/2`, { signal }))).toBe(
      'the site asks for 10 s between pages',
    );
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/1']);
  });

  test.each(['nonsense', '-5', '0', ''])('of %j is none', async (delay) => {
    await using site = await startServer(({ url }, response) => {
      response.end(url === '/robots.txt' ? `User-agent: *\nCrawl-delay: ${delay}` : 'text');
    });
    await using fetcher = fetcherFor([site], { minGapMs: 0 });
    await fetcher.fetchPage(`${site.url}/1`, { signal });
    expect((await fetcher.fetchPage(`${site.url}/2`, { signal })).text).toBe('text');
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 12, 0, 0);
  const in30s = 'Mon, 23 Nov 2026 12:00:30 GMT';

  test.each([
    [429, '30'],
    [503, '30'],
    [429, in30s],
    [503, ' 30 '],
  ])('of HTTP %i as %j closes the host, which is said', async (status, header) => {
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(status, { 'retry-after': header }).end('later');
    });
    await using fetcher = fetcherFor([site], { minGapMs: 0, now: () => now });
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/1`, { signal }))).toBe(
      `HTTP ${status}, the site asks to wait 30 s`,
    );
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/2`, { signal }))).toBe(
      'the site asks to wait 30 s',
    );
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/1']);
  });

  test.each([
    [429, '0'],
    [429, 'soon'],
    [429, '-30'],
    [429, 'Mon, 23 Nov 2026 11:59:30 GMT'],
    [404, '30'],
    [500, '30'],
  ])('of HTTP %i as %j closes nothing', async (status, header) => {
    await using site = await startServer(({ url }, response) => {
      if (url === '/1') response.writeHead(status, { 'retry-after': header }).end('later');
      else response.end('');
    });
    await using fetcher = fetcherFor([site], { minGapMs: 0, now: () => now });
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/1`, { signal }))).toBe(`HTTP ${status}`);
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/2`, { signal }))).toBe('empty page');
  });

  test('of an hour closes one host and no other', async () => {
    await using busy = await startServer(
      (_request, response) => void response.writeHead(503, { 'retry-after': '99999' }).end(),
      { host: '127.0.0.2' },
    );
    await using site = await startServer((_request, response) => void response.end('text'), {
      host: '127.0.0.3',
    });
    await using fetcher = fetcherFor([busy, site], { minGapMs: 0 });
    expect(await reasonOf(fetcher.fetchPage(busy.url, { signal }))).toBe(
      'robots.txt could not be read',
    );
    expect((await fetcher.fetchPage(site.url, { signal })).text).toBe('text');
  });

  test('that is short is waited for by the next page', async () => {
    await using site = await startServer(({ url }, response) => {
      if (url === '/1') response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('text');
    });
    await using fetcher = fetcherFor([site], { minGapMs: 0 });
    expect(await reasonOf(fetcher.fetchPage(`${site.url}/1`, { signal }))).toBe(
      'HTTP 429, the site asks to wait 1 s',
    );
    const startedAt = performance.now();
    expect((await fetcher.fetchPage(`${site.url}/2`, { signal })).text).toBe('text');
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });
});
