import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { sendJson } from '../support/loopback-server.ts';
import { searxngResults, startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { page } from '../support/web-pages.ts';

const pages = {
  answer: page({
    lang: 'ru',
    title: 'Заречная крепость',
    paragraphs: ['Год основания Заречной крепости — 1652. Её стены сложены из белого камня.'],
  }),
  other: page({ lang: 'ru', title: 'Монеты', paragraphs: ['Монеты хранит музей города.'] }),
};

let web: LoopbackWeb<keyof typeof pages>;
let app: AppUnderTest;
beforeAll(async () => {
  web = await startLoopbackWeb(pages);
  app = await composeApp({ SEARXNG_URL: web.searchUrl, CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await app.settled();
  await app.index.clear();
});

/** An engine that finds the answer by the word «крепость» just as it stands, else another page. */
function findByPlainWord(): void {
  web.searchHandler = (request, response) => {
    const query = new URL(request.url ?? '/', 'http://search').searchParams.get('q') ?? '';
    const isFound = query.toLowerCase().split(/\s+/u).includes('крепость');
    sendJson(response, searxngResults([web.url('other'), ...(isFound ? [web.url('answer')] : [])]));
  };
}

test('a page that has the words in other forms is found by a second search', async () => {
  findByPlainWord();
  const { events, report, reply } = await askToTheEnd(
    app.ask,
    'В каком году основание Заречной крепости?',
  );
  expect(events.map(({ type }) => type).slice(0, 4)).toEqual([
    'searching',
    'reading',
    'searching',
    'reading',
  ]);
  expect(events[3]).toEqual({ type: 'reading', pages: 1 });
  expect(report.answer).toContain('1652');
  expect(report.sources.map(({ url }) => url)).toEqual([web.url('answer')]);
  expect(report.sentences.every(({ verdict }) => verdict === 'supported')).toBe(true);
  expect(reply).toContain('1652');
  expect(web.visits('other')).toHaveLength(1);
});

test('an answer that is found at once is not searched for again', async () => {
  web.searchHandler = null;
  const before = web.searches.length;
  const { report } = await askToTheEnd(app.ask, 'В каком году основание Заречной крепости?');
  expect(report.answer).toContain('1652');
  expect(web.searches.length - before).toBe(1);
});

test('what stands nowhere is declined after both, and no page is read twice', async () => {
  findByPlainWord();
  const before = { searches: web.searches.length, answer: web.visits('answer').length };
  const { ending } = await askToTheEnd(app.ask, 'Кто командовал гарнизоном этой крепости в 1812?');
  expect(ending).toMatchObject({ type: 'declined', reason: 'not-answered' });
  expect(web.searches.length - before.searches).toBe(2);
  expect(web.visits('answer').length - before.answer).toBeLessThanOrEqual(1);
});

test('a second search that fails leaves an honest decline and is told to the operator', async () => {
  let asked = 0;
  web.searchHandler = (_request, response) => {
    asked += 1;
    if (asked === 1) return sendJson(response, searxngResults([web.url('other')]));
    return void response.writeHead(503).end();
  };
  const { ending, report } = await askToTheEnd(app.ask, 'Сколько башен у Заречной крепости?');
  expect(ending).toMatchObject({ type: 'declined', reason: 'not-answered' });
  expect(report.degraded).toEqual([expect.stringMatching(/^searxng: /u)]);
});
