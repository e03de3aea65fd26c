import { describe, expect, it, vi } from 'vitest';

import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { EmbedError, IndexError, PageError } from '../../retrieval/errors.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import { createRetriever } from '../../retrieval/retrieve.ts';
import type { RetrieverOptions } from '../../retrieval/retrieve.ts';
import { createHashedEmbedder } from '../support/hashed-embedder.ts';
import { MemoryIndex } from '../support/memory-index.ts';
import {
  retrieveAll,
  scriptedFetch,
  scriptedSearch,
  texts,
  type ScriptedPage,
} from '../support/retrieval-parts.ts';

const volga = 'Волга — крупнейшая река Европы. Длина Волги составляет 3530 километров.';
const baikal = 'Байкал — озеро в Сибири. Наибольшая глубина Байкала — 1642 метра.';
const at = (name: string): string => `https://${name}.example/page`;
const pages: Record<string, ScriptedPage> = { [at('volga')]: volga, [at('baikal')]: baikal };
const question = 'Какова длина Волги?';

function setUp(over: Partial<RetrieverOptions> & { pages?: Record<string, ScriptedPage> } = {}) {
  const { pages: web = pages, ...options } = over;
  const index = new MemoryIndex();
  const fetchPage = scriptedFetch(web);
  const metasearch = scriptedSearch(Object.keys(web));
  const failures: [string, unknown][] = [];
  const onFailure = (what: string, error: unknown): void => void failures.push([what, error]);
  const parts = { metasearch, fetchPage, index, embedder: null, onFailure };
  const retriever = createRetriever({ ...parts, ...options });
  return { retriever, index, fetchPage, metasearch, failures };
}

function failingIndex(error: unknown, methods: (keyof PassageIndex)[]): MemoryIndex {
  const index = new MemoryIndex();
  for (const method of methods) vi.spyOn(index, method).mockRejectedValue(error);
  return index;
}

function failingEmbedder(error: unknown): Embedder {
  const embedder = createHashedEmbedder();
  vi.spyOn(embedder, 'embedPassages').mockRejectedValue(error);
  vi.spyOn(embedder, 'embedQuery').mockRejectedValue(error);
  return embedder;
}

describe('a question', () => {
  it('is searched for, and what its pages say is ranked', async () => {
    const { retriever, metasearch, failures } = setUp();
    const { events, ...retrieval } = await retrieveAll(retriever, question);
    expect(events.map(({ type }) => type)).toEqual(['reading', 'retrieved']);
    expect(events[0]).toEqual({ type: 'reading', pages: 2 });
    expect(metasearch.queries).toEqual([question]);
    expect(retrieval.passages[0]).toMatchObject({ pageUrl: at('volga'), text: volga, position: 0 });
    expect(retrieval.passages[0]?.score).toBeGreaterThan(0);
    expect(retrieval.passages[0]).not.toHaveProperty('terms');
    expect(retrieval).toMatchObject({
      pagesFound: 2,
      pagesRead: 2,
      searchFailed: false,
      notRead: [],
      degraded: [],
    });
    expect(failures).toEqual([]);
  });

  it('is answered from the index as well', async () => {
    const { retriever, index, fetchPage } = setUp();
    await retrieveAll(retriever, question);
    await retriever.settled();
    const later = setUp({ index, pages: {} });
    const { passages, pagesFound, events } = await retrieveAll(later.retriever, question);
    expect(texts(passages)).toContain(volga);
    expect(pagesFound).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(['retrieved']);
    expect(fetchPage.fetched).toHaveLength(2);
  });

  it('reads the best pages only, one address a page, and no other protocol', async () => {
    const found = [
      at('volga'),
      `${at('volga')}#history`,
      'ftp://files.example/x',
      'not an address',
      at('baikal'),
      at('third'),
    ];
    const { retriever, fetchPage } = setUp({ metasearch: scriptedSearch(found), maxPages: 2 });
    const { pagesFound } = await retrieveAll(retriever, question);
    expect(fetchPage.fetched).toEqual([at('volga'), at('baikal')]);
    expect(pagesFound).toBe(3);
  });

  it('gets no more passages than asked, at most three a page', async () => {
    const long = Array.from(
      { length: 40 },
      (_, part) => `Волга ${part}. ${'Река течёт. '.repeat(60)}`,
    );
    const web = { [at('volga')]: long.join('\n\n'), [at('other')]: volga };
    const { passages } = await retrieveAll(setUp({ pages: web }).retriever, question);
    const fromLong = passages.filter(({ pageUrl }) => pageUrl === at('volga'));
    expect(fromLong).toHaveLength(3);
    const two = setUp({ pages: web, limit: 2 });
    expect((await retrieveAll(two.retriever, question)).passages).toHaveLength(2);
  });

  it('is compared with passages by an embedder too', async () => {
    const { retriever, index } = setUp({ embedder: createHashedEmbedder() });
    const query = vi.spyOn(index, 'query');
    const { passages, degraded } = await retrieveAll(retriever, question);
    expect(passages[0]?.text).toBe(volga);
    expect(degraded).toEqual([]);
    expect(query.mock.calls[0]?.[0].dense).toHaveLength(64);
  });
});

