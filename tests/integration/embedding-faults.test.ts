import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { readBody, sendJson, startServer } from '../support/loopback-server.ts';
import type { LoopbackServer } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { webPages } from '../support/web-pages.ts';

type Embeddings = (texts: readonly string[]) => { status?: number; body: unknown } | 'cut';

/** A vector a text, in which little is said. */
const vectors =
  (dimensions: number): Embeddings =>
  (texts) => ({
    body: {
      data: texts.map((text) => ({
        embedding: Array.from({ length: dimensions }, (_, at) => (text.codePointAt(at) ?? 0) + 1),
      })),
    },
  });

let web: LoopbackWeb<'baikal' | 'volga'>;
let server: LoopbackServer;
let app: AppUnderTest;
let embeddings: Embeddings;
beforeAll(async () => {
  web = await startLoopbackWeb({ baikal: webPages.baikal, volga: webPages.volga });
  server = await startServer(async (request, response) => {
    const { input } = JSON.parse(await readBody(request)) as { input: string[] };
    const answer = embeddings(input);
    if (answer === 'cut') response.destroy();
    else sendJson(response, answer.body, answer.status);
  });
  app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    EMBEDDINGS_BASE_URL: server.url,
    EMBEDDINGS_MODEL: 'stub',
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await server.close();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  web.found = [web.url('baikal'), web.url('volga')];
  await app.settled();
  await app.index.clear();
});

const question = 'Какова длина Волги?';

test('embeddings that work are not mentioned', async () => {
  embeddings = vectors(4);
  const { report } = await askToTheEnd(app.ask, question);
  expect(report.answer).toContain('3530 км');
  expect(report.degraded).toEqual([]);
});

describe('embeddings that fail leave the words to rank by', () => {
  test.each<[string, Embeddings, string]>([
    ['429', () => ({ status: 429, body: {} }), 'embeddings: HTTP 429'],
    ['500', () => ({ status: 500, body: {} }), 'embeddings: HTTP 500'],
    ['a cut connection', () => 'cut', 'embeddings: no connection'],
    ['no vectors', () => ({ body: { data: [] } }), 'embeddings: 0 vectors for 1 texts'],
    ['something else', () => ({ body: 'hello' }), 'embeddings: no vectors for 1 texts'],
    [
      'what are no numbers',
      (texts) => ({ body: { data: texts.map(() => ({ embedding: [0, null, 'x'] })) } }),
      'embeddings: a vector that is zero or not a number',
    ],
  ])('%s', async (_what, how, degraded) => {
    embeddings = how;
    const { ending, report } = await askToTheEnd(app.ask, question);
    expect(ending.type).toBe('answered');
    expect(report.answer).toContain('3530 км');
    expect(report.notRead).toEqual([]);
    expect(report.degraded).toEqual([degraded]);
    expect(await app.index.count()).toMatchObject({ pages: 2 });
  });
});

test('vectors of another model than the index was filled with leave the words to rank by', async () => {
  embeddings = vectors(4);
  web.found = [web.url('baikal')];
  await askToTheEnd(app.ask, question);

  embeddings = vectors(6);
  web.found = [web.url('volga')];
  const { ending, report } = await askToTheEnd(app.ask, question);
  expect(ending.type).toBe('answered');
  expect(report.sources.map(({ url }) => url)).toEqual([web.url('volga')]);
  expect(report.degraded).not.toEqual([]);
  for (const sentence of report.degraded) {
    expect(sentence).toContain('the index holds embeddings of 4 dimensions');
  }
  expect(await app.index.count()).toMatchObject({ pages: 2 });

  // What was kept then is found again without reading it.
  web.found = [];
  const again = await askToTheEnd(app.ask, question);
  expect(again.report.answer).toContain('3530 км');
});
