import { describe, expect, test } from 'vitest';

import { createArxiv } from '../../../retrieval/releases/arxiv.ts';
import { createLane } from '../../../retrieval/releases/lane.ts';
import { createServiceRequest } from '../../../retrieval/releases/service-request.ts';
import { collectAll, describeReleaseSource } from '../../contracts/release-source.ts';
import { startServer } from '../../support/loopback-server.ts';

const now = (): number => Date.parse('2026-03-10T12:00:00Z');
const ask = createServiceRequest({ maxBytes: 200_000, now, wait: () => Promise.resolve() });
const query = 'cat:cs.CL';

const open = (baseUrl: string, options: { pageSize?: number; pages?: number } = {}) =>
  createArxiv({ query, ask, lane: createLane({ gapMs: 0 }), baseUrl, now, ...options });

const entry = (number: string, title: string): string => `<entry>
  <id>http://arxiv.org/abs/${number}</id><title>${title}</title>
  <updated>2026-03-09T10:00:00Z</updated><published>2026-03-08T10:00:00Z</published>
  <summary>We release Lumira-2. Code: https://github.com/acme/lumira.</summary>
  <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  <arxiv:comment>See (https://huggingface.co/acme/Lumira-2-7B)</arxiv:comment></entry>`;

const feed = (entries: string, total = 1): string => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-03-10T00:00:00Z</updated>
<opensearch:totalResults>${total}</opensearch:totalResults>${entries}</feed>`;

describeReleaseSource({
  name: 'arXiv',
  open: async (baseUrl) => ({ source: open(baseUrl), async [Symbol.asyncDispose]() {} }),
  oneItem: (title) => ({ type: 'application/atom+xml', body: feed(entry('2603.01234v1', title)) }),
});

describe('arXiv', () => {
  test('gives a paper without its version, and what its abstract and comment link to', async () => {
    await using server = await startServer((_request, response) => {
      response.end(feed(entry('2603.01234v2', 'Lumira-2\n   Technical Report')));
    });
    expect(await collectAll(open(server.url))).toEqual([
      {
        id: 'arxiv:2603.01234',
        service: 'arxiv',
        kind: 'paper',
        url: `${server.url}/abs/2603.01234`,
        title: 'Lumira-2 Technical Report',
        publisher: null,
        summary: 'We release Lumira-2. Code: https://github.com/acme/lumira.',
        publishedAt: new Date('2026-03-08T10:00:00Z'),
        updatedAt: new Date('2026-03-09T10:00:00Z'),
        links: ['https://github.com/acme/lumira', 'https://huggingface.co/acme/Lumira-2-7B'],
        tags: ['cs.CL'],
        baseModels: [],
        popularity: { downloads: null, likes: null, upvotes: null, stars: null },
      },
    ]);
    expect(server.requests[0]?.path).toBe(
      '/api/query?search_query=cat%3Acs.CL&start=0&max_results=100&sortBy=submittedDate&sortOrder=descending',
    );
  });

  test('refuses a query by an entry that says why', async () => {
    await using server = await startServer((_request, response) => {
      response.end(
        feed(`<entry><id>http://arxiv.org/api/errors#bad_query</id><title>Error</title>
          <summary>incorrect query syntax</summary></entry>`),
      );
    });
    await expect(collectAll(open(server.url))).rejects.toMatchObject({
      reason: 'refused',
      message: 'arxiv cat:cs.CL: the query was refused: incorrect query syntax',
    });
  });

  test('fails when a page is empty of a list that is not', async () => {
    await using server = await startServer((_request, response) => {
      response.end(feed('', 812));
    });
    await expect(collectAll(open(server.url))).rejects.toMatchObject({ reason: 'unreadable' });
  });

  test('keeps the papers of the first page when the second fails', async () => {
    await using server = await startServer((request, response) => {
      if (request.url?.includes('start=1&') === true) response.writeHead(404).end();
      else response.end(feed(entry('2603.01234v1', 'First'), 3));
    });
    const found: string[] = [];
    const source = open(server.url, { pageSize: 1 });
    const reading = (async () => {
      for await (const { title } of source.collect({
        since: new Date('2026-03-01T00:00:00Z'),
        signal: new AbortController().signal,
        conditions: { find: () => null, remember() {} },
        onNote: () => {},
      })) {
        found.push(title);
      }
    })();
    await expect(reading).rejects.toMatchObject({ reason: 'missing' });
    expect(found).toEqual(['First']);
  });

  test('is asked one thing at a time, three seconds apart', async () => {
    let time = 1000;
    const waits: number[] = [];
    const lane = createLane({
      gapMs: 3000,
      now: () => time,
      wait: async (ms) => {
        waits.push(ms);
        time += ms;
      },
    });
    const { signal } = new AbortController();
    const order: string[] = [];
    await Promise.all(
      ['first', 'second', 'third'].map((name) =>
        lane(signal, async () => {
          order.push(name);
          time += 500;
        }),
      ),
    );
    expect(order).toEqual(['first', 'second', 'third']);
    expect(waits).toEqual([3000, 3000]);
  });
});