describe('a question asked again', () => {
  it('is searched for in other words, and ranked by its own', async () => {
    const { retriever, metasearch, fetchPage } = setUp();
    const again = { searchFor: 'волга волги', except: [`${at('baikal')}#top`] };
    const retrieval = await retrieveAll(retriever, question, again);
    expect(metasearch.queries).toEqual(['волга волги']);
    expect(fetchPage.fetched).toEqual([at('volga')]);
    expect(retrieval).toMatchObject({ pagesFound: 1, pagesRead: 1, tried: [at('volga')] });
    expect(retrieval.passages[0]?.text).toBe(volga);
  });

  it('reads nothing where nothing else is found', async () => {
    const { retriever, fetchPage } = setUp();
    const again = { searchFor: 'волга волги', except: Object.keys(pages) };
    const { events, pagesFound, pagesRead } = await retrieveAll(retriever, question, again);
    expect(events.map(({ type }) => type)).toEqual(['retrieved']);
    expect(fetchPage.fetched).toEqual([]);
    expect({ pagesFound, pagesRead }).toEqual({ pagesFound: 0, pagesRead: 0 });
  });
});

describe('a question with a link', () => {
  it('reads the linked page first, and searches for the rest', async () => {
    const { retriever, fetchPage, metasearch } = setUp({
      pages: { ...pages, [at('linked')]: 'Ещё о Волге.' },
      metasearch: scriptedSearch([at('volga')]),
    });
    await retrieveAll(retriever, `Какова длина Волги, см. ${at('linked')}?`);
    expect(fetchPage.fetched).toEqual([at('linked'), at('volga')]);
    expect(metasearch.queries).toEqual([]);
  });

  it('asks for the words beside the link', async () => {
    const { retriever, metasearch } = setUp();
    await retrieveAll(retriever, `${at('baikal')} какова длина Волги?`);
    expect(metasearch.queries).toEqual(['какова длина Волги?']);
  });

  it('about the page itself is not searched for, and gets that page from its beginning', async () => {
    const { retriever, index, metasearch, fetchPage } = setUp({ embedder: createHashedEmbedder() });
    await retrieveAll(retriever, question);
    const query = vi.spyOn(index, 'query');
    const { passages, pagesFound } = await retrieveAll(retriever, `о чём ${at('baikal')}?`);
    expect(texts(passages)).toEqual([baikal]);
    expect(passages[0]).toMatchObject({ position: 0, score: 0 });
    expect(passages[0]).not.toHaveProperty('dense');
    expect(pagesFound).toBe(1);
    expect(metasearch.queries).toEqual([question]);
    expect(query).not.toHaveBeenCalled();
    expect(fetchPage.fetched.at(-1)).toBe(at('baikal'));
  });

  it('that cannot be read gets no other page instead', async () => {
    const { retriever } = setUp();
    await retrieveAll(retriever, question);
    const retrieval = await retrieveAll(retriever, `о чём ${at('gone')}?`);
    expect(retrieval.passages).toEqual([]);
    expect(retrieval.notRead).toEqual([{ url: at('gone'), reason: 'HTTP 404' }]);
    expect(retrieval).toMatchObject({ pagesFound: 1, pagesRead: 0, searchFailed: false });
  });
});

