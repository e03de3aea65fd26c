import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { AnswerEvent } from '../../generation/answer/answer-event.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import { startModelServer } from '../support/model-server.ts';
import { answeredQuestions, webPages } from '../support/web-pages.ts';

/** Rejections that nobody handled, and warnings such as that of listeners that pile up. */
const complaints: unknown[] = [];
const keep = (complaint: unknown): void => void complaints.push(complaint);
beforeEach(() => {
  complaints.length = 0;
  process.on('unhandledRejection', keep);
  process.on('warning', keep);
});
afterEach(() => {
  process.off('unhandledRejection', keep);
  process.off('warning', keep);
});

/** Resources that keep a process alive, by kind; timers of kept-alive sockets come and go. */
function openResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    if (kind !== 'Timeout' && kind !== 'Immediate') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

test('two hundred questions leave no more open than a dozen did', { timeout: 60_000 }, async () => {
  await using web = await startLoopbackWeb({
    ...webPages,
    broken: (_request, response) => void response.writeHead(500).end(),
  });
  await using model = await startModelServer(({ index }) =>
    index % 3 === 0
      ? { kind: 'answer', text: 'Половина ответа', thenFault: 'cut' }
      : { kind: 'answer', text: 'Длина Волги составляет 3530 км [1].' },
  );
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_MODEL: 'stub',
  });
  web.found = (['volga', 'penicillin', 'broken'] as const).map((name) => web.url(name));
  const questions = Object.values(answeredQuestions).map(({ question }) => question);
  const askMany = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      const { ending } = await askToTheEnd(app.ask, questions[at % questions.length] ?? '');
      expect(ending.type).not.toBe('failed');
    }
    await app.settled();
  };
  await askMany(12);
  const before = openResources();
  await askMany(200);
  const after = openResources();
  const grown = Object.entries(after).filter(([kind, count]) => count > (before[kind] ?? 0) + 4);
  expect(grown).toEqual([]);
  expect(complaints).toEqual([]);
});

const hang: LoopbackHandler = () => {};

describe('closing while a question is being answered', () => {
  test.each(['search', 'page', 'model'] as const)(
    'in the middle of its %s ends it cleanly',
    async (stage) => {
      await using web = await startLoopbackWeb({
        volga: webPages.volga,
        slow: stage === 'page' ? hang : webPages.baikal,
      });
      await using model = await startModelServer(
        stage === 'model'
          ? { kind: 'answer', text: 'Длина Волги', thenFault: 'hang' }
          : { kind: 'answer', text: 'Длина Волги составляет 3530 км [1].' },
      );
      const app = await composeApp({
        SEARXNG_URL: web.searchUrl,
        CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
        OPENAI_BASE_URL: model.baseUrl,
        OPENAI_MODEL: 'stub',
      });
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      if (stage === 'search') {
        web.searchHandler = async (_request, response) => {
          reached.resolve();
          await released.promise;
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ results: [{ url: web.url('volga') }] }));
        };
      }
      if (stage === 'page') web.found = [web.url('slow')];
      const stop = new AbortController();
      const events: AnswerEvent[] = [];
      const asking = (async () => {
        const request = { question: 'Какова длина Волги?', length: 'short' } as const;
        for await (const event of app.ask(request, { signal: stop.signal })) {
          events.push(event);
          if (event.type === 'reading' && stage === 'page') reached.resolve();
          if (event.type === 'text-delta' && stage === 'model') reached.resolve();
        }
      })();
      await reached.promise;
      const closing = app[Symbol.asyncDispose]();
      // The program that closes tells its questions to end as well; a page ends by itself.
      if (stage === 'model') stop.abort();
      released.resolve();
      await closing;
      await asking;
      expect(events.at(-1)?.type).toMatch(/^(?:failed|declined)$/u);
      expect(events.filter((event) => 'report' in event)).toHaveLength(1);
      expect(complaints).toEqual([]);
    },
  );

  test('a question after the end is told in a sentence, and closing again does no harm', async () => {
    await using web = await startLoopbackWeb({ volga: webPages.volga });
    const app = await composeApp({
      SEARXNG_URL: web.searchUrl,
      CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    });
    await app.close();
    const { ending, report } = await askToTheEnd(app.ask, 'Какова длина Волги?');
    expect(ending).toMatchObject({ type: 'declined', reason: 'nothing-read' });
    expect(report.notRead).toEqual([{ url: web.url('volga'), reason: 'cancelled' }]);
    expect(report.degraded).toEqual(['index: the index is closed']);
    await app[Symbol.asyncDispose]();
    expect(complaints).toEqual([]);
  });
});

test('twenty questions at once are all answered from their own pages', async () => {
  await using web = await startLoopbackWeb(webPages);
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
  });
  const asked = Array.from({ length: 5 }, () => Object.values(answeredQuestions)).flat();
  const answers = await Promise.all(asked.map(({ question }) => askToTheEnd(app.ask, question)));
  expect(answers.map(({ report }, at) => report.answer.includes(asked[at]?.answer ?? '?'))).toEqual(
    asked.map(() => true),
  );
});

test('an index that no longer serves leaves the pages just read to answer', async () => {
  await using web = await startLoopbackWeb(webPages);
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
  });
  await app.index.close();
  const { report, ending } = await askToTheEnd(app.ask, answeredQuestions.volga.question);
  expect(ending.type).toBe('answered');
  expect(report.answer).toContain('3530 км');
  expect(report.notRead).toEqual([]);
  expect(report.degraded).toEqual(['index: the index is closed']);
});
