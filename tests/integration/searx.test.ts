import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchError } from '../../retrieval/errors.ts';
import type { SearchResponse } from '../../retrieval/search/search-engine.ts';
import { createSearxng } from '../../retrieval/search/searxng.ts';
import { sendJson, startServer } from '../support/loopback-server.ts';
import type { LoopbackServer } from '../support/loopback-server.ts';
import { searxIsInstalled, startSearx } from './searx-server.ts';
import type { SearxServer } from './searx-server.ts';

const why = searxIsInstalled ? '' : ' (skipped: Debian’s searx is not installed here)';

describe.skipIf(!searxIsInstalled)(`a real searx 1.1.0${why}`, () => {
  let web: LoopbackServer;
  let searx: SearxServer;

  beforeAll(async () => {
    web = await startServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://web');
      const engine = url.pathname.slice(1);
      const question = url.searchParams.get('q') ?? '';
      if (question === 'пусто') return sendJson(response, { results: [] });
      if (question === 'сломано') return sendJson(response, {}, 500);
      if (question === 'наполовину' && engine === 'second') return sendJson(response, {}, 500);
      return sendJson(response, { results: pagesOf(engine) });
    });
    searx = await startSearx({
      engines: { first: `${web.url}/first`, second: `${web.url}/second` },
      defaultLanguage: '',
    });
  });

  afterAll(async () => {
    await searx.stop();
    await web.close();
  });

  const search = (text: string): Promise<SearchResponse> =>
    createSearxng({ baseUrl: searx.url }).search(
      { text, language: 'ru' },
      { signal: new AbortController().signal },
    );

  it('gives pages of all its engines, each once, in plain text', async () => {
    const { results, warnings } = await search('Сколько весит Солнце?');
    expect(new Set(results.map((result) => result.url))).toEqual(
      new Set([
        'https://first.example/солнце',
        'https://second.example/солнце',
        'https://both.example/солнце',
      ]),
    );
    expect(results[0]?.url).toBe('https://both.example/солнце');
    expect(results.find((result) => result.url.includes('first'))).toEqual({
      url: 'https://first.example/солнце',
      title: 'Солнце & first',
      snippet: 'Масса Солнца — 2·1030 кг',
      publishedAt: null,
    });
    expect(warnings).toEqual([]);
  });

  it('asks its engines for the question as it was written', async () => {
    await search('!e0 что такое «вес»?');
    const { path } = web.requests.at(-1) ?? { path: '' };
    expect(new URL(path, web.url).searchParams.get('q')).toBe('e0 что такое «вес»?');
  });

  it('gives an empty list when the web has nothing', async () => {
    expect(await search('пусто')).toEqual({ results: [], warnings: [] });
  });

  it('warns of an engine that fails', async () => {
    const { results, warnings } = await search('наполовину');
    expect(results.map((result) => result.url)).toEqual(
      expect.arrayContaining(['https://first.example/солнце', 'https://both.example/солнце']),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^searxng: second did not answer \(.+\)$/u);
  });

  it('does not take the failure of all engines for an empty web', async () => {
    const error = await failureOf(search('сломано'));
    expect(error.message).toMatch(/^searxng: none of its engines answered: /u);
    expect(error.message).toMatch(/first \(.+\)/u);
    expect(error.message).toMatch(/second \(.+\)/u);
    expect(error.retryable).toBe(true);
  });

  it('says when the address is not where it searches', async () => {
    const engine = createSearxng({ baseUrl: `${searx.url}/elsewhere` });
    const { signal } = new AbortController();
    const error = await failureOf(engine.search({ text: 'Солнце', language: 'ru' }, { signal }));
    expect(error.message).toMatch(
      /^searxng: nothing at 127\.0\.0\.1:\d+\/elsewhere\/search \(HTTP 404\)$/u,
    );
  });

  it('answers where a caller without a language gets an error page', async () => {
    const strict = await startSearx({ engines: { first: `${web.url}/first` } });
    try {
      const plain = await fetch(`${strict.url}/search?q=a&format=json`);
      expect([plain.status, plain.headers.get('content-type')]).toEqual([
        500,
        'text/html; charset=utf-8',
      ]);
      const engine = createSearxng({ baseUrl: strict.url });
      const { signal } = new AbortController();
      const { results } = await engine.search({ text: 'Sonne', language: 'other' }, { signal });
      expect(results).toHaveLength(2);
    } finally {
      await strict.stop();
    }
  });

  it('says when nobody listens any more', async () => {
    const stopped = await startSearx({ engines: {}, defaultLanguage: '' });
    await stopped.stop();
    const engine = createSearxng({ baseUrl: stopped.url });
    const { signal } = new AbortController();
    const error = await failureOf(engine.search({ text: 'Солнце', language: 'ru' }, { signal }));
    expect(error.message).toMatch(/^searxng: 127\.0\.0\.1:\d+ refused the connection$/u);
  });
});

function pagesOf(engine: string): unknown[] {
  return [
    {
      url: `https://${engine}.example/солнце`,
      title: `Солнце &amp; <b>${engine}</b>`,
      content: 'Масса  <em>Солнца</em> — 2·10<sup>30</sup> кг',
    },
    { url: 'https://both.example/солнце', title: 'Both', content: '' },
  ];
}

function failureOf(search: Promise<unknown>): Promise<SearchError> {
  return search.then(
    () => {
      throw new Error('the search did not fail');
    },
    (error: unknown) => {
      if (error instanceof SearchError) return error;
      throw error;
    },
  );
}