describe('what does not work', () => {
  it('is named: engines, and that none answered', async () => {
    const over = { degraded: ['searxng: too many requests (HTTP 429)'], failed: true };
    const { retriever } = setUp({ metasearch: scriptedSearch([], over) });
    const { degraded, searchFailed, pagesFound } = await retrieveAll(retriever, question);
    expect(degraded).toEqual(['searxng: too many requests (HTTP 429)']);
    expect({ searchFailed, pagesFound }).toEqual({ searchFailed: true, pagesFound: 0 });
  });

  it('is named: pages, each with its reason', async () => {
    const timeout = new PageError('timeout', { retryable: true });
    const { retriever, failures } = setUp({
      pages: { [at('volga')]: volga, [at('slow')]: timeout, [at('empty')]: ' \n ' },
    });
    const { notRead, pagesRead, passages } = await retrieveAll(retriever, question);
    expect(notRead).toEqual([
      { url: at('slow'), reason: 'timeout' },
      { url: at('empty'), reason: 'no text found on the page' },
    ]);
    expect(pagesRead).toBe(1);
    expect(texts(passages)).toEqual([volga]);
    expect(failures).toEqual([]);
  });

  it('is named: an embedder, whose passages are then found by their words', async () => {
    const error = new EmbedError('embeddings: HTTP 500', { retryable: true });
    const { retriever, failures } = setUp({ embedder: failingEmbedder(error) });
    const { degraded, passages } = await retrieveAll(retriever, question);
    expect(degraded).toEqual(['embeddings: HTTP 500']);
    expect(passages[0]?.text).toBe(volga);
    expect(failures).toContainEqual(['embeddings', error]);
  });

  it('is named without words that were not written to be shown', async () => {
    const { retriever } = setUp({
      embedder: failingEmbedder(new TypeError('secret')),
      index: failingIndex(new TypeError('secret'), ['query']),
    });
    const { degraded } = await retrieveAll(retriever, question);
    expect(degraded.toSorted()).toEqual(['embeddings: failed', 'index: failed']);
  });

  it('is an index that cannot be asked: what was read is ranked without it', async () => {
    const error = new IndexError('the index file is damaged', { retryable: false });
    const { retriever } = setUp({
      pages: { [at('baikal')]: baikal, [at('volga')]: volga },
      index: failingIndex(error, ['query']),
    });
    const { passages, degraded } = await retrieveAll(retriever, question);
    expect(passages[0]?.text).toBe(volga);
    expect(degraded).toEqual(['index: the index file is damaged']);
  });

  it('is an index that keeps nothing more: what was read answers all the same', async () => {
    const index = new MemoryIndex();
    const first = setUp({ index, pages: { [at('old')]: 'Длина Оки — 1500 километров.' } });
    await retrieveAll(first.retriever, question);
    const error = new IndexError('the disk is full', { retryable: false });
    vi.spyOn(index, 'replacePage').mockRejectedValue(error);
    const { retriever } = setUp({ index });
    const { passages, degraded, pagesRead } = await retrieveAll(retriever, question);
    expect(passages[0]?.text).toBe(volga);
    expect(texts(passages)).toContain('Длина Оки — 1500 километров.');
    expect(degraded).toEqual(['index: the disk is full']);
    expect(pagesRead).toBe(2);
  });
});

describe('a page that is too long', () => {
  it('is read in its beginning, and told of', async () => {
    const long = Array.from({ length: 9000 }, (_, at) => `Дом ${at} стоит у реки Волги.`);
    const { retriever } = setUp({
      pages: { [at('volga')]: volga, [at('houses')]: long.join('\n\n') },
    });
    const { readInPart, notRead, passages } = await retrieveAll(retriever, question);
    expect(readInPart).toEqual(new Map([[at('houses'), { read: null, of: null }]]));
    expect(notRead).toEqual([]);
    expect(passages[0]?.text).toBe(volga);
  });
});

