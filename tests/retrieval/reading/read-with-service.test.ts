import { describe, expect, test } from 'vitest';

import type { FetchedPage } from '../../../retrieval/crawl/fetch-page.ts';
import { createReaderService } from '../../../retrieval/crawl/reader-service.ts';
import type { IndexedPage } from '../../../retrieval/index/passage-index.ts';
import { passagesOfPage } from '../../../retrieval/reading/passages-of-page.ts';
import { readWithService } from '../../../retrieval/reading/read-with-service.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackServer } from '../../support/loopback-server.ts';

const signal = new AbortController().signal;

const shell =
  '<!doctype html><title>Lakes</title><div id="root"></div><script src="/app.js"></script>';

async function readPage({
  answer,
  html = shell,
  host = 'app.example.org',
}: {
  answer: string;
  html?: string;
  host?: string;
}): Promise<{ page: IndexedPage | string; requests: LoopbackServer['requests'] }> {
  await using server = await startServer((_request, response) => void response.end(answer));
  const service = createReaderService({
    baseUrl: server.url,
    lookup: async () => [{ address: '93.184.215.14', family: 4 }],
  });
  const read = readWithService((fetched, options) => passagesOfPage(fetched, options), service);
  const fetched: FetchedPage = {
    requestedUrl: `https://${host}/lakes`,
    url: `https://${host}/lakes`,
    contentType: 'text/html',
    text: html,
    bytes: new Uint8Array(),
    etag: null,
    lastModified: null,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    from: 'network',
  };
  try {
    return { page: await read(fetched, { scope: 'public', signal }), requests: server.requests };
  } catch (error) {
    return { page: (error as Error).message, requests: server.requests };
  } finally {
    await service.close();
  }
}

describe('a page that needs a browser', () => {
  test('is read through the service, with its title and date and no lines of a file', async () => {
    const { page } = await readPage({
      answer:
        'Title: Глубокие озёра\n\nURL Source: https://app.example.org/lakes\n\nPublished Time: 2026-03-04T06:30:00.000Z\n\nMarkdown Content:\n## Байкал\n\nГлубина озера Байкал — 1642 метра.\n',
    });
    expect(page).toMatchObject({
      url: 'https://app.example.org/lakes',
      passages: [
        {
          title: 'Глубокие озёра',
          heading: 'Байкал',
          site: 'app.example.org',
          language: 'ru',
          publishedAt: '2026-03-04T06:30:00.000Z',
          place: null,
          text: 'Глубина озера Байкал — 1642 метра.',
        },
      ],
    });
  });

  test('is named with what the service did when that failed', async () => {
    expect((await readPage({ answer: '' })).page).toBe(
      'needs a browser to be read, and the reader service found no text',
    );
  });

  test('is not read from a wall that the service was shown', async () => {
    const answer =
      'Title: Just a moment...\n\nMarkdown Content:\nVerifying you are human. This may take a few seconds.\n';
    expect((await readPage({ answer })).page).toBe(
      'needs a browser to be read, and the reader service found no text',
    );
  });

  test('of the own network is not told to the service', async () => {
    const { page, requests } = await readPage({ answer: 'secret', host: '192.168.0.7' });
    expect(page).toBe('needs a browser to be read');
    expect(requests).toEqual([]);
  });
});

test('other pages never reach the service', async () => {
  const html =
    '<title>Chair</title><p>A chair has four legs, as a rule, and a back to lean on.</p>';
  const { page, requests } = await readPage({ answer: 'Title: wrong', html });
  expect(page).toMatchObject({ passages: [{ title: 'Chair' }] });
  expect(requests).toEqual([]);
});
