import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createSearxng } from '../../../../retrieval/search/searxng.ts';
import { startDemoWeb } from '../../../support/demo-web-server.ts';
import type { DemoWebServer } from '../../../support/demo-web-server.ts';

let demo: DemoWebServer;

beforeAll(async () => {
  demo = await startDemoWeb();
});

afterAll(async () => {
  await demo[Symbol.asyncDispose]();
});

const ask = (query: string, init?: RequestInit): Promise<Response> =>
  fetch(`${demo.server.url}${query}`, init);

interface Answer {
  query: string;
  results: { url: string; title: string; content: string; publishedDate: string }[];
}

async function search(text: string, language: string): Promise<Answer> {
  const response = await ask(
    `/searxng/search?q=${encodeURIComponent(text)}&format=json&language=${language}`,
  );
  return (await response.json()) as Answer;
}

async function hostsFor(text: string, language: string): Promise<(string | undefined)[]> {
  const { results } = await search(text, language);
  return results.map(({ url }) => URL.parse(url)?.hostname);
}

describe('the right page comes first', () => {
  test.each([
    ['Что такое GigaChat?', 'ru', 'entsiklopediya.localhost/wiki/GigaChat'],
    ['как работает GigaSearch', 'ru', 'razrabotka.localhost/post/gigasearch'],
    ['виды инструкций ruIFEval', 'ru', 'razrabotka.localhost/post/ruifeval'],
    ['категории вопросов ruMT-Bench', 'ru', 'razrabotka.localhost/post/rumt-bench'],
    ['CodeChat в GigaCode', 'ru', 'novosti-ii.localhost/news/gigacode-codechat'],
    [
      'Giga-Embeddings-instruct контекст',
      'ru',
      'razrabotka.localhost/post/giga-embeddings-instruct',
    ],
    ['617 миллиардов параметров DeepSeek-V3', 'ru', 'novosti-ii.localhost/news/617-ili-671'],
    ['чем R1 отличается от R1-Zero', 'ru', 'novosti-ii.localhost/news/deepseek-r1-rassuzhdaet'],
    ['цепочка непрерывных мыслей', 'ru', 'razrabotka.localhost/post/coconut-nepreryvnaya-mysl'],
    ['EagleX RWKV линейное внимание', 'ru', 'razrabotka.localhost/post/eaglex-rwkv'],
    ['Почему небо голубое?', 'ru', 'nauka-prosto.localhost/fizika/pochemu-nebo-goluboe'],
    ['глубина озера Байкал', 'ru', 'entsiklopediya.localhost/wiki/Байкал'],
    ['зелёные и чёрные чаи', 'ru', 'entsiklopediya.localhost/wiki/Чай'],
    ['кто открывал пенициллин', 'ru', 'nauka-prosto.localhost/meditsina/kak-otkryli-penitsillin'],
    ['векторные базы данных', 'ru', 'razrabotka.localhost/post/vektornaya-baza-dannyh'],
    ['DeepSeek-V3 technical report', 'en', 'papers.localhost/abs/deepseek-v3'],
    [
      'SmallThinker-3B-Preview dataset',
      'en',
      'modelhub.localhost/PowerInfer/SmallThinker-3B-Preview',
    ],
    [
      'Giga-Embeddings-instruct pooling',
      'en',
      'modelhub.localhost/ai-sage/Giga-Embeddings-instruct',
    ],
    ['distilled DeepSeek-R1 sizes', 'en', 'modelhub.localhost/deepseek-ai/DeepSeek-R1-Distill'],
    ['chain of continuous thought', 'en', 'papers.localhost/abs/coconut'],
    ['What is GigaSearch?', 'en', 'ai-digest.localhost/guide-to-gigachat-and-friends'],
    ['ruMT-Bench judge', 'en', 'modelhub.localhost/datasets/NLP-Core-Team/ruMT-Bench'],
    ['how deep is Baikal', 'en', 'everyday-reader.localhost/places/lake-baikal'],
    ['vector database', 'en', 'vectordocs.localhost/docs/what-is-a-vector-database'],
    ['brewing green tea', 'en', 'everyday-reader.localhost/kitchen/how-to-brew-tea'],
    ['best chunk sizes', 'en', 'llm-forum.localhost/archive/2023/chunk-size'],
  ])('for %j', async (question, language, page) => {
    const { results } = await search(question, language);
    expect(decodeURI(results[0]?.url ?? '')).toBe(demo.addressOf(page));
  });
});

