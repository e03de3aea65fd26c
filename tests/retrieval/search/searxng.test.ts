import { afterEach, describe, expect, it } from 'vitest';
import { SearchError } from '../../../retrieval/errors.ts';
import type { SearchQuery, SearchResponse } from '../../../retrieval/search/search-engine.ts';
import { createSearxng } from '../../../retrieval/search/searxng.ts';
import { describeSearchEngine } from '../../contracts/search-engine.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler, LoopbackServer } from '../../support/loopback-server.ts';

describeSearchEngine({
  name: 'searxng',
  create: (options) => createSearxng(options),
  answerWith: (pages) =>
    JSON.stringify({
      results: pages.map(({ title, html }) => ({
        url: `https://example.org/${title}`,
        title,
        content: html,
      })),
    }),
  addressOf: (title) => `https://example.org/${title}`,
});

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(handler: LoopbackHandler): Promise<LoopbackServer> {
  const server = await startServer(handler);
  servers.push(server);
  return server;
}

const now = (): Date => new Date('2026-11-22T12:00:00Z');

function search(
  server: LoopbackServer,
  query: SearchQuery = { text: 'Солнце', language: 'ru' },
  path = '',
): Promise<SearchResponse> {
  const engine = createSearxng({ baseUrl: server.url + path, now });
  return engine.search(query, { signal: new AbortController().signal });
}

async function answerOf(body: unknown): Promise<SearchResponse> {
  return search(await serve((_, response) => sendJson(response, body)));
}

async function failureOf(handler: LoopbackHandler): Promise<SearchError> {
  const server = await serve(handler);
  return search(server).then(
    () => {
      throw new Error('the search did not fail');
    },
    (error: unknown) => {
      if (error instanceof SearchError) return error;
      throw error;
    },
  );
}

const empty = { results: [] };

describe('what searxng is asked', () => {
  it('asks for JSON in the language of the question, as a browser would', async () => {
    const server = await serve((_, response) => sendJson(response, empty));
    await search(server, { text: 'Сколько весит Солнце?', language: 'ru' });
    const [request] = server.requests;
    const url = new URL(request?.path ?? '', server.url);
    expect(url.pathname).toBe('/search');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      q: 'Сколько весит Солнце?',
      format: 'json',
      language: 'ru',
    });
    expect(request?.headers).toMatchObject({
      accept: 'application/json, text/html;q=0.5',
      'accept-language': 'ru,en;q=0.5',
      'accept-encoding': 'gzip, deflate',
      'user-agent': 'Istok',
    });
  });

  it('names no language for a question in another one', async () => {
    const server = await serve((_, response) => sendJson(response, empty));
    await search(server, { text: 'Wie schwer ist die Sonne?', language: 'other' });
    expect(server.requests[0]?.path).not.toContain('language');
  });

  it('keeps the path that the instance lives under', async () => {
    const server = await serve((_, response) => sendJson(response, empty));
    await search(server, undefined, '/searx/');
    expect(server.requests[0]?.path).toMatch(/^\/searx\/search\?/u);
  });

  it('lets no word of a question command the instance', async () => {
    const server = await serve((_, response) => sendJson(response, empty));
    await search(server, { text: '!!g :de <9 ?news !important — 5 < 6?', language: 'ru' });
    const url = new URL(server.requests[0]?.path ?? '', server.url);
    expect(url.searchParams.get('q')).toBe('g de 9 news important — 5 < 6?');
  });
});

