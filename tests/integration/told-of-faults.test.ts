import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import type { ComposedApp } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { inlineResults } from '../../bot/inline/inline-results.ts';
import { createLocales } from '../../bot/locales/locale.ts';
import { createLogger } from '../../bot/logger.ts';
import { createHealth } from '../../bot/operator/health.ts';
import { createOperatorNotices } from '../../bot/operator/operator-notices.ts';
import type { OperatorNotices } from '../../bot/operator/operator-notices.ts';
import { openDatabase } from '../../bot/state/database.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { startEmbeddingsServer } from '../support/embeddings-server.ts';
import { sendJson } from '../support/loopback-server.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { startModelServer } from '../support/model-server.ts';
import type { ModelBehaviour } from '../support/model-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { webPages } from '../support/web-pages.ts';

const ADMIN = 1;
const QUESTION = 'Какова длина Волги?';
const GOOD_ANSWER: ModelBehaviour = { kind: 'answer', text: 'Длина Волги 3530 км [1].' };
const KEY = 'sk-secret-key';

const logger = createLogger({ level: 'silent', secrets: [] });
const locales = createLocales();

let disposal: AsyncDisposableStack;
let web: LoopbackWeb<'volga'>;
let pages: LoopbackHandler | null;
let model: ModelBehaviour;
let embeddings: ((response: ServerResponse) => void) | null;
let app: ComposedApp;
let notices: OperatorNotices;
let told: string[];

beforeEach(async () => {
  disposal = new AsyncDisposableStack();
  pages = null;
  model = GOOD_ANSWER;
  embeddings = null;
  told = [];
  web = disposal.use(
    await startLoopbackWeb({
      volga(request, response) {
        if (pages !== null) return pages(request, response);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(webPages.volga);
      },
    }),
  );
  const folder = disposal.use(await temporaryFolder());
  const modelServer = disposal.use(await startModelServer(() => model));
  const embeddingsServer = disposal.use(
    await startEmbeddingsServer(({ input }, response) => {
      if (embeddings !== null) embeddings(response);
      else sendJson(response, { data: input.map((_, index) => ({ index, embedding: [1, 2] })) });
    }),
  );
  const { database } = openDatabase({ folder: folder.path });
  disposal.defer(() => database.close());
  notices = createOperatorNotices({
    database,
    tell: async (adminId, text) => void told.push(`${adminId}: ${text}`),
    adminIds: () => [ADMIN],
    localeOf: () => locales.ru,
    logger,
  });
  const config = readConfig({
    WIKIPEDIA: 'off',
    DATA_DIR: folder.path,
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    OPENAI_BASE_URL: modelServer.baseUrl,
    OPENAI_MODEL: 'stub',
    OPENAI_API_KEY: KEY,
    EMBEDDINGS_BASE_URL: embeddingsServer.baseUrl,
    EMBEDDINGS_MODEL: 'vectors',
  });
  app = await compose(config, { logger, health: createHealth({ notices }) });
  disposal.defer(() => app.close());
});
afterEach(() => disposal.disposeAsync());

const status =
  (code: number): LoopbackHandler =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': 'text/html' });
    response.end(`<h1>HTTP ${code} error</h1>`);
  };

const cut: LoopbackHandler = (_request, response) => void response.destroy();

/** What only an operator understands, or may know. */
const NOT_FOR_READERS =
  /\bHTTP\b|\b[45]\d\d\b|error|undefined|\bnull\b|ECONN|timeout|searxng|\bstub\b|embedding|sk-secret/iu;

/** Every word that one who asked could come to see, in a chat or in a list under `@bot question`. */
async function wordsFor(question: string): Promise<string> {
  await app.index.clear();
  const { ending, reply, streamed, report } = await askToTheEnd(app.ask, question);
  const list = ending.type === 'answered' ? inlineResults(report, locales.ru) : [];
  const listed = list.flatMap(({ title, description, input_message_content: content }) => [
    title,
    description,
    'message_text' in content ? content.message_text : '',
  ]);
  return [reply, streamed, ...listed].join('\n');
}

async function ask(times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) await askToTheEnd(app.ask, QUESTION);
  await app.settled();
  await notices.settled();
}

const firstPhrases = (): string[] => told.map((text) => text.split(/[,.:] /u)[1] ?? '');

