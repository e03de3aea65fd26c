import { afterEach, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { PageFetcherOptions } from '../../../retrieval/crawl/fetch-page.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';
import { startRawServer } from '../../support/raw-server.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A site whose pages all say `page`, and whose robots.txt the handler gives. */
function startSite(robots: LoopbackHandler, host = '127.0.0.1'): Promise<LoopbackServer> {
  return startServer(
    (request, response) => {
      if (request.url === '/robots.txt') return robots(request, response);
      response.end('page');
      return undefined;
    },
    { host },
  );
}

function startSiteWith(robotsText: string): Promise<LoopbackServer> {
  return startSite((_request, response) => void response.end(robotsText));
}

type Site = Pick<LoopbackServer, 'host' | 'port'>;

function fetcherFor(
  sites: Site[],
  options: Partial<PageFetcherOptions> = {},
): (url: string, signal?: AbortSignal) => Promise<string> {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/1.0 (+https://example.org)',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts: sites.map(({ host, port }) => `${host}:${port}`),
    ...options,
  });
  closers.push(() => fetcher.close());
  return async (url, signal = new AbortController().signal) => {
    const page = await fetcher.fetchPage(url, { signal });
    return page.text;
  };
}

function pagesAsked(site: LoopbackServer): string[] {
  return site.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');
}

describe('robots.txt is obeyed', () => {
  test.each([
    ['IstokBot/0.1 (contact: not set)', 'User-agent: IstokBot\nDisallow: /'],
    ['MyCompanyBot/1.0', 'User-agent: MyCompanyBot\nDisallow: /'],
  ])('under the name that is sent: %s', async (userAgent, rules) => {
    await using site = await startSiteWith(rules);
    const fetchText = fetcherFor([site], { userAgent });
    await expect(fetchText(`${site.url}/page`)).rejects.toThrow('forbidden by robots.txt');
    expect(pagesAsked(site)).toEqual([]);
  });

  test.each([
    ['User-agent: *\nDisallow: /', '/page'],
    ['User-agent: istok\nDisallow: /page', '/page/1'],
    ['User-agent: Other\nUser-agent: ISTOK\nDisallow: /', '/page'],
    ['\uFEFFUser-agent: *\r\nDisallow: /page # no\r\n', '/page'],
    ['User-agent: *\nDisallow: /*?print=', '/page?print=1'],
    ['User-agent: *\nDisallow: /*.php$', '/index.php'],
    ['User-agent: *\nDisallow: /вики', '/%D0%B2%D0%B8%D0%BA%D0%B8/1'],
    ['User-agent: *\nAllow: /\nDisallow: /page', '/page'],
    ['User-agent: Istok\nAllow: /\n\nUser-agent: *\n\nUser-agent: Istok\nDisallow: /p', '/page'],
    ['User-agent: Istok\nSitemap: https://a.test/map.xml\nUser-agent: b\nDisallow: /', '/page'],
    ['user-AGENT : istok # us\n dISALLOW:/page#no', '/page'],
    ['User-agent: *\nDisallow: /a%2Fb', '/a%2fb'],
    ['User-agent: *\nDisallow: /*/private/*', '/x/private/y'],
    ['User-agent: *\nAllow: /a\nDisallow: /a*/b', '/a1/b'],
    ['User-agent: *\rDisallow: /page\r', '/page'],
    ['\0\0garbage\nUser-agent: *\nDisallow: /page', '/page'],
  ])('%j forbids %s, which is then not asked for', async (robots, path) => {
    await using site = await startSiteWith(robots);
    await expect(fetcherFor([site])(site.url + path)).rejects.toMatchObject({
      name: 'PageError',
      message: 'forbidden by robots.txt',
      retryable: false,
    });
    expect(pagesAsked(site)).toEqual([]);
  });

  test.each([
    ['', '/page'],
    ['<html>Not found</html>', '/page'],
    ['User-agent: *\nDisallow:', '/page'],
    ['User-agent: Other\nDisallow: /', '/page'],
    ['User-agent: *\nDisallow: /\n\nUser-agent: Istok\nAllow: /', '/page'],
    ['User-agent: *\nDisallow: /\nAllow: /page', '/page'],
    ['User-agent: *\nDisallow: /*.php$', '/index.php5'],
    ['User-agent: *\nDisallow: /page\nAllow: /page', '/page'],
    ['User-agent: *\nDisallow: /\nAllow: /p*e$', '/page'],
    ['User-agent: *\nDisallow: /Page', '/page'],
    ['User-agent: IstokOther\nDisallow: /', '/page'],
    ['Disallow: /', '/page'],
    ['User-agent: *\nUser-agent: Istok\nSitemap: /\nAllow: /\nUser-agent: b\nDisallow: /', '/page'],
    ['User-agent: *\nNoindex: /page\nDisallow', '/page'],
  ])('%j allows %s', async (robots, path) => {
    await using site = await startSiteWith(robots);
    await expect(fetcherFor([site])(site.url + path)).resolves.toBe('page');
  });

  test('on every hop of a redirect', async () => {
    await using closed = await startSite(
      (_request, response) => void response.end('User-agent: *\nDisallow: /'),
      '127.0.0.3',
    );
    await using site = await startServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(301, { location: `${closed.url}/x` }).end();
    });
    await expect(fetcherFor([site, closed])(site.url)).rejects.toThrow('forbidden by robots.txt');
    expect(pagesAsked(closed)).toEqual([]);
  });

  test('before the page is asked for', async () => {
    const asked = Promise.withResolvers<void>();
    const allowed = Promise.withResolvers<void>();
    await using site = await startSite(async (_request, response) => {
      asked.resolve();
      await allowed.promise;
      response.end('');
    });
    const page = fetcherFor([site])(`${site.url}/page`);
    await asked.promise;
    expect(pagesAsked(site)).toEqual([]);
    allowed.resolve();
    await expect(page).resolves.toBe('page');
  });

  test('up to its first 500 KiB', async () => {
    const padding = `# ${'x'.repeat(1021)}\n`.repeat(500);
    await using site = await startSiteWith(
      `User-agent: *\nDisallow: /early\n${padding}${padding}Disallow: /late\n`,
    );
    const fetchPage = fetcherFor([site]);
    await expect(fetchPage(`${site.url}/early`)).rejects.toThrow('forbidden by robots.txt');
    await expect(fetchPage(`${site.url}/late`)).resolves.toBe('page');
  });

  test('but half a megabyte of wildcards holds nothing up', async () => {
    const rule = `Disallow: /${'*a'.repeat(500)}b\n`;
    await using site = await startSiteWith(`User-agent: *\nDisallow: /no\n${rule.repeat(500)}`);
    const fetchPage = fetcherFor([site]);
    const started = performance.now();
    await expect(fetchPage(`${site.url}/${'a'.repeat(1900)}`)).resolves.toBe('page');
    expect(performance.now() - started).toBeLessThan(1000);
    await expect(fetchPage(`${site.url}/no`)).rejects.toThrow('forbidden by robots.txt');
  });
});

