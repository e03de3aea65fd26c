import type { LookupFunction } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { SearchError } from '../../../retrieval/errors.ts';
import type { SearchQuery, SearchResponse } from '../../../retrieval/search/search-engine.ts';
import { createWikipedia } from '../../../retrieval/search/wikipedia.ts';
import type { WikipediaOptions } from '../../../retrieval/search/wikipedia.ts';
import { describeSearchEngine } from '../../contracts/search-engine.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';
import type { LoopbackServer } from '../../support/loopback-server.ts';

const userAgent = 'Istok/0.1 (https://example.org/istok; istok@example.org)';

describeSearchEngine({
  name: 'wikipedia',
  create: (options) => createWikipedia({ ...options, userAgent, languages: ['ru'] }),
  answerWith: (pages) => JSON.stringify(found(...pages)),
  addressOf: (title, baseUrl) => `${baseUrl}/wiki/${encodeURI(title.replaceAll(' ', '_'))}`,
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** What a wiki answers to these search words; nothing when it has answered through `response`. */
type Wiki = (words: string, response: ServerResponse, request: IncomingMessage) => unknown;

interface Wikis {
  ru: LoopbackServer;
  en: LoopbackServer;
  search(query: Partial<SearchQuery>, options?: Partial<WikipediaOptions>): Promise<SearchResponse>;
  /** The words each wiki was asked for, in order. */
  asked(wiki: 'ru' | 'en'): string[];
  address(wiki: 'ru' | 'en', path: string): string;
}

/** Two wikis on hosts of their own, as in life: ru.wiki.test and en.wiki.test, one port. */
async function startWikis(handlers: { ru?: Wiki; en?: Wiki }): Promise<Wikis> {
  const serve = async (handler: Wiki, host: string, port = 0): Promise<LoopbackServer> => {
    const server = await startServer(
      async (request, response) => {
        const answer = await handler(searchWords(request.url), response, request);
        if (answer !== undefined) sendJson(response, answer);
      },
      { host, port },
    );
    closing.push(server.close);
    return server;
  };
  const ru = await serve(handlers.ru ?? found, '127.0.5.1');
  const en = await serve(handlers.en ?? found, '127.0.5.2', ru.port);
  const lookup: LookupFunction = (host, _options, callback) => {
    const address = host.startsWith('ru.') ? ru.host : en.host;
    callback(null, [{ address, family: 4 }]);
  };
  const dispatcher = new Agent({ connect: { lookup } });
  closing.push(() => dispatcher.close());
  const base = { baseUrl: `http://{lang}.wiki.test:${ru.port}`, userAgent, dispatcher };
  const engines = new Map<unknown, ReturnType<typeof createWikipedia>>();
  return {
    ru,
    en,
    search(query, options = {}) {
      const engine = engines.get(options) ?? createWikipedia({ ...base, ...options });
      engines.set(options, engine);
      const { signal } = new AbortController();
      return engine.search({ text: 'Масса Солнца', language: 'ru', ...query }, { signal });
    },
    asked: (wiki) => (wiki === 'ru' ? ru : en).requests.map(({ path }) => searchWords(path)),
    address: (wiki, path) => `http://${wiki}.wiki.test:${ru.port}${path}`,
  };
}

function searchWords(path = ''): string {
  return new URL(path, 'http://wiki.test').searchParams.get('srsearch') ?? '';
}

function found(...pages: unknown[]): unknown {
  const search = pages.filter(
    (page) => typeof page === 'object' && page !== null && 'title' in page,
  );
  return { batchcomplete: true, query: { search: search.map(withSnippet) } };
}

function withSnippet(page: object): object {
  const snippet = 'html' in page ? page.html : '';
  return { ns: 0, pageid: 1, snippet, wordcount: 9, timestamp: '2026-11-01T00:00:00Z', ...page };
}

const titles = (...names: string[]): unknown => found(...names.map((title) => ({ title })));
const namesOf = ({ results }: SearchResponse): string[] => results.map((result) => result.title);
const failed = (search: Promise<unknown>): Promise<SearchError> =>
  search.then(
    () => {
      throw new Error('the search did not fail');
    },
    (error: unknown) => {
      if (error instanceof SearchError) return error;
      throw error;
    },
  );

const busy: Wiki = (_, response) => {
  response.writeHead(429).end();
};

function fakeClock(): {
  now: () => number;
  slept: number[];
  sleep: (ms: number) => Promise<void>;
} {
  let time = 0;
  const slept: number[] = [];
  return {
    now: () => time,
    slept,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}

describe('what the wikis are asked', () => {
  it('asks the MediaWiki API by the name of the bot', async () => {
    const wikis = await startWikis({});
    await wikis.search({ text: 'Солнце' });
    const [request] = wikis.ru.requests;
    const url = new URL(request?.path ?? '', wikis.ru.url);
    expect(url.pathname).toBe('/w/api.php');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      action: 'query',
      list: 'search',
      srsearch: 'Солнце',
      srlimit: '10',
      srprop: 'snippet',
      srinfo: '',
      format: 'json',
      formatversion: '2',
      maxlag: '5',
    });
    expect(request?.headers['user-agent']).toBe(userAgent);
  });

  it('asks for the words that carry the question', async () => {
    const wikis = await startWikis({ ru: () => titles('А', 'Б', 'В') });
    await wikis.search({ text: 'Скажи, пожалуйста, когда был основан Санкт-Петербург?' });
    expect(wikis.asked('ru')).toEqual(['основан Санкт-Петербург']);
  });

  it('asks again for pages with most of the words when hardly any has all', async () => {
    const wikis = await startWikis({
      ru: (words) => (words.includes(' OR ') ? titles('Аэропорт', 'Пулково') : titles('Пулково')),
    });
    const response = await wikis.search({ text: 'Сколько полос в аэропорту Пулково?' });
    expect(wikis.asked('ru')).toEqual(['полос аэропорту Пулково', 'полос OR аэропорту OR Пулково']);
    expect(namesOf(response)).toEqual(['Пулково', 'Аэропорт']);
  });

  it('does not ask again for one word, nor after three pages', async () => {
    const one = await startWikis({});
    await one.search({ text: 'Кто такой Гоголь?' });
    expect(one.asked('ru')).toEqual(['Гоголь']);
    const enough = await startWikis({ ru: () => titles('А', 'Б', 'В') });
    await enough.search({ text: 'Масса Солнца' });
    expect(enough.asked('ru')).toEqual(['Масса Солнца']);
  });

  it('asks the wiki of the other language for names in its letters, and only strictly', async () => {
    const wikis = await startWikis({});
    await wikis.search({ text: 'Сколько параметров у DeepSeek-V3?' });
    expect(wikis.asked('en')).toEqual(['DeepSeek-V3']);
    const english = await startWikis({});
    await english.search({ text: 'How heavy is the Sun?', language: 'en' });
    expect(english.asked('en')).toEqual(['heavy Sun', 'heavy OR Sun']);
    expect(english.asked('ru')).toEqual(['heavy Sun']);
  });

  it('asks both at once', async () => {
    const bothAsked = Promise.withResolvers<void>();
    let arrived = 0;
    const answerWhenBothAsked =
      (title: string): Wiki =>
      async () => {
        arrived += 1;
        if (arrived === 2) bothAsked.resolve();
        await bothAsked.promise;
        return titles(title);
      };
    const wikis = await startWikis({ ru: answerWhenBothAsked('А'), en: answerWhenBothAsked('B') });
    expect(namesOf(await wikis.search({ text: 'Ла' }))).toEqual(['А', 'B']);
  });

  it('asks one host one question at a time', async () => {
    let open = 0;
    let most = 0;
    const handler: Wiki = (_, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        sendJson(response, titles('А'));
      });
    };
    const wikis = await startWikis({ ru: handler, en: handler });
    const options = { languages: ['ru'] as const };
    await Promise.all(['Раз', 'Два', 'Три'].map((text) => wikis.search({ text }, options)));
    expect(wikis.asked('ru')).toEqual(['Раз', 'Два', 'Три']);
    expect(most).toBe(1);
  });

  it('asks nothing when there is no word to look for', async () => {
    const wikis = await startWikis({});
    expect(await wikis.search({ text: '🌍?!' })).toEqual({ results: [], warnings: [] });
    expect([...wikis.asked('ru'), ...wikis.asked('en')]).toEqual([]);
  });
});