describe('a reader sees plain words', () => {
  const codes = [400, 401, 402, 403, 404, 429, 500, 503];

  test.each([QUESTION, 'How long is the river Volga?'])(
    'whatever pages and search give to «%s»',
    async (question) => {
      for (const handler of [...codes.map(status), cut]) {
        pages = handler;
        web.searchHandler = null;
        expect(await wordsFor(question)).not.toMatch(NOT_FOR_READERS);
        web.searchHandler = handler;
        expect(await wordsFor(question)).not.toMatch(NOT_FOR_READERS);
      }
    },
  );

  test('whatever the model gives', async () => {
    const refusals = codes.map((code): ModelBehaviour => {
      const body = { error: { message: `HTTP ${code} for ${KEY}` } };
      return { kind: 'status', status: code, body };
    });
    for (const behaviour of [...refusals, { kind: 'reset' }, { kind: 'html' }] as const) {
      model = behaviour;
      const words = await wordsFor(QUESTION);
      expect(words).not.toMatch(NOT_FOR_READERS);
      expect(words).toContain('Модель не ответила, поэтому здесь цитаты из источников.');
    }
  });

  test('whatever the embeddings give', async () => {
    for (const code of codes) {
      embeddings = (response) => sendJson(response, { error: `HTTP ${code}` }, code);
      expect(await wordsFor(QUESTION)).not.toMatch(NOT_FOR_READERS);
    }
  });

  test.each(['ru', 'en'] as const)('in every sentence of %s', (language) => {
    const words = readFileSync(
      new URL(`../../bot/locales/${language}.ftl`, import.meta.url),
      'utf8',
    );
    // Those who run the bot are told names of settings; a demo shows its own address.
    const forReaders = words
      .split(/\n(?=[\w-]+ =|#)/u)
      .filter((entry) => !/^(?:#|fault-|terminal-|demo-)/u.test(entry));
    expect(forReaders.length).toBeGreaterThan(50);
    expect(forReaders.filter((entry) => /\bHTTP\b|\b[45]\d\d\b/u.test(entry))).toEqual([]);
  });
});

describe('the operator is told', () => {
  test('once that the search is down and once that it is not, and nothing of a blip', async () => {
    web.searchHandler = status(503);
    await ask(2);
    web.searchHandler = null;
    await ask();
    expect(told).toEqual([]);
    web.searchHandler = status(503);
    await ask(5);
    expect(told).toEqual([
      '1: Поиск не отвечает, поэтому на новые вопросы ответов нет. Проверьте доступ в сеть и SEARXNG_URL, если он задан. Если поиск поднимется сам, больше ничего делать не нужно.\nПодробности: searxng: the server is not available (HTTP 503)',
    ]);
    web.searchHandler = null;
    await ask(2);
    expect(told.slice(1)).toEqual(['1: Поиск снова работает. Не работал меньше минуты.']);
  });

  test('at once that the key is refused, without the key', async () => {
    model = { kind: 'status', status: 401, body: { error: { message: `bad key ${KEY}` } } };
    await ask(3);
    model = GOOD_ANSWER;
    await ask(2);
    expect(firstPhrases()).toEqual(['Модель не принимает ключ', 'Модель снова принимает ключ']);
    expect(told.join('')).not.toContain(KEY);
  });

  test('at once that the balance is empty', async () => {
    model = { kind: 'status', status: 402 };
    await ask(3);
    model = GOOD_ANSWER;
    await ask(2);
    expect(firstPhrases()).toEqual(['На счёте модели закончились деньги', 'Модель снова отвечает']);
  });

  test('that the model is down', async () => {
    model = { kind: 'reset' };
    await ask(2);
    expect(told).toEqual([]);
    await ask(2);
    model = GOOD_ANSWER;
    await ask();
    expect(firstPhrases()).toEqual(['Модель не отвечает', 'Модель снова отвечает']);
  });

  test('that the embeddings are down', async () => {
    embeddings = (response) => sendJson(response, {}, 503);
    await ask(3);
    embeddings = null;
    await ask(2);
    expect(firstPhrases()).toEqual([
      'Сервер эмбеддингов не отвечает',
      'Сервер эмбеддингов снова отвечает',
    ]);
  });

  test('nothing while all is well', async () => {
    await ask(3);
    expect(told).toEqual([]);
  });
});
