import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb, Site } from '../support/loopback-web.ts';
import { page, webPages } from '../support/web-pages.ts';

/** A page that is served when the gate opens, and never before. */
let gate = Promise.withResolvers<void>();
const gated =
  (markup: string): Site =>
  async (_request, response) => {
    await gate.promise;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(markup);
  };

const town = (name: string, people: number): string =>
  page({
    lang: 'ru',
    title: `Город ${name}`,
    paragraphs: [`${name} — город на Волге. Население города ${name} — ${people} человек.`],
  });

let web: LoopbackWeb<string>;
let app: AppUnderTest;
beforeAll(async () => {
  web = await startLoopbackWeb<string>({
    late: gated(webPages.baikal),
    later: gated(town('Углич', 31_000)),
    tver: town('Тверь', 416_000),
    kazan: town('Казань', 1_300_000),
    samara: town('Самара', 1_150_000),
    saratov: town('Саратов', 890_000),
    astrakhan: town('Астрахань', 470_000),
  });
  app = await composeApp({ SEARXNG_URL: web.searchUrl, CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts });
});
afterAll(async () => {
  gate.resolve();
  await app[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  gate.resolve();
  await app.settled();
  await app.index.clear();
  gate = Promise.withResolvers();
});

const towns = ['tver', 'kazan', 'samara', 'saratov', 'astrakhan'];

describe('with five pages in', () => {
  test('the answer goes on, names what was not waited for, and what lands later answers next', async () => {
    web.found = ['late', 'later', ...towns].map((name) => web.url(name));
    const first = await askToTheEnd(app.ask, 'Каково население города Казань?');
    expect(first.ending.type).toBe('answered');
    expect(first.report.answer).toContain('1300000');
    expect(first.report.notRead).toEqual([
      { url: web.url('late'), reason: 'not read in time' },
      { url: web.url('later'), reason: 'not read in time' },
    ]);
    expect(await app.index.count()).toMatchObject({ pages: 5 });

    gate.resolve();
    await app.settled();
    expect(await app.index.count()).toMatchObject({ pages: 7 });
    // What was told is not changed afterwards.
    expect(first.report.notRead).toHaveLength(2);

    web.found = [];
    const next = await askToTheEnd(app.ask, 'Какова наибольшая глубина Байкала?');
    expect(next.report.answer).toContain('1642 метра');
    expect(next.report.sources.map(({ url }) => url)).toEqual([web.url('late')]);
    expect(next.report.notRead).toEqual([]);
  });

  test('pages that land together with the fifth are taken together', async () => {
    web.found = towns.map((name) => web.url(name));
    const { report } = await askToTheEnd(app.ask, 'Каково население города Самара?');
    expect(report.notRead).toEqual([]);
    expect(report.answer).toContain('1150000');
  });
});

test('at most eight pages are read for a question', async () => {
  web.found = Array.from({ length: 20 }, (_, at) => `${web.url('tver')}?part=${at}`);
  await askToTheEnd(app.ask, 'Каково население города Тверь?');
  await app.settled();
  expect(web.visits('tver').filter((path) => path.includes('part='))).toHaveLength(8);
});

test('a question that is given up takes its pages with it, and the next one is answered', async () => {
  web.found = [web.url('late')];
  const giveUp = new AbortController();
  const events = app.ask(
    { question: 'Какова наибольшая глубина Байкала?', length: 'short' },
    { signal: giveUp.signal },
  );
  const types: string[] = [];
  for await (const event of events) {
    types.push(event.type);
    if (event.type === 'reading') giveUp.abort();
  }
  expect(types).toEqual(['searching', 'reading', 'failed']);
  await app.settled();
  expect(await app.index.count()).toMatchObject({ pages: 0 });
  gate.resolve();
  const { report } = await askToTheEnd(app.ask, 'Какова наибольшая глубина Байкала?');
  expect(report.answer).toContain('1642');
});
