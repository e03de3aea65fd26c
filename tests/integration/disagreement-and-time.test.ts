import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { toJson } from '../../bot/cli/ask-json.ts';
import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { page } from '../support/web-pages.ts';

const pages = {
  first: page({
    lang: 'ru',
    title: 'Город Заречный',
    date: '2025-03-04',
    paragraphs: [
      'Население города Заречный составляет 37 тысяч человек. Город стоит на берегу реки Суры.',
    ],
  }),
  second: page({
    lang: 'ru',
    title: 'Справочник городов',
    date: '2024-10-01',
    paragraphs: ['Население города Заречный — 52 тысячи человек. В городе работают три завода.'],
  }),
  undated: page({
    lang: 'ru',
    title: 'Заречный',
    paragraphs: ['Население города Заречный — 37 тысяч человек. В городе много парков.'],
  }),
  other: page({
    lang: 'ru',
    title: 'Город Верхний',
    date: '2024-10-01',
    paragraphs: ['Население города Верхний — 12 тысяч человек. В городе работают два завода.'],
  }),
};

let web: LoopbackWeb<keyof typeof pages>;
let app: AppUnderTest;
beforeAll(async () => {
  web = await startLoopbackWeb(pages);
  app = await composeApp({ SEARXNG_URL: web.searchUrl, CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await app.settled();
  await app.index.clear();
});

const question = 'Какое население города Заречный?';

describe('pages that contradict each other on what is asked', () => {
  test('are both shown and linked', async () => {
    web.found = [web.url('first'), web.url('second')];
    const { report, reply } = await askToTheEnd(app.ask, question);
    expect(report.disagreements).toMatchObject([
      { kind: 'figure', values: [{ source: 1 }, { source: 2 }] },
    ]);
    const urls = report.sources.map(({ url }) => url);
    expect(urls.toSorted()).toEqual([web.url('first'), web.url('second')].toSorted());
    expect(reply).toMatch(
      /Источники расходятся: (?:37 тысяч человек \[1\], 52 тысячи человек|52 тысячи человек \[1\], 37 тысяч человек) \[2\]/u,
    );
    const json = toJson(report, 'answered');
    expect(json.disagreements[0]?.values.map(({ value }) => value).toSorted()).toEqual([
      '37 тысяч человек',
      '52 тысячи человек',
    ]);
  });

  test.each([
    ['say the same', ['first', 'undated'] as const],
    ['speak of another thing', ['first', 'other'] as const],
  ])('are not found where they %s', async (_, found) => {
    web.found = found.map((name) => web.url(name));
    const { report, reply } = await askToTheEnd(app.ask, question);
    expect(report.answer).toContain('37 тысяч');
    expect(report.disagreements).toEqual([]);
    expect(reply).not.toContain('расходятся');
  });
});

describe('a question that depends on time', () => {
  test('is answered with the date of the page', async () => {
    web.found = [web.url('first')];
    const { report, reply } = await askToTheEnd(app.ask, question);
    expect(report.asOf).toEqual({ source: 1, date: expect.stringMatching(/^2025-03-04/u) });
    expect(reply).toContain('По данным на 4 мар. 2025 г. [1]');
    expect(toJson(report, 'answered').asOf).toEqual(report.asOf);
  });

  test('is told when its page has no date', async () => {
    web.found = [web.url('undated')];
    const { report, reply } = await askToTheEnd(app.ask, question);
    expect(report.asOf).toEqual({ source: 1, date: null });
    expect(reply).toContain('Могло устареть: дата страницы неизвестна [1]');
  });

  test('is told from one that does not', async () => {
    web.found = [web.url('first')];
    const { report, reply } = await askToTheEnd(app.ask, 'Где стоит город Заречный?');
    expect(report.answer).toContain('Суры');
    expect(report.asOf).toBeNull();
    expect(reply).not.toContain('По данным на');
  });
});
