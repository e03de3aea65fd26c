import { afterEach, describe, expect, test } from 'vitest';

import { crawl } from '../../../retrieval/crawl/crawl.ts';
import type { CrawlEvent } from '../../../retrieval/crawl/crawl.ts';
import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { PageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler } from '../../support/loopback-server.ts';
import { startRawServer } from '../../support/raw-server.ts';

const signal = new AbortController().signal;
const fetchers: PageFetcher[] = [];

afterEach(async () => {
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
});

function fetcherFor(...sites: { host: string; port: number }[]): PageFetcher['fetchPage'] {
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts: sites.map(({ host, port }) => `${host}:${port}`),
  });
  fetchers.push(fetcher);
  return fetcher.fetchPage;
}

function nameOf(event: CrawlEvent): string {
  return event.type === 'page' ? event.page.requestedUrl : `${event.url} ${event.reason}`;
}

async function collect(events: AsyncIterable<CrawlEvent>): Promise<string[]> {
  const names: string[] = [];
  for await (const event of events) names.push(nameOf(event));
  return names;
}

describe('crawl', () => {
  test('gives one event for each address, in the order they land', async () => {
    const gates = new Map(['/1', '/2', '/3'].map((path) => [path, Promise.withResolvers<void>()]));
    const answer: LoopbackHandler = async ({ url = '' }, response) => {
      await gates.get(url)?.promise;
      response.end(`text of ${url}`);
    };
    await using first = await startServer(answer, { host: '127.0.0.2' });
    await using second = await startServer(answer, { host: '127.0.0.3' });
    await using third = await startServer(answer, { host: '127.0.0.4' });
    const urls = [`${first.url}/1`, `${second.url}/2`, `${third.url}/3`];
    const landed: string[] = [];
    gates.get('/3')?.resolve();
    const fetchPage = fetcherFor(first, second, third);
    for await (const event of crawl(urls, { fetchPage, signal })) {
      landed.push(nameOf(event));
      gates.get(landed.length === 1 ? '/1' : '/2')?.resolve();
    }
    expect(landed).toEqual([urls[2], urls[0], urls[1]]);
  });

  test('asks for one page of a host at a time when a long list is to be read', async () => {
    const running = new Map<string, number>();
    let atOnce = 0;
    const fetchPage: PageFetcher['fetchPage'] = async (url) => {
      const { host } = new URL(url);
      running.set(host, (running.get(host) ?? 0) + 1);
      expect(running.get(host)).toBe(1);
      atOnce = Math.max(atOnce, running.size);
      await Promise.resolve();
      running.delete(host);
      throw new PageError('timeout', { retryable: true });
    };
    const urls = [
      'http://a.test/1',
      'http://a.test/2',
      'http://b.test/1',
      'http://a.test/3',
      'http://c.test/',
    ];
    const names = await collect(crawl(urls, { fetchPage, oneByOne: true, signal }));
    expect(names.sort()).toEqual(urls.map((url) => `${url} timeout`).sort());
    expect(atOnce).toBe(3);
  });

  test('says of each page that was not read why', async () => {
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') response.end('User-agent: *\nDisallow: /private');
      else if (url === '/gone') response.writeHead(404).end();
      else response.end('text');
    });
    await using cut = await startRawServer((_head, socket) => socket.end());
    const urls = [
      `${site.url}/fine`,
      `${site.url}/gone`,
      `${site.url}/private`,
      `${cut.url}/`,
      'mailto:someone@example.org',
      'http://127.0.0.1/',
      `${site.url}/fine`,
    ];
    const names = await collect(crawl(urls, { fetchPage: fetcherFor(site, cut), signal }));
    expect(names.sort()).toEqual(
      [
        `${site.url}/fine`,
        `${site.url}/gone HTTP 404`,
        `${site.url}/private forbidden by robots.txt`,
        `${cut.url}/ connection cut`,
        'mailto:someone@example.org not a web address',
        'http://127.0.0.1/ not a public address',
        `${site.url}/fine`,
      ].sort(),
    );
  });

  test('starts no more pages at once than it may', async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const fetchPage: PageFetcher['fetchPage'] = async () => {
      running += 1;
      most = Math.max(most, running);
      if (running === 3) for (const go of waiting.splice(0)) go();
      else await new Promise<void>((resolve) => waiting.push(resolve));
      running -= 1;
      for (const go of waiting.splice(0)) go();
      throw new PageError('timeout', { retryable: true });
    };
    const urls = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(await collect(crawl(urls, { fetchPage, concurrency: 3, signal }))).toHaveLength(6);
    expect(most).toBe(3);
  });

  test('ends each page when it is cancelled, and does not throw', async () => {
    const controller = new AbortController();
    await using site = await startRawServer(() => {
      controller.abort();
    });
    const urls = [`${site.url}/1`, `${site.url}/2`, `${site.url}/3`];
    const events = crawl(urls, {
      fetchPage: fetcherFor(site),
      concurrency: 1,
      signal: controller.signal,
    });
    expect(await collect(events)).toEqual(urls.map((url) => `${url} cancelled`));
  });

  test('cancels what is under way when its reader leaves', async () => {
    const closed = Promise.withResolvers<void>();
    await using slow = await startRawServer((_head, socket) => {
      socket.on('close', () => closed.resolve());
    });
    await using site = await startServer((_request, response) => void response.end('text'));
    const urls = [`${slow.url}/`, `${site.url}/`];
    for await (const event of crawl(urls, { fetchPage: fetcherFor(site, slow), signal })) {
      expect(nameOf(event)).toBe(`${site.url}/`);
      break;
    }
    await closed.promise;
  });

  test('a fetch that breaks in an unforeseen way is a page not read, without its inner words', async () => {
    const error = new TypeError('secret detail');
    const fetchPage: PageFetcher['fetchPage'] = () => Promise.reject(error);
    expect(await collect(crawl(['http://a.test/'], { fetchPage, signal }))).toEqual([
      'http://a.test/ could not be read',
    ]);
  });

  test('of nothing is nothing', async () => {
    expect(await collect(crawl([], { fetchPage: fetcherFor(), signal }))).toEqual([]);
  });
});
