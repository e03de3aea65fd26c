import { describe, expect, it } from 'vitest';

import { createRetriever } from '../../retrieval/retrieve.ts';
import type { Retrieval, RetrieverOptions } from '../../retrieval/retrieve.ts';
import type { Metasearch } from '../../retrieval/search/metasearch.ts';
import type { TranslateQuery } from '../../retrieval/second-language.ts';
import { MemoryIndex } from '../support/memory-index.ts';
import { scriptedFetch, texts, type ScriptedPage } from '../support/retrieval-parts.ts';

const russian = 'Модель Ручей понимает русский язык и работает на домашнем компьютере.';
const english = 'The context window of the Ruchey model is 32 thousand tokens long.';
const pages: Record<string, ScriptedPage> = {
  'https://ru.example/model': russian,
  'https://en.example/model': english,
};
const question = 'Какое окно контекста у модели Ручей?';
const query = 'Ruchey model context window length';
const toEnglish: TranslateQuery = async () => ({ text: query, language: 'en' });

describe('a question that is also asked in the other language', () => {
  it('has pages of both, and both questions rank them', async () => {
    const { queries, retrieve } = setUp({ translate: toEnglish });
    const { passages, pagesFound, pagesRead, notRead } = await retrieve();
    expect(queries.toSorted()).toEqual([`en: ${query}`, `ru: ${question}`]);
    expect(texts(passages).toSorted()).toEqual([english, russian]);
    expect({ pagesFound, pagesRead, notRead }).toEqual({
      pagesFound: 2,
      pagesRead: 2,
      notRead: [],
    });
  });

  it('is not, where whoever answers reads one language alone', async () => {
    const { queries, retrieve } = setUp({ translate: toEnglish });
    const { passages } = await retrieve({ bothLanguages: false });
    expect(queries).toEqual([`ru: ${question}`]);
    expect(texts(passages)).toEqual([russian]);
  });

  it.each<[string, TranslateQuery]>([
    ['helps nobody', async () => null],
    ['cannot be put into it', () => Promise.reject(new Error('no model'))],
  ])('is not, where that %s', async (_what, translate) => {
    const { queries, retrieve } = setUp({ translate });
    const { passages, degraded } = await retrieve();
    expect(queries).toEqual([`ru: ${question}`]);
    expect(texts(passages)).toEqual([russian]);
    expect(degraded).toEqual([]);
  });

  it('waits for no translation that is slower than the pages, and gives it up', async () => {
    const givenUp = Promise.withResolvers<void>();
    const { retrieve } = setUp({
      translate: (_query, { signal }) => {
        signal.addEventListener('abort', () => givenUp.resolve(), { once: true });
        return new Promise(() => {});
      },
    });
    const { passages } = await retrieve();
    expect(texts(passages)).toEqual([russian]);
    await givenUp.promise;
  });

  it('is answered by the other language alone where its own has nothing', async () => {
    const { retrieve } = setUp({
      translate: toEnglish,
      found: { ru: [], en: ['https://en.example/model'] },
    });
    expect(texts((await retrieve()).passages)).toEqual([english]);
  });

  it('tells which pages of the other language could not be read', async () => {
    const found = { ru: ['https://ru.example/model'], en: ['https://gone.example/page'] };
    const { retrieve } = setUp({ translate: toEnglish, found });
    expect((await retrieve()).notRead).toEqual([
      { url: 'https://gone.example/page', reason: 'HTTP 404' },
    ]);
  });

  it('reads no page twice, and no more than three of the other language', async () => {
    const more = [1, 2, 3, 4].map((number) => `https://en${number}.example/page`);
    const found = { ru: ['https://ru.example/model'], en: ['https://ru.example/model', ...more] };
    const { retrieve, fetched } = setUp({ translate: toEnglish, found });
    await retrieve();
    expect(fetched).toEqual(['https://ru.example/model', ...more.slice(0, 3)]);
  });
});

function setUp({
  translate,
  found = { ru: ['https://ru.example/model'], en: ['https://en.example/model'] },
}: Pick<RetrieverOptions, 'translate'> & { found?: Record<'ru' | 'en', string[]> }) {
  const queries: string[] = [];
  const metasearch: Metasearch = {
    async search({ text, language }) {
      queries.push(`${language}: ${text}`);
      const urls = language === 'other' ? [] : found[language];
      const results = urls.map((url) => ({ url, title: '', snippet: '', publishedAt: null }));
      return { results, degraded: [], failed: false };
    },
  };
  const fetchPage = scriptedFetch(pages);
  const retriever = createRetriever({
    metasearch,
    fetchPage,
    index: new MemoryIndex(),
    embedder: null,
    translate: translate ?? null,
  });
  return {
    queries,
    fetched: fetchPage.fetched,
    async retrieve({ bothLanguages = true } = {}): Promise<Retrieval> {
      const { signal } = new AbortController();
      const request = { question, language: 'ru' as const, bothLanguages };
      for await (const event of retriever.retrieve(request, { signal })) {
        if (event.type === 'retrieved') return event.retrieval;
      }
      throw new Error('nothing was retrieved');
    },
  };
}
