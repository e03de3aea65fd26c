import { describe, expect, test } from 'vitest';

import type { FetchedPage } from '../../../retrieval/crawl/fetch-page.ts';
import { createReaderService } from '../../../retrieval/crawl/reader-service.ts';
import type { IndexedPage } from '../../../retrieval/index/passage-index.ts';
import { createPageCache } from '../../../retrieval/crawl/page-cache.ts';
import { openPageStore } from '../../../retrieval/crawl/page-store.ts';
import { createReaderCache } from '../../../retrieval/reading/reader-cache.ts';
import { fetchForReading } from '../../../retrieval/crawl/fetch-for-reading.ts';
import { NEEDS_BROWSER, PageError } from '../../../retrieval/errors.ts';
import { passagesOfPage } from '../../../retrieval/reading/passages-of-page.ts';
import { readWithService } from '../../../retrieval/reading/read-with-service.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackServer } from '../../support/loopback-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

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

describe('what the service gave', () => {
  test('is kept as long as a page, and asked for anew after', async () => {
    const { texts, asked } = await readAt(
      [0, 10 * minuteMs, 60 * minuteMs],
      [lakes(1642), lakes(1643)],
    );
    expect(texts).toEqual([said(1642), said(1642), said(1643)]);
    expect(asked).toBe(2);
  });

  test('is not kept when it is a wall or nothing', async () => {
    const wall = 'Title: Just a moment...\n\nMarkdown Content:\nVerifying you are human.\n';
    const { texts, asked } = await readAt([0, 1000, 2000, 3000], [wall, '', lakes(1642), '']);
    const failed = `: ${NEEDS_BROWSER}, and the reader service found no text`;
    expect(texts).toEqual([failed, failed, said(1642), said(1642)]);
    expect(asked).toBe(3);
  });
});

test('a page behind a challenge needs a browser where there is no service', async () => {
  const fetchPage = fetchForReading(() =>
    Promise.reject(new PageError(NEEDS_BROWSER, { retryable: false })),
  );
  const page = await fetchPage('https://app.example.org/lakes', { signal });
  await expect(passagesOfPage(page, { scope: 'public' })).rejects.toThrow(NEEDS_BROWSER);
});

test('other faults are those of the fetcher', async () => {
  const fetchPage = fetchForReading(() =>
    Promise.reject(new PageError('HTTP 403', { retryable: false })),
  );
  await expect(fetchPage('https://app.example.org/lakes', { signal })).rejects.toThrow('HTTP 403');
});

const minuteMs = 60_000;

/** Asks for one page at each of these times; what the service answered, and how often it was asked. */
async function readAt(
  times: readonly number[],
  answers: readonly string[],
  url = 'https://app.example.org/lakes',
): Promise<{ texts: string[]; asked: number }> {
  let time = 0;
  const now = (): number => time;
  await using folder = await temporaryFolder();
  await using server = await startServer(
    (_request, response) => void response.end(answers[server.requests.length - 1]),
  );
  const service = createReaderService({
    baseUrl: server.url,
    lookup: async () => [{ address: '93.184.215.14', family: 4 }],
  });
  const store = openPageStore({ file: `${folder.path}/pages.sqlite`, now });
  const cache = createPageCache({ store, maxBytes: 1_000_000, now });
  const read = readWithService((page, options) => passagesOfPage(page, options), service, {
    cache: createReaderCache({ cache, now }),
  });
  const fetchPage = fetchForReading(() =>
    Promise.reject(new PageError(NEEDS_BROWSER, { retryable: false })),
  );
  const texts: string[] = [];
  for (const at of times) {
    time = at;
    const { passages } = await read(await fetchPage(url, { signal }), {
      scope: 'public',
      signal,
    }).catch((error: Error) => ({ passages: [{ title: '', text: error.message }] }));
    texts.push(passages.map(({ title, text }) => `${title}: ${text}`).join('\n'));
  }
  store.close();
  await service.close();
  return { texts, asked: server.requests.length };
}

const lakes = (depth: number): string =>
  `Title: Lakes\n\nMarkdown Content:\nThe deepest lake is ${depth} metres deep.\n`;
const said = (depth: number): string => `Lakes: The deepest lake is ${depth} metres deep.`;