describe('a robots.txt that is not there', () => {
  test.each([400, 401, 403, 404, 410])('HTTP %i allows everything', async (status) => {
    await using site = await startSite(
      (_request, response) => void response.writeHead(status).end('User-agent: *\nDisallow: /'),
    );
    await expect(fetcherFor([site])(`${site.url}/page`)).resolves.toBe('page');
  });

  test.each([500, 502, 503])('HTTP %i allows nothing', async (status) => {
    await using site = await startSite(
      (_request, response) => void response.writeHead(status).end(),
    );
    await expect(fetcherFor([site])(`${site.url}/page`)).rejects.toMatchObject({
      message: 'robots.txt could not be read',
      retryable: true,
    });
    expect(pagesAsked(site)).toEqual([]);
  });

  test.each([
    ['cut', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *'],
    ['no HTTP', 'what?\r\n\r\n'],
  ])('one that is %s allows nothing', async (_kind, sent) => {
    await using site = await startRawServer((_head, socket) => socket.end(sent), {
      answersRobots: false,
    });
    await expect(fetcherFor([site])(site.url)).rejects.toThrow('robots.txt could not be read');
  });

  test('one that never comes ends before the time of the page', async () => {
    await using site = await startSite(() => {});
    await expect(fetcherFor([site], { timeoutMs: 80 })(`${site.url}/page`)).rejects.toThrow(
      'robots.txt could not be read',
    );
    expect(pagesAsked(site)).toEqual([]);
  });

  test('one that redirects is followed, within the same rules', async () => {
    await using site = await startServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(301, { location: '/real.txt' }).end();
      else response.end(request.url === '/real.txt' ? 'User-agent: *\nDisallow: /no' : 'page');
    });
    await expect(fetcherFor([site])(`${site.url}/no`)).rejects.toThrow('forbidden by robots.txt');
    await expect(fetcherFor([site])(`${site.url}/yes`)).resolves.toBe('page');
  });

  test('one that redirects inside is not followed', async () => {
    await using site = await startSite(
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
    );
    await expect(fetcherFor([site])(`${site.url}/page`)).rejects.toThrow(
      'robots.txt could not be read',
    );
  });

  test('one that redirects for ever counts as missing', async () => {
    await using site = await startSite(
      (_request, response) => void response.writeHead(302, { location: '/robots.txt' }).end(),
    );
    await expect(fetcherFor([site])(`${site.url}/page`)).resolves.toBe('page');
  });
});

