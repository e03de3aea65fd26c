import { afterEach, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { PageFetcher, PageFetcherOptions } from '../../../retrieval/crawl/fetch-page.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';
import { startRawServer } from '../../support/raw-server.ts';

const signal = new AbortController().signal;
const fetchers: PageFetcher[] = [];
let time = 0;

afterEach(async () => {
  time = 0;
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
});

function readerOf(
  sites: Pick<LoopbackServer, 'host' | 'port'>[],
  options: Partial<PageFetcherOptions> = {},
): (url: string, options?: { signal?: AbortSignal; maxAgeMs?: number }) => Promise<string> {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts: sites.map(({ host, port }) => `${host}:${port}`),
    now: () => time,
    ...options,
  });
  fetchers.push(fetcher);
  return (url, own) =>
    fetcher.fetchPage(url, { signal, ...own }).then(
      ({ text }) => text,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
}

/** Without robots.txt, so that only pages are counted. */
function startSite(handler: LoopbackHandler, host = '127.0.0.1'): Promise<LoopbackServer> {
  return startServer(
    (request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end();
      return handler(request, response);
    },
    { host },
  );
}

function asked(site: LoopbackServer): number {
  return site.requests.filter(({ path }) => path !== '/robots.txt').length;
}

describe('an address that could not be read', () => {
  test('is not asked again for a minute when its fault stays', async () => {
    await using site = await startSite((_request, response) => void response.writeHead(404).end());
    const read = readerOf([site]);
    expect(await read(site.url)).toBe('HTTP 404');
    time = 59_999;
    expect(await read(`${site.url}/#part`)).toBe('HTTP 404');
    expect(asked(site)).toBe(1);
    time = 60_000;
    expect(await read(site.url)).toBe('HTTP 404');
    expect(asked(site)).toBe(2);
  });

  test('is asked again after 15 seconds when its fault may pass', async () => {
    let status = 500;
    await using site = await startSite((_request, response) => {
      response.writeHead(status).end('text');
    });
    const read = readerOf([site]);
    expect(await read(site.url)).toBe('HTTP 500');
    status = 200;
    time = 14_999;
    expect(await read(site.url)).toBe('HTTP 500');
    time = 15_000;
    expect(await read(site.url)).toBe('text');
  });

  test('says nothing of other addresses on its host', async () => {
    await using site = await startSite(({ url }, response) => {
      response.writeHead(url === '/gone' ? 404 : 200).end('text');
    });
    const read = readerOf([site]);
    expect(await read(`${site.url}/gone`)).toBe('HTTP 404');
    expect(await read(`${site.url}/page`)).toBe('text');
  });

  test('is asked all the same by who wants the word of its server', async () => {
    let status = 404;
    await using site = await startSite((_request, response) => {
      response.writeHead(status).end('text');
    });
    const read = readerOf([site]);
    expect(await read(site.url)).toBe('HTTP 404');
    status = 200;
    expect(await read(site.url, { maxAgeMs: 0 })).toBe('text');
  });

  test('is asked again at once when it was given up', async () => {
    const arrived = Promise.withResolvers<void>();
    let answers = false;
    await using site = await startSite((_request, response) => {
      arrived.resolve();
      if (answers) response.end('text');
    });
    const read = readerOf([site]);
    const leaving = new AbortController();
    const given = read(site.url, { signal: leaving.signal });
    await arrived.promise;
    leaving.abort();
    expect(await given).toBe('cancelled');
    answers = true;
    expect(await read(site.url)).toBe('text');
  });

  test('is asked again at once when it was its caller whose time was over', async () => {
    let answers = false;
    await using site = await startSite((_request, response) => {
      if (answers) response.end('text');
    });
    const read = readerOf([site]);
    expect(await read(site.url, { signal: AbortSignal.timeout(40) })).toBe('timeout');
    answers = true;
    expect(await read(site.url)).toBe('text');
  });
});

describe('a fault that may lie with our own network', () => {
  test('is forgotten when nobody else answered meanwhile', async () => {
    let cuts = true;
    await using site = await startRawServer((_head, socket) => {
      if (cuts) socket.end();
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext');
    });
    const read = readerOf([site]);
    expect(await read(site.url)).toBe('connection cut');
    cuts = false;
    expect(await read(site.url)).toBe('text');
  });

  test('is remembered when another host answered meanwhile', async () => {
    let cuts = true;
    const arrived = Promise.withResolvers<void>();
    const otherIsRead = Promise.withResolvers<void>();
    await using site = await startRawServer(
      async (_head, socket) => {
        arrived.resolve();
        await otherIsRead.promise;
        if (cuts) socket.end();
        else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext');
      },
      { host: '127.0.0.2' },
    );
    await using other = await startSite((_request, response) => void response.end('other'));
    const read = readerOf([site, other]);
    const cut = read(site.url);
    await arrived.promise;
    expect(await read(other.url)).toBe('other');
    otherIsRead.resolve();
    expect(await cut).toBe('connection cut');
    cuts = false;
    expect(await read(site.url)).toBe('connection cut');
    time = 15_000;
    expect(await read(site.url)).toBe('text');
  });

  test('as an outage of it all is forgotten by every page', async () => {
    let isDown = true;
    await using site = await startSite((_request, response) => void response.end('text'));
    const names = ['one.test', 'two.test'];
    const read = readerOf([], {
      allowPrivateHosts: names.map((name) => `${name}:${site.port}`),
      lookup: () =>
        isDown
          ? Promise.reject(Object.assign(new Error('no network'), { code: 'EAI_AGAIN' }))
          : Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    const urls = names.map((name) => `http://${name}:${site.port}/`);
    expect(await Promise.all(urls.map((url) => read(url)))).toEqual([
      'name lookup failed',
      'name lookup failed',
    ]);
    isDown = false;
    expect(await Promise.all(urls.map((url) => read(url)))).toEqual(['text', 'text']);
  });
});
