import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { statusOf } from '../../bot/cli/ask-json.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { startImpatientApp } from '../support/impatient-app.ts';
import { sendJson, startServer } from '../support/loopback-server.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { webPages } from '../support/web-pages.ts';

let web: LoopbackWeb<'volga'>;
let app: AppUnderTest;
beforeAll(async () => {
  web = await startLoopbackWeb({ volga: webPages.volga });
  app = await composeApp({ SEARXNG_URL: web.searchUrl, CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  web.searchHandler = null;
  await app.settled();
  await app.index.clear();
});

const question = 'Какова длина Волги?';

const status =
  (code: number, contentType = 'text/html'): LoopbackHandler =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': contentType });
    response.end('<!doctype html><h1>No</h1>');
  };

const body =
  (text: string, contentType = 'application/json'): LoopbackHandler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': contentType });
    response.end(text);
  };

const faults: [string, LoopbackHandler, string][] = [
  [
    '403',
    status(403),
    'searxng: JSON is switched off; add json to search.formats in its settings (HTTP 403)',
  ],
  ['429', status(429), 'searxng: too many requests (HTTP 429)'],
  ['500', status(500), 'searxng: the server failed twice (HTTP 500)'],
  ['503', status(503), 'searxng: the server is not available (HTTP 503)'],
  ['HTML for JSON', status(200), 'searxng: a web page came where JSON was expected'],
  [
    'HTML that is called JSON',
    body('<!doctype html><h1>Search</h1>'),
    'searxng: a web page came where JSON was expected',
  ],
  ['half of its JSON', body('{"results": [{"url": "http'), 'searxng: the answer is not valid JSON'],
  ['JSON of another kind', body('{"hits": 3}'), 'searxng: the answer has no list of results'],
  ['nothing at all', body(''), 'searxng: the answer is not valid JSON'],
  [
    'silence of its own engines',
    body('{"results": [], "unresponsive_engines": [["brave", "timeout"]]}'),
    'searxng: none of its engines answered: brave (timeout)',
  ],
  [
    'a cut connection',
    (_request, response) => void response.destroy(),
    'searxng: the connection was cut before the answer was complete',
  ],
];

describe.each(faults)('a search that gives %s', (_what, handler, degraded) => {
  test('is named for the operator, and the reader gets an honest sentence', async () => {
    web.searchHandler = handler;
    const { ending, report, reply } = await askToTheEnd(app.ask, question);
    expect(ending).toMatchObject({ type: 'declined', reason: 'search-failed' });
    expect(statusOf(ending)).toBe('failed');
    expect(report).toMatchObject({ degraded: [degraded], notRead: [], closest: [] });
    expect(reply).toBe('Поиск сейчас не отвечает. Попробуйте через пару минут.');
    expect(reply).not.toContain('searxng');
  });

  test('leaves what was read before to answer', async () => {
    await askToTheEnd(app.ask, question);
    web.searchHandler = handler;
    const { ending, report } = await askToTheEnd(app.ask, question);
    expect(ending.type).toBe('answered');
    expect(report.answer).toContain('3530 км');
    expect(report.sources.map(({ url }) => url)).toEqual([web.url('volga')]);
    expect(report.degraded).toEqual([degraded]);
  });
});

test('what was read before and does not answer is no excuse for a search that failed', async () => {
  await askToTheEnd(app.ask, question);
  web.searchHandler = status(429);
  const { ending, report, reply } = await askToTheEnd(app.ask, 'Сколько стоит билет на Марс?');
  expect(ending).toMatchObject({ type: 'declined', reason: 'search-failed' });
  expect(report.closest).toEqual([]);
  expect(reply).toBe('Поиск сейчас не отвечает. Попробуйте через пару минут.');
});

test('a search that finds nothing is no failure, and the reader is told so', async () => {
  web.searchHandler = (_request, response) => sendJson(response, { results: [] });
  const { ending, report, reply } = await askToTheEnd(app.ask, question);
  expect(ending).toMatchObject({ type: 'declined', reason: 'nothing-found' });
  expect(statusOf(ending)).toBe('declined');
  expect(report.degraded).toEqual([]);
  expect(reply).toBe('По этому вопросу ничего не нашлось. Попробуйте спросить иначе.');
});

test('results that are no pages are left out, and the rest is read', async () => {
  web.searchHandler = (_request, response) =>
    sendJson(response, {
      results: [
        null,
        { url: 7 },
        { url: 'ftp://files.example/volga' },
        { url: 'javascript:alert(1)' },
        { url: 'http://' },
        { title: 'without an address' },
        { url: web.url('volga'), title: null, content: 3 },
        { url: `${web.url('volga')}?utm_source=search#length` },
      ],
    });
  const { ending, report } = await askToTheEnd(app.ask, question);
  expect(ending.type).toBe('answered');
  expect(report.notRead).toEqual([]);
  expect(report.degraded).toEqual([]);
});

test('a search that answers in part is used, and what is missing is named', async () => {
  web.searchHandler = (_request, response) =>
    sendJson(response, {
      results: [{ url: web.url('volga') }],
      unresponsive_engines: [['brave', 'access denied']],
    });
  const { ending, report, reply } = await askToTheEnd(app.ask, question);
  expect(ending.type).toBe('answered');
  expect(report.degraded).toEqual(['searxng: brave did not answer (access denied)']);
  expect(reply).not.toContain('brave');
});

test('one engine that fails leaves the other to answer', async () => {
  await using wiki = await startLoopbackWeb({ volga: webPages.volga });
  wiki.searchHandler = (_request, response) =>
    sendJson(response, { query: { search: [{ title: 'Волга', pageid: 1, snippet: '' }] } });
  await using both = await composeApp({
    SEARXNG_URL: web.searchUrl,
    WIKIPEDIA: 'on',
    WIKIPEDIA_BASE_URL: wiki.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
  });
  const answered = await askToTheEnd(both.ask, question);
  expect(answered.ending.type).toBe('answered');

  wiki.searchHandler = status(500);
  const { ending, report } = await askToTheEnd(both.ask, question);
  expect(ending.type).toBe('answered');
  expect(report.degraded).toHaveLength(1);
  expect(report.degraded[0]).toMatch(/^wikipedia: .*HTTP 500/u);
});

test('a server that is not there is named', async () => {
  const gone = await startServer(() => {});
  await gone.close();
  await using nowhere = await composeApp({ SEARXNG_URL: gone.url });
  const { ending, report, reply } = await askToTheEnd(nowhere.ask, question);
  expect(ending).toMatchObject({ type: 'declined', reason: 'search-failed' });
  expect(report.degraded).toEqual([`searxng: ${gone.host}:${gone.port} refused the connection`]);
  expect(reply).toBe('Поиск сейчас не отвечает. Попробуйте через пару минут.');
});

describe('a search that is slow', () => {
  test.each<[string, LoopbackHandler]>([
    ['never answers', () => {}],
    [
      'never ends its answer',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"results": [');
      },
    ],
  ])('and %s is not waited for', async (_what, handler) => {
    await using impatient = startImpatientApp({ ...web });
    web.searchHandler = handler;
    const { ending, report, reply } = await askToTheEnd(impatient.ask, question);
    expect(ending).toMatchObject({ type: 'declined', reason: 'search-failed' });
    expect(report.degraded).toEqual(['searxng: no answer within 150 ms']);
    expect(reply).toBe('Поиск сейчас не отвечает. Попробуйте через пару минут.');
  });
});