describe('a page that is late', () => {
  it('holds nothing up, is named, and enters the index when it lands', async () => {
    const late = Promise.withResolvers<string>();
    const { retriever, index } = setUp({
      pages: { ...pages, [at('late')]: late.promise },
      patience: { enoughPages: 2, settleMs: 1 },
    });
    const { notRead, passages, pagesRead } = await retrieveAll(retriever, question);
    expect(notRead).toEqual([{ url: at('late'), reason: 'not read in time' }]);
    expect(pagesRead).toBe(2);
    expect(passages[0]?.text).toBe(volga);
    expect(await index.count()).toMatchObject({ pages: 2 });

    late.resolve('Ладога — озеро.');
    await retriever.settled();
    expect(await index.count()).toMatchObject({ pages: 3 });
    expect(notRead).toHaveLength(1);
  });

  it('does not change what was told when it fails', async () => {
    const late = Promise.withResolvers<string>();
    const { retriever } = setUp({
      pages: { ...pages, [at('late')]: late.promise },
      patience: { enoughPages: 2, settleMs: 1 },
    });
    const { notRead, degraded } = await retrieveAll(retriever, question);
    late.reject(new PageError('timeout', { retryable: true }));
    await retriever.settled();
    expect(notRead).toEqual([{ url: at('late'), reason: 'not read in time' }]);
    expect(degraded).toEqual([]);
  });

  it('is all there is to settle', async () => {
    const { retriever } = setUp();
    await expect(retriever.settled()).resolves.toBeUndefined();
  });
});

/** What a stopped retrieval rejects with, once nothing of it is under way. */
async function stopped(parts: ReturnType<typeof setUp>, signal: AbortSignal): Promise<unknown> {
  const error: unknown = await retrieveAll(parts.retriever, question, { signal }).then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  );
  await parts.retriever.settled();
  expect(parts.failures).toEqual([]);
  return error;
}

describe('stopping', () => {
  const reason = new Error('stop pressed');

  it('before it began asks nobody', async () => {
    const parts = setUp();
    const controller = new AbortController();
    controller.abort(reason);
    expect(await stopped(parts, controller.signal)).toBe(reason);
    expect(parts.fetchPage.fetched).toEqual([]);
  });

  it('while searching reads no page', async () => {
    const controller = new AbortController();
    const parts = setUp({
      metasearch: {
        search: async (_query, { signal }) => {
          controller.abort(reason);
          signal.throwIfAborted();
          throw new Error('not aborted');
        },
      },
      embedder: createHashedEmbedder(),
    });
    expect(await stopped(parts, controller.signal)).toBe(reason);
    expect(parts.fetchPage.fetched).toEqual([]);
  });

  it('when the pages are told, fetches none', async () => {
    const controller = new AbortController();
    const { retriever, fetchPage } = setUp();
    const events = retriever.retrieve({ question, language: 'ru' }, { signal: controller.signal });
    const iterator = events[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual({ type: 'reading', pages: 2 });
    controller.abort(reason);
    await expect(iterator.next()).rejects.toBe(reason);
    expect(fetchPage.fetched).toEqual([]);
  });

  it('while reading gives up what is on its way, and ranks nothing', async () => {
    const controller = new AbortController();
    const parts = setUp({ pages: { ...pages, [at('never')]: new Promise<string>(() => {}) } });
    const query = vi.spyOn(parts.index, 'query');
    const replacePage = vi.spyOn(parts.index, 'replacePage');
    replacePage.mockImplementationOnce(async () => controller.abort(reason));
    expect(await stopped(parts, controller.signal)).toBe(reason);
    expect(query).not.toHaveBeenCalled();
  });

  it('while embedding is no fault of the embedder', async () => {
    const controller = new AbortController();
    const parts = setUp({
      embedder: {
        model: 'slow',
        embedQuery: () => new Promise(() => {}),
        embedPassages: async (_texts, { signal }) => {
          controller.abort(reason);
          signal.throwIfAborted();
          return [];
        },
      },
    });
    expect(await stopped(parts, controller.signal)).toBe(reason);
  });

  it('while ranking gives no passages', async () => {
    const controller = new AbortController();
    const parts = setUp();
    vi.spyOn(parts.index, 'query').mockImplementation(async () => {
      controller.abort(reason);
      return { terms: [], grams: [], dense: [] };
    });
    expect(await stopped(parts, controller.signal)).toBe(reason);
  });

  it('does not keep listening to a signal that goes on', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { retriever } = setUp();
    await retrieveAll(retriever, question, { signal });
    await retriever.settled();
    const listeners = added.mock.calls.map(([, listener]) => listener);
    const gone = new Set(removed.mock.calls.map(([, listener]) => listener));
    expect(listeners.filter((listener) => !gone.has(listener))).toEqual([]);
  });
});