describe('what searxng answers', () => {
  it('reads a result of every age of the software', async () => {
    const response = await answerOf({
      number_of_results: null,
      results: [
        {
          url: 'https://a.example/1',
          title: 'One',
          content: 'Text',
          publishedDate: '2024-05-06T07:08:09',
        },
        {
          url: 'https://a.example/2',
          title: 'Two &amp; more',
          content: 'a <b>bold</b> x < y',
          publishedDate: null,
        },
        { url: 'https://a.example/3', title: null, content: null, publishedDate: '1 апр. 2022 г.' },
        {
          url: 'https://a.example/4',
          engine: 'x',
          pubdate: '2022-04-01 10:00:00+0300',
          publishedDate: '1 апр.',
        },
      ],
      unresponsive_engines: null,
      answers: null,
      infoboxes: null,
    });
    expect(response).toEqual({
      results: [
        { url: 'https://a.example/1', title: 'One', snippet: 'Text', publishedAt: '2024-05-06' },
        {
          url: 'https://a.example/2',
          title: 'Two & more',
          snippet: 'a bold x < y',
          publishedAt: null,
        },
        { url: 'https://a.example/3', title: '', snippet: '', publishedAt: '2022-04-01' },
        {
          url: 'https://a.example/4',
          title: '',
          snippet: '',
          publishedAt: '2022-04-01T07:00:00.000Z',
        },
      ],
      warnings: [],
    });
  });

  it('skips what is no page: no address, another scheme, no object', async () => {
    const response = await answerOf({
      results: [
        { title: 'no address' },
        { url: null, title: 'null' },
        { url: 'magnet:?xt=urn:btih:0', title: 'torrent' },
        { url: 'javascript:alert(1)', title: 'script' },
        { url: '/relative', title: 'relative' },
        'text',
        null,
        7,
        { url: 'http://a.example/', title: 'page' },
      ],
    });
    expect(response.results.map((result) => result.url)).toEqual(['http://a.example/']);
  });

  it('puts pages behind instant answers and infoboxes first, and takes plain answers', async () => {
    const response = await answerOf({
      results: [{ url: 'https://a.example/', title: 'A', content: '' }],
      answers: [
        '42',
        { answer: 'Сорок <i>два</i>', url: 'https://b.example/' },
        { answer: 'no page' },
        null,
      ],
      infoboxes: [
        {
          infobox: 'Земля',
          id: 'https://ru.wikipedia.org/wiki/Земля',
          content: 'Планета',
          urls: null,
        },
        {
          infobox: 'Луна',
          id: 'Q405',
          urls: [{}, { title: 'Wikipedia', url: 'https://c.example/' }],
        },
        { infobox: 'Nothing', id: null },
        'text',
      ],
    });
    expect(response.results.map(({ url, title, snippet }) => [url, title, snippet])).toEqual([
      ['https://b.example/', '', 'Сорок два'],
      ['https://ru.wikipedia.org/wiki/Земля', 'Земля', 'Планета'],
      ['https://c.example/', 'Луна', ''],
      ['https://a.example/', 'A', ''],
    ]);
  });

  it('warns of engines that did not answer when others did', async () => {
    const response = await answerOf({
      results: [{ url: 'https://a.example/' }],
      unresponsive_engines: [['brave', 'превышен лимит времени'], ['qwant', null], ['bing'], 7],
    });
    expect(response.results).toHaveLength(1);
    expect(response.warnings).toEqual([
      'searxng: brave did not answer (превышен лимит времени)',
      'searxng: qwant did not answer',
      'searxng: bing did not answer',
    ]);
  });

  it('does not take silence of all engines for an empty web', async () => {
    const error = await failureOf((_, response) =>
      sendJson(response, {
        results: [],
        unresponsive_engines: [
          ['brave', 'CAPTCHA'],
          ['google', '<b>timeout</b>'],
        ],
      }),
    );
    expect(error.message).toBe(
      'searxng: none of its engines answered: brave (CAPTCHA), google (timeout)',
    );
    expect(error.retryable).toBe(true);
  });
});

describe('what goes wrong with searxng', () => {
  it('says that JSON is switched off', async () => {
    const error = await failureOf((_, response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>');
    });
    expect(error.message).toBe(
      'searxng: JSON is switched off; add json to search.formats in its settings (HTTP 403)',
    );
  });

  it('says that the limiter refused', async () => {
    const error = await failureOf((_, response) => {
      response.writeHead(429, { 'content-type': 'text/html' }).end('Too Many Requests');
    });
    expect(error.message).toBe('searxng: too many requests (HTTP 429)');
  });

  it('repeats what the instance says of a bad question', async () => {
    const error = await failureOf((_, response) =>
      sendJson(response, { error: 'Invalid value\n "xx" for <b>language</b>' }, 400),
    );
    expect(error.message).toBe(
      'searxng: the question was refused: Invalid value "xx" for language (HTTP 400)',
    );
  });

  it('asks once more after a fault inside the instance', async () => {
    let asked = 0;
    const server = await serve((_, response) => {
      asked += 1;
      if (asked > 1) return sendJson(response, { results: [{ url: 'https://a.example/' }] });
      response
        .writeHead(500, { 'content-type': 'text/html' })
        .end('<h1>Internal Server Error</h1>');
      return undefined;
    });
    expect((await search(server)).results).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  it('asks no third time', async () => {
    const server = await serve((_, response) => {
      response
        .writeHead(500, { 'content-type': 'text/html' })
        .end('<h1>Internal Server Error</h1>');
    });
    await expect(search(server)).rejects.toThrow('searxng: the server failed twice (HTTP 500)');
    expect(server.requests).toHaveLength(2);
  });

  it('asks only once after any other refusal', async () => {
    const server = await serve((_, response) => {
      response.writeHead(429).end();
    });
    await expect(search(server)).rejects.toThrow('too many requests');
    expect(server.requests).toHaveLength(1);
  });
});