describe('what the wikis answer', () => {
  it('alternates the wikis, the question’s language first', async () => {
    const handlers = { ru: () => titles('А', 'Б', 'В'), en: () => titles('A', 'B', 'C', 'D') };
    const wikis = await startWikis(handlers);
    expect(namesOf(await wikis.search({ language: 'ru' }))).toEqual([
      'А',
      'A',
      'Б',
      'B',
      'В',
      'C',
      'D',
    ]);
    expect(namesOf(await wikis.search({ language: 'en' }))).toEqual([
      'A',
      'А',
      'B',
      'Б',
      'C',
      'В',
      'D',
    ]);
    expect(namesOf(await wikis.search({ language: 'other' }))[0]).toBe('A');
  });

  it('gives each article the address that Wikipedia gives it', async () => {
    const names = ['C++ & C#', 'AC/DC', 'Мир (значения)', '50% + 1?', "It's: 5", 'Ёж'];
    const wikis = await startWikis({ en: () => titles(...names) });
    const { results } = await wikis.search({ language: 'en' });
    expect(results.map((result) => result.url)).toEqual(
      [
        '/wiki/C%2B%2B_%26_C%23',
        '/wiki/AC/DC',
        '/wiki/%D0%9C%D0%B8%D1%80_(%D0%B7%D0%BD%D0%B0%D1%87%D0%B5%D0%BD%D0%B8%D1%8F)',
        '/wiki/50%25_%2B_1%3F',
        '/wiki/It%27s:_5',
        '/wiki/%D0%81%D0%B6',
      ].map((path) => wikis.address('en', path)),
    );
  });

  it('gives snippets as plain text', async () => {
    const html = 'The <span class="searchmatch">Sun</span>&#039;s mass is &lt; 10<sup>31</sup> kg';
    const wikis = await startWikis({ en: () => found({ title: 'Sun', html }) });
    const { results } = await wikis.search({ text: 'Sun', language: 'en' });
    expect(results[0]?.snippet).toBe("The Sun's mass is < 1031 kg");
  });
});

