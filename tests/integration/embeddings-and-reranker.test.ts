import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import { startGigaChatServer } from '../support/gigachat-server.ts';
import { readBody, sendJson, startServer } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import { writeStaticTable } from '../support/static-table.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { webPages } from '../support/web-pages.ts';

const question = 'Какова длина Волги?';

test('a reranker is asked about the passages, and its failure leaves the answer as it was', async () => {
  await using web = await startLoopbackWeb({ baikal: webPages.baikal, volga: webPages.volga });
  web.found = [web.url('baikal'), web.url('volga')];
  const asked: { query: string; texts: string[] }[] = [];
  let works = true;
  await using server = await startServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as { query: string; texts: string[] };
    asked.push(body);
    const scores = body.texts.map((text, index) => ({ index, score: Number(/Волг/u.test(text)) }));
    sendJson(response, works ? scores : scores.slice(1));
  });
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    RERANK_BASE_URL: server.url,
  });
  const { report } = await askToTheEnd(app.ask, question);
  expect(report.answer).toContain('3530 км');
  expect(report.degraded).toEqual([]);
  expect(asked[0]?.query).toBe(question);
  expect(asked[0]?.texts.length).toBeGreaterThan(1);

  works = false;
  const again = await askToTheEnd(app.ask, question);
  expect(again.report.answer).toContain('3530 км');
  const count = asked[0]?.texts.length ?? 0;
  expect(again.report.degraded).toEqual([`reranker: ${count - 1} scores for ${count} texts`]);
});

test('GigaChat’s embeddings are asked for with its token, once for a text', async () => {
  await using web = await startLoopbackWeb({ volga: webPages.volga });
  web.found = [web.url('volga')];
  const inputs: string[][] = [];
  await using server = await startGigaChatServer({
    answer: async (request, response) => {
      const { input } = JSON.parse(await readBody(request)) as { input?: string[] };
      if (input === undefined) {
        // The same credentials open its chat model.
        const delta = { role: 'assistant', content: 'Длина Волги — 3530 км [1].' };
        const chunk = { choices: [{ index: 0, delta, finish_reason: 'stop' }] };
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
        return;
      }
      inputs.push(input);
      sendJson(response, { data: input.map(() => ({ embedding: [1, 2, 3] })) });
    },
  });
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    EMBEDDINGS_PROVIDER: 'gigachat',
    GIGACHAT_CREDENTIALS: 'aWQ6dmVyeS1zZWNyZXQ=',
    GIGACHAT_AUTH_URL: server.authUrl,
    GIGACHAT_BASE_URL: server.baseUrl,
  });
  const { report } = await askToTheEnd(app.ask, question);
  await app.settled();
  expect(report.degraded).toEqual([]);
  expect(new Set(server.authorizations)).toEqual(new Set(['Bearer token-1']));
  const passages = inputs.filter((input) => input[0] !== question);
  expect(passages).toHaveLength(1);
  await askToTheEnd(app.ask, question);
  await app.settled();
  // The page is the same, so its vectors are known.
  expect(inputs.filter((input) => input[0] !== question)).toHaveLength(1);
});

test('a table in a folder needs no server', async () => {
  await using folder = await temporaryFolder();
  writeStaticTable(folder.path, {
    tokens: ['[UNK]', 'волги', 'длина', 'баикал'],
    rows: [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  });
  await using web = await startLoopbackWeb({ volga: webPages.volga });
  web.found = [web.url('volga')];
  await using app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    EMBEDDINGS_FOLDER: folder.path,
  });
  const { report } = await askToTheEnd(app.ask, question);
  expect(report.answer).toContain('3530 км');
  expect(report.degraded).toEqual([]);
});

test('a folder without a table stops the start with a sentence', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'tokenizer.json'), '{}');
  const config = readConfig({ DATA_DIR: folder.path, EMBEDDINGS_FOLDER: folder.path });
  const logger = createLogger({ level: 'silent', secrets: [] });
  await expect(compose(config, { logger })).rejects.toThrow(
    'embeddings: tokenizer.json cannot be used: it has no model',
  );
});