describe('the search', () => {
  test('answers in the shape of SearXNG', async () => {
    const response = await ask('/searxng/search?q=Байкал&format=json&language=ru');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const answer = (await response.json()) as Answer;
    expect(answer).toEqual({
      query: 'Байкал',
      number_of_results: 1,
      results: [
        {
          url: `http://entsiklopediya.localhost:${demo.server.port}/wiki/%D0%91%D0%B0%D0%B9%D0%BA%D0%B0%D0%BB`,
          title: 'Байкал',
          content: expect.stringContaining('Байкал — озеро тектонического происхождения'),
          publishedDate: '2026-07-02T00:00:00',
          engine: 'demo',
          engines: ['demo'],
          category: 'general',
          template: 'default.html',
          positions: [1],
          score: expect.any(Number),
        },
      ],
      answers: [],
      corrections: [],
      infoboxes: [],
      suggestions: [],
      unresponsive_engines: [],
    });
  });

  test('is read by the adapter for SearXNG', async () => {
    const engine = createSearxng({ baseUrl: `${demo.server.url}/searxng` });
    const { results, warnings } = await engine.search(
      { text: 'How many bones are in the human body?', language: 'en' },
      { signal: new AbortController().signal },
    );
    expect(warnings).toEqual([]);
    expect(results[0]).toEqual({
      url: demo.addressOf('everyday-reader.localhost/science/how-many-bones'),
      title: 'How many bones are in the human body?',
      snippet: expect.stringContaining('An adult human body has 206 bones.'),
      publishedAt: '2025-08-15',
    });
  });

  test('offers pages in the language asked for where there are good ones', async () => {
    expect(await hostsFor('COCONUT', 'ru')).toEqual(['razrabotka.localhost']);
    expect(await hostsFor('COCONUT', 'en-US')).toEqual(['papers.localhost']);
    expect((await hostsFor('COCONUT', 'all')).toSorted()).toEqual([
      'papers.localhost',
      'razrabotka.localhost',
    ]);
    // There is no page in Russian on it.
    expect(await hostsFor('Reciprocal rank fusion', 'ru')).toEqual(['vectordocs.localhost']);
  });

  test('takes a snippet from where the words stand, of no more than 260 characters', async () => {
    const { results } = await search('лёд на Байкале', 'ru');
    expect(results[0]?.content).toBe(
      'Лёд на Байкале стоит обычно с января до мая. Байкальская нерпа живёт только в Байкале, и это единственное млекопитающее озера. Омуль и голомянка тоже водятся только здесь. В 1996 году ЮНЕСКО включила Байкал в список Всемирного наследия.',
    );
    for (const query of ['DeepSeek', 'модель', 'the model of language']) {
      const { results: found } = await search(query, 'all');
      expect(found.length).toBeGreaterThan(3);
      expect(found.filter(({ content }) => content.length > 260 || content === '')).toEqual([]);
    }
  });

  test('finds nothing where nothing is, which is an answer', async () => {
    for (const query of ['бегемоты', 'и', '???']) {
      expect((await search(query, 'ru')).results).toEqual([]);
    }
  });

  test('shows a page to people, with their words kept from being markup', async () => {
    const response = await ask(`/searxng/search?q=${encodeURIComponent('tea <script>"&')}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).toContain(
      `<a href="${demo.addressOf('everyday-reader.localhost/kitchen/how-to-brew-tea')}">How to brew a good cup of tea</a>`,
    );
    expect(page).toContain('value="tea &#60;script&#62;&#34;&#38;"');
    expect(page).not.toContain('<script>');
  });

  test.each([
    ['/searxng/search?format=json', 400],
    ['/searxng/search?q=%20&format=json', 400],
    ['/searxng/search?q=', 400],
    ['/searxng/search?q=tea&format=csv', 403],
    ['/searxng/', 200],
    ['/searxng/config', 404],
    ['/', 404],
  ])('answers %s with %d', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  test('can only be asked', async () => {
    const response = await ask('/searxng/search?q=tea', { method: 'DELETE' });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'GET, HEAD',
    });
  });
});
