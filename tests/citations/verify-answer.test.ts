import { describe, expect, test } from 'vitest';

import { createCitationStream, type CitedAnswer } from '../../citations/citation-stream.ts';
import type { DoubtfulClaim, SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { verifyAnswer } from '../../citations/verify-answer.ts';
import { makePassage } from '../support/passage.ts';

const passages = [
  makePassage({
    pageUrl: 'https://a.example/v3',
    text: 'В модели 671 млрд параметров. Она обучена на 14,8 трлн токенов.',
  }),
  makePassage({ pageUrl: 'https://b.example/news', text: 'Компания открыла веса модели.' }),
  makePassage({
    pageUrl: 'https://c.example/price',
    text: 'Обучение обошлось в 5,576 млн долларов. Расходы оказались неожиданно малы.',
  }),
];

describe('verifyAnswer', () => {
  test('leaves a right answer as it is', async () => {
    const text = 'Компания открыла веса модели [1]. Обучение обошлось в $5,576 млн [2].';
    const { answer, checks, sources } = await verifyAnswer(
      cite('Компания открыла веса модели [2]. Обучение обошлось в $5,576 млн [3].'),
      { passages },
    );
    expect(answer).toBe(text);
    expect(sources.map(({ url }) => url)).toEqual([
      'https://b.example/news',
      'https://c.example/price',
    ]);
    expect(checks).toEqual([
      {
        verdict: 'supported',
        likelihood: expect.closeTo(0.95, 1),
        decidedBy: { source: 1, quote: 'Компания открыла веса модели.' },
        difference: null,
        isCorrected: false,
        isSecondOpinion: false,
      },
      {
        verdict: 'supported',
        likelihood: expect.closeTo(0.95, 1),
        decidedBy: { source: 2, quote: 'Обучение обошлось в 5,576 млн долларов.' },
        difference: null,
        isCorrected: false,
        isSecondOpinion: false,
      },
    ]);
  });

  test('leaves a citation whose page says otherwise, though another says nearly all of it', async () => {
    const own = makePassage({
      pageUrl: 'https://d.example/open',
      text: 'В модели 20 млрд параметров, из которых на каждый токен работает 3 млрд.',
    });
    const other = makePassage({
      pageUrl: 'https://e.example/weights',
      title: 'Открытые веса',
      text: 'Модель построена так: в ней 20 млрд параметров, но на токен работает 3 млрд.',
    });
    const { checks, sources } = await verifyAnswer(
      cite('В модели 20 млрд параметров, из которых на открытый токен работает 3 млрд [1].', [
        own,
        other,
      ]),
      { passages: [own, other] },
    );
    expect(sources.map(({ url }) => url)).toEqual(['https://d.example/open']);
    expect(checks[0]).toMatchObject({ verdict: 'partly', isCorrected: false });
  });

  test('corrects a citation to the page that says it', async () => {
    const { answer, checks, sources, sentences } = await verifyAnswer(
      cite('Обучение обошлось в $5,576 млн [2][1]. Компания открыла веса модели [2].'),
      { passages },
    );
    expect(answer).toBe('Обучение обошлось в $5,576 млн [1]. Компания открыла веса модели [2].');
    expect(sources.map(({ number, url }) => [number, url])).toEqual([
      [1, 'https://c.example/price'],
      [2, 'https://b.example/news'],
    ]);
    expect(sentences.map(({ citations, verdict }) => [citations, verdict])).toEqual([
      [[1], 'supported'],
      [[2], 'supported'],
    ]);
    expect(checks.map(({ isCorrected }) => isCorrected)).toEqual([true, false]);
  });

  test('corrects nothing to a page that says otherwise', async () => {
    const { answer, checks, sources } = await verifyAnswer(
      cite('Обучение обошлось в $6,576 млн [1].'),
      { passages },
    );
    expect(answer).toBe('Обучение обошлось в $6,576 млн [1].');
    expect(sources.map(({ url }) => url)).toEqual(['https://a.example/v3']);
    expect(checks).toMatchObject([{ isCorrected: false }]);
    expect(checks[0]?.verdict).not.toBe('supported');
  });

  test('gives no citation to what cites nothing', async () => {
    const { answer, checks } = await verifyAnswer(cite('Компания открыла веса модели.'), {
      passages,
    });
    expect(answer).toBe('Компания открыла веса модели.');
    expect(checks).toMatchObject([{ verdict: 'uncited', decidedBy: null }]);
  });

  describe('with a second opinion', () => {
    const abstractive =
      'Компания открыла веса модели [2]. Создание нейросети вышло на удивление дешёвым [3].';

    test('asks once, and only about what comparing left open', async () => {
      const asked: (readonly DoubtfulClaim[])[] = [];
      const { checks, sentences, opinionFault } = await verifyAnswer(cite(abstractive), {
        passages,
        secondOpinion: {
          async judge(claims) {
            asked.push(claims);
            return [{ verdict: 'supported', quote: 'Расходы оказались неожиданно малы.' }];
          },
        },
      });
      expect(asked).toEqual([
        [
          {
            claim: 'Создание нейросети вышло на удивление дешёвым.',
            passages: [passages[2]?.text],
          },
        ],
      ]);
      expect(checks.map(({ isSecondOpinion }) => isSecondOpinion)).toEqual([false, true]);
      expect(sentences[1]).toMatchObject({
        verdict: 'supported',
        support: 0.85,
        quotes: [{ source: 2, quote: 'Расходы оказались неожиданно малы.' }],
      });
      expect(opinionFault).toBeNull();
    });

    test.each<[string, SecondOpinion['judge'], RegExp]>([
      ['fails', () => Promise.reject(new Error('out of reach')), /out of reach/],
      ['never comes back', () => Promise.withResolvers<never>().promise, /within 1 ms/],
      ['says too little', () => Promise.resolve([]), /0 opinions on 1 claims/],
      [
        'throws at once',
        () => {
          throw new Error('broken');
        },
        /broken/,
      ],
    ])('keeps its own verdicts when the judge %s', async (_, judge, fault) => {
      const alone = await verifyAnswer(cite(abstractive), { passages });
      const { opinionFault, ...verified } = await verifyAnswer(cite(abstractive), {
        passages,
        secondOpinion: { judge },
        deadlineMs: 1,
      });
      expect({ ...verified, opinionFault: null }).toEqual(alone);
      expect(String(opinionFault)).toMatch(fault);
    });

    test.each<[string, string, string]>([
      ['with a quote that nobody wrote', abstractive, 'Дешевле не бывает.'],
      [
        'against a figure that stands nowhere',
        'Создание нейросети обошлось всего в 7 миллионов [3].',
        'Расходы оказались неожиданно малы.',
      ],
    ])('takes no opinion %s', async (_, text, quote) => {
      const { sentences } = await verifyAnswer(cite(text), {
        passages,
        secondOpinion: { judge: async () => [{ verdict: 'supported', quote }] },
      });
      expect(sentences.at(-1)?.verdict).not.toBe('supported');
    });

    test('asks nothing when nothing is open', async () => {
      let calls = 0;
      await verifyAnswer(cite('Компания открыла веса модели [2].'), {
        secondOpinion: {
          async judge() {
            calls += 1;
            return [];
          },
        },
      });
      expect(calls).toBe(0);
    });

    test('stops waiting when it is told to stop', async () => {
      const stop = new AbortController();
      const verified = verifyAnswer(cite(abstractive), {
        passages,
        signal: stop.signal,
        secondOpinion: {
          judge() {
            stop.abort(new Error('stopped'));
            return Promise.withResolvers<never>().promise;
          },
        },
      });
      expect(String((await verified).opinionFault)).toMatch(/stopped/);
    });
  });
});

function cite(text: string, among = passages): CitedAnswer {
  const stream = createCitationStream(among);
  stream.push(text);
  const { tail: _, ...cited } = stream.finish();
  return cited;
}
