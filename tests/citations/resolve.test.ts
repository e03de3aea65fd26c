import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createCitationStream } from '../../citations/citation-stream.ts';
import { resolveCitations, type ResolvedAnswer } from '../../citations/resolve.ts';
import { makePassage } from '../support/passage.ts';

const passages = [
  makePassage({
    pageUrl: 'https://a.example/v3',
    title: 'DeepSeek-V3',
    site: 'a.example',
    publishedAt: '2024-12-26T00:00:00.000Z',
    text: 'В модели 671 млрд параметров. Она обучена на 14,8 трлн токенов.',
  }),
  makePassage({
    pageUrl: 'https://a.example/v3',
    title: 'DeepSeek-V3',
    site: 'a.example',
    position: 1,
    text: 'Обучение обошлось в 5,576 млн долларов.',
  }),
  makePassage({
    pageUrl: 'https://b.example/#news',
    title: 'Новости',
    site: 'b.example',
    text: 'Компания открыла веса модели.',
  }),
];

const otherPage = (name: string) => {
  return { pageUrl: `https://${name}.example/`, title: name, site: name, publishedAt: null };
};

describe('resolveCitations', () => {
  test('names where else what was cited stands, except pages that are cited themselves', () => {
    const [first, second, third] = passages;
    if (first === undefined || second === undefined || third === undefined) throw new Error('none');
    const cited = [
      { ...first, alsoAt: [otherPage('copy'), { ...otherPage('b'), pageUrl: third.pageUrl }] },
      { ...second, alsoAt: [otherPage('copy'), otherPage('mirror')] },
      third,
    ];
    const stream = createCitationStream(cited);
    stream.push('В модели 671 млрд параметров [1][2]. Компания открыла веса модели [3].');
    const { sources } = resolveCitations(stream.finish());
    expect(sources[0]?.alsoAt?.map(({ site }) => site)).toEqual(['copy', 'mirror']);
    expect(sources[1]).not.toHaveProperty('alsoAt');
  });

  test('gives each claim its sources, quotes, support and verdict', () => {
    const { answer, sentences, sources } = resolve(
      'Вот что известно:\n- Компания открыла веса модели [3].\n- В модели 617 млрд параметров [1][2].\n- Это всех удивило.',
    );
    expect(answer).toBe(
      'Вот что известно:\n- Компания открыла веса модели [1].\n- В модели 617 млрд параметров [2].\n- Это всех удивило.',
    );
    expect(sentences).toEqual([
      {
        text: 'Компания открыла веса модели.',
        citations: [1],
        quotes: [
          {
            source: 1,
            quote: 'Компания открыла веса модели.',
            quoteUrl: `https://b.example/#news:~:text=${encodeURIComponent('Компания открыла веса модели')}`,
            place: null,
          },
        ],
        support: 1,
        verdict: 'supported',
      },
      {
        text: 'В модели 617 млрд параметров.',
        citations: [2],
        quotes: [
          {
            source: 2,
            quote: 'В модели 671 млрд параметров.',
            quoteUrl: `https://a.example/v3#:~:text=${encodeURIComponent('В модели 671 млрд параметров')}`,
            place: null,
          },
        ],
        support: expect.closeTo(0.15, 1),
        verdict: 'contradicted',
      },
      { text: 'Это всех удивило.', citations: [], quotes: [], support: 0, verdict: 'uncited' },
    ]);
    expect(
      sources.map(({ number, url, title, site, publishedAt, fetchedAt, quote }) => [
        number,
        url,
        title,
        site,
        publishedAt,
        fetchedAt,
        quote,
      ]),
    ).toEqual([
      [
        1,
        'https://b.example/#news',
        'Новости',
        'b.example',
        null,
        '2026-11-22T10:00:00.000Z',
        'Компания открыла веса модели.',
      ],
      [
        2,
        'https://a.example/v3',
        'DeepSeek-V3',
        'a.example',
        '2024-12-26T00:00:00.000Z',
        '2026-11-22T10:00:00.000Z',
        'В модели 671 млрд параметров.',
      ],
    ]);
  });

  test('takes the quote from the passage that says it, not from the first of its page', () => {
    expect(resolve('Обучение обошлось в $5,576 млн [1][2].').sentences[0]?.quotes[0]?.quote).toBe(
      'Обучение обошлось в 5,576 млн долларов.',
    );
  });

  test('names the pages or lines of the passage that says it, and opens a PDF at its page', () => {
    const pageUrl = 'https://a.example/report.pdf';
    const stream = createCitationStream([
      makePassage({ pageUrl, place: { unit: 'page', from: 2, to: 2 }, text: 'Цена не названа.' }),
      makePassage({
        pageUrl,
        position: 1,
        place: { unit: 'page', from: 4, to: 5 },
        text: 'Мост построен за 412 дней.',
      }),
      makePassage({
        pageUrl: 'https://a.example/plan.txt',
        place: { unit: 'line', from: 12, to: 30 },
        text: 'Сваи забили в марте.',
      }),
    ]);
    stream.push('Мост построен за 412 дней [1][2]. Сваи забили в марте [3].');
    const { sentences, sources } = resolveCitations(stream.finish());
    expect(sentences[0]?.quotes).toEqual([
      {
        source: 1,
        quote: 'Мост построен за 412 дней.',
        quoteUrl: 'https://a.example/report.pdf#page=4',
        place: { unit: 'page', from: 4, to: 5 },
      },
    ]);
    expect(sources.map(({ quoteUrl, place }) => [quoteUrl, place])).toEqual([
      ['https://a.example/report.pdf#page=4', { unit: 'page', from: 4, to: 5 }],
      [
        `https://a.example/plan.txt#:~:text=${encodeURIComponent('Сваи забили в марте')}`,
        { unit: 'line', from: 12, to: 30 },
      ],
    ]);
  });

  test('does not know a source that the model made up', () => {
    expect(resolve('Модель умеет летать [7].')).toEqual({
      answer: 'Модель умеет летать.',
      sentences: [
        {
          text: 'Модель умеет летать.',
          citations: [],
          quotes: [],
          support: 0,
          verdict: 'uncited',
        },
      ],
      sources: [],
    });
  });

  test('has a source with a quote for an answer of markers alone', () => {
    const { answer, sentences, sources } = resolve('[3]');
    expect({ answer, sentences }).toEqual({ answer: '[1]', sentences: [] });
    expect(sources).toMatchObject([{ number: 1, quote: 'Компания открыла веса модели.' }]);
  });

  test('quotes exactly, and names no source that is not listed', () => {
    const pieces = [
      '[1]',
      '[2]',
      '[3]',
      '[1, 3]',
      '[9]',
      ' ',
      '. ',
      '\n',
      '- ',
      ': ',
      'В модели 671 млрд параметров',
      'Компания',
      'обошлось в 5 млн',
      'открыла веса',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), (parts) => {
        const { sentences, sources } = resolve(parts.join(''));
        expect(sources.map(({ number }) => number)).toEqual(sources.map((_, index) => index + 1));
        for (const { citations, quotes, support } of sentences) {
          expect(quotes.map(({ source }) => source)).toEqual(citations);
          expect(support).toBeGreaterThanOrEqual(0);
          expect(support).toBeLessThanOrEqual(1);
          for (const { source, quote } of quotes) {
            const url = sources[source - 1]?.url;
            const texts = passages.filter(({ pageUrl }) => pageUrl === url).map(({ text }) => text);
            expect(texts.some((text) => quote !== '' && text.includes(quote))).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

function resolve(text: string): ResolvedAnswer {
  const stream = createCitationStream(passages);
  stream.push(text);
  return resolveCitations(stream.finish());
}
