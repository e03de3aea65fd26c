import { describe, expect, it } from 'vitest';

import type { RankedPassage } from '../../../retrieval/passage.ts';
import { mergeNearDuplicates } from '../../../retrieval/text/near-duplicates.ts';
import { makePassage } from '../../support/passage.ts';

const news =
  'Лаборатория «Север» в среду выпустила языковую модель «Полюс» с открытыми весами. По словам ' +
  'разработчиков, она насчитывает 34 миллиарда параметров и обучена на текстах 12 языков. Модель ' +
  'распространяется под лицензией MIT, скачать её можно бесплатно. Руководитель группы Анна ' +
  'Ветрова не назвала сроков выхода следующей версии. Ранее сообщалось, что компания готовит ' +
  'и облегчённую модель для телефонов, которая работает без сети.';

function passage(site: string, text: string, over: Partial<RankedPassage> = {}): RankedPassage {
  const pageUrl = `https://${site}/news`;
  const title = 'Вышла модель «Полюс»';
  return {
    ...makePassage({ id: `${site}-${text}`, pageUrl, site, title, text }),
    score: 1,
    ...over,
  };
}

const shown = (passages: readonly RankedPassage[]): string[] =>
  passages.map(({ site, alsoAt = [] }) => [site, ...alsoAt.map((page) => page.site)].join(' + '));

const merged = (...passages: RankedPassage[]): string[] => shown(mergeNearDuplicates(passages));

describe('passages of different pages that say the same', () => {
  it('become one that names the other pages', () => {
    const [first, ...others] = mergeNearDuplicates([
      passage('one.example', news),
      passage('two.example', news, { publishedAt: '2026-01-02' }),
      passage('three.example', news),
    ]);
    expect(others).toEqual([]);
    expect(first?.alsoAt).toEqual([
      {
        pageUrl: 'https://two.example/news',
        title: 'Вышла модель «Полюс»',
        site: 'two.example',
        publishedAt: '2026-01-02',
      },
      {
        pageUrl: 'https://three.example/news',
        title: 'Вышла модель «Полюс»',
        site: 'three.example',
        publishedAt: null,
      },
    ]);
  });

  it('may differ in a word, in punctuation and in a site’s name behind the title', () => {
    const copy = news.replace('бесплатно', 'свободно').replaceAll('«', '"').replaceAll('»', '"');
    expect(
      merged(
        passage('one.example', news, { title: 'Вышла модель «Полюс» — Хроника' }),
        passage('two.example', copy, { title: 'Вышла модель "Полюс" | Вестник' }),
      ),
    ).toEqual(['one.example + two.example']);
  });

  it('show the one that says more, at the better place', () => {
    const more = `Москва, 5 мая. ${news}`;
    const [first] = mergeNearDuplicates([
      passage('one.example', news, { score: 3 }),
      passage('two.example', more, { score: 2 }),
    ]);
    expect(first).toMatchObject({ site: 'two.example', text: more, score: 3 });
    expect(first?.alsoAt?.map(({ site }) => site)).toEqual(['one.example']);
  });

  it('show the page that is shown already, so that one text has one source', () => {
    const other =
      'Модель умеет вести разговор, писать программы и переводить. Разработчики сравнили её с ' +
      'открытыми моделями того же размера и опубликовали подробный отчёт, в котором описали, как ' +
      'собирали тексты, как их чистили и какие ошибки она допускает чаще всего.';
    expect(
      merged(
        passage('one.example', news),
        passage('two.example', other),
        passage('one.example', other),
      ),
    ).toEqual(['one.example', 'one.example + two.example']);
  });
});

describe('passages stay apart', () => {
  it.each([
    ['a figure', news.replace('34', '43')],
    [
      'two figures that changed places',
      news.replace('34', '12').replace('на текстах 12', 'на текстах 34'),
    ],
    ['a name', news.replace('Ветрова', 'Лугова')],
    ['a negation', news.replace('не назвала', 'назвала')],
    ['a licence', news.replace('MIT', 'GPL')],
  ])('that differ in %s', (_name, copy) => {
    expect(merged(passage('one.example', news), passage('two.example', copy))).toEqual([
      'one.example',
      'two.example',
    ]);
  });

  it('of one page', () => {
    expect(merged(passage('one.example', news), passage('one.example', news))).toHaveLength(2);
  });

  it('whose titles name different things', () => {
    const text = news.replaceAll(/«[^»]+»/gu, 'эту');
    expect(
      merged(
        passage('one.example', text, { title: 'Полюс-2 от Севера' }),
        passage('two.example', text, { title: 'Полюс-3 от Севера' }),
      ),
    ).toEqual(['one.example', 'two.example']);
  });

  it('that are short and stand under other titles', () => {
    const price = 'Цена доставки по городу составляет 500 рублей.';
    expect(
      merged(
        passage('one.example', price, { title: 'Диван угловой раскладной' }),
        passage('two.example', price, { title: 'Шкаф зеркальный для прихожей' }),
      ),
    ).toEqual(['one.example', 'two.example']);
  });

  it('that share half of what they say', () => {
    const half = news.slice(0, news.length / 2);
    const one = `${half} Акции компании выросли, а конкуренты промолчали и готовят свой ответ.`;
    expect(merged(passage('one.example', news), passage('two.example', one))).toHaveLength(2);
  });
});

it('an empty list stays empty, and single passages stay as they are', () => {
  expect(mergeNearDuplicates([])).toEqual([]);
  const alone = passage('one.example', news);
  expect(mergeNearDuplicates([alone])).toEqual([alone]);
  expect(merged(passage('one.example', '…'), passage('two.example', '…'))).toHaveLength(2);
});

it('a hundred long copies take no time to speak of', () => {
  const copies = Array.from({ length: 100 }, (_, at) => passage(`${at}.example`, news.repeat(6)));
  const startedAt = performance.now();
  expect(mergeNearDuplicates(copies)).toHaveLength(1);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