describe('robots.txt is remembered', () => {
  test('pages that are asked for together share one request', async () => {
    await using site = await startSiteWith('');
    const fetchPage = fetcherFor([site]);
    const paths = ['/1', '/2', '/3', '/4', '/5'];
    await Promise.all(paths.map((path) => fetchPage(site.url + path)));
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
    expect(pagesAsked(site).sort()).toEqual(paths);
  });

  test.each([
    ['for an hour', {}, 60],
    ['for as long as it says', { 'cache-control': 'max-age=7200' }, 120],
    ['for a day at most', { 'cache-control': 'max-age=31536000' }, 1440],
    ['for five minutes at least', { 'cache-control': 'max-age=0' }, 5],
    ['for five minutes when it may not be kept', { 'cache-control': 'no-store' }, 5],
    [
      'until it expires',
      { date: 'Mon, 23 Nov 2026 10:00:00 GMT', expires: 'Mon, 23 Nov 2026 12:00:00 GMT' },
      120,
    ],
  ])('%s', async (_howLong, headers, minutes) => {
    let time = 0;
    await using site = await startSite(
      (_request, response) => void response.writeHead(200, headers).end(),
    );
    const fetchPage = fetcherFor([site], { now: () => time });
    await fetchPage(`${site.url}/1`);
    time = minutes * 60_000 - 1;
    await fetchPage(`${site.url}/2`);
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
    time = minutes * 60_000;
    await fetchPage(`${site.url}/3`);
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(2);
  });

  test('for a day while its server fails', async () => {
    let time = 0;
    let isDown = false;
    await using site = await startSite((_request, response) => {
      if (isDown) response.writeHead(503).end();
      else response.end('User-agent: *\nDisallow: /no');
    });
    const fetchPage = fetcherFor([site], { now: () => time });
    await fetchPage(`${site.url}/1`);
    isDown = true;
    time = 3_600_000;
    await expect(fetchPage(`${site.url}/2`)).resolves.toBe('page');
    await expect(fetchPage(`${site.url}/no`)).rejects.toThrow('forbidden by robots.txt');
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(2);
    time += 30_000;
    await fetchPage(`${site.url}/3`);
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(3);
    time = 86_400_000;
    await expect(fetchPage(`${site.url}/4`)).rejects.toThrow('robots.txt could not be read');
  });

  test('a failure only for half a minute', async () => {
    let time = 0;
    let status = 503;
    await using site = await startSite(
      (_request, response) => void response.writeHead(status).end(),
    );
    const fetchPage = fetcherFor([site], { now: () => time });
    await expect(fetchPage(`${site.url}/1`)).rejects.toThrow('robots.txt could not be read');
    status = 404;
    time = 30_000;
    await expect(fetchPage(`${site.url}/2`)).resolves.toBe('page');
  });

  test('one page that gives up does not take the answer from the others', async () => {
    const asked = Promise.withResolvers<void>();
    const allowed = Promise.withResolvers<void>();
    await using site = await startSite(async (_request, response) => {
      asked.resolve();
      await allowed.promise;
      response.end('');
    });
    const fetchPage = fetcherFor([site]);
    const impatient = new AbortController();
    const first = fetchPage(`${site.url}/1`, impatient.signal);
    const second = fetchPage(`${site.url}/2`);
    await asked.promise;
    impatient.abort();
    await expect(first).rejects.toThrow('cancelled');
    allowed.resolve();
    await expect(second).resolves.toBe('page');
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
  });

  test('a request that everyone gave up is not remembered as a failure', async () => {
    const asked = Promise.withResolvers<void>();
    let answers = false;
    await using site = await startSite((_request, response) => {
      asked.resolve();
      if (answers) response.end('');
    });
    const fetchPage = fetcherFor([site]);
    const impatient = new AbortController();
    const first = fetchPage(`${site.url}/1`, impatient.signal);
    await asked.promise;
    impatient.abort();
    await expect(first).rejects.toThrow('cancelled');
    answers = true;
    await expect(fetchPage(`${site.url}/2`)).resolves.toBe('page');
  });
});