describe('what goes wrong with the wikis', () => {
  it('warns when one of them fails', async () => {
    const wikis = await startWikis({ ru: busy, en: () => titles('Sun') });
    expect(await wikis.search({})).toEqual({
      results: [expect.objectContaining({ title: 'Sun' })],
      warnings: ['wikipedia (ru): too many requests (HTTP 429)'],
    });
  });

  it('fails when both do', async () => {
    const wikis = await startWikis({ ru: busy, en: (_, response) => sendJson(response, {}) });
    const error = await failed(wikis.search({}));
    expect(error.message).toBe(
      'wikipedia: no wiki answered: (ru): too many requests (HTTP 429); (en): the answer has no list of results',
    );
    expect(error.retryable).toBe(true);
    expect(error.cause).toBeInstanceOf(AggregateError);
  });

  it('sees the errors that come with status 200', async () => {
    const error = { code: 'cirrussearch-too-busy-error', info: 'Search is <b>too busy</b>.' };
    const wikis = await startWikis({ ru: () => ({ error, servedby: 'mw1' }) });
    const failure = await failed(wikis.search({}, { languages: ['ru'] }));
    expect(failure.message).toBe(
      'wikipedia: an error instead of results: Search is too busy. (cirrussearch-too-busy-error)',
    );
    expect(failure.retryable).toBe(true);
  });

  it('does not hold good results up for a wiki that never answers', async () => {
    const wikis = await startWikis({
      ru: () => titles('А', 'Б', 'В', 'Г', 'Д'),
      en: () => undefined,
    });
    const response = await wikis.search({}, { graceMs: 20, timeoutMs: 10_000 });
    expect(namesOf(response)).toEqual(['А', 'Б', 'В', 'Г', 'Д']);
    expect(response.warnings).toEqual(['wikipedia (en): slower than the other, not waited for']);
  });

  it('waits for the wiki of the question’s language even when the other has plenty', async () => {
    const { promise: englishClosed, resolve: closed } = Promise.withResolvers<void>();
    const wikis = await startWikis({
      ru: async () => {
        await englishClosed;
        return titles('А', 'Б', 'В');
      },
      en: (_, response) => {
        response.once('close', closed);
        return titles('A', 'B', 'C', 'D', 'E', 'F');
      },
    });
    const response = await wikis.search({}, { graceMs: 0 });
    expect(namesOf(response)[0]).toBe('А');
    expect(response.warnings).toEqual([]);
  });
});

describe('when a wiki asks to wait', () => {
  it.each([
    ['by status 429', 429, 'nothing'],
    ['by status 503', 503, 'nothing'],
    ['by maxlag', 200, { error: { code: 'maxlag', info: 'Waiting for db1: 7 seconds lagged' } }],
    ['by its own rate limit', 200, { error: { code: 'ratelimited', info: 'Slow down' } }],
  ])('waits as long and asks again, %s', async (_, status, body) => {
    const clock = fakeClock();
    let asked = 0;
    const wikis = await startWikis({
      ru: (_words, response) => {
        asked += 1;
        if (asked > 1) return titles('А', 'Б', 'В');
        response.setHeader('retry-after', '2');
        return sendJson(response, body, status);
      },
    });
    const response = await wikis.search({}, { languages: ['ru'], clock });
    expect(namesOf(response)).toEqual(['А', 'Б', 'В']);
    expect(clock.slept).toEqual([2000]);
  });

  it('fails at once when that is past its deadline, and asks nothing until then', async () => {
    const clock = fakeClock();
    const wikis = await startWikis({
      ru: (_, response) => {
        response.writeHead(429, { 'retry-after': '120' }).end();
      },
    });
    const options: Partial<WikipediaOptions> = { languages: ['ru'], clock, timeoutMs: 4000 };
    const first = await failed(wikis.search({}, options));
    const second = await failed(wikis.search({}, options));
    expect(first.message).toBe('wikipedia: asked to be left alone for 120 s');
    expect(second.message).toBe('wikipedia: asked to be left alone for 120 s');
    expect(wikis.asked('ru')).toHaveLength(1);
    expect(clock.slept).toEqual([]);

    await clock.sleep(120_000);
    await failed(wikis.search({}, options));
    expect(wikis.asked('ru')).toHaveLength(2);
  });

  it('gives up after three times', async () => {
    const wikis = await startWikis({
      ru: (_, response) => {
        response.writeHead(503, { 'retry-after': '0' }).end();
      },
    });
    const error = await failed(wikis.search({}, { languages: ['ru'], clock: fakeClock() }));
    expect(error.message).toBe('wikipedia: the server is not available (HTTP 503)');
    expect(wikis.asked('ru')).toHaveLength(3);
  });
});
