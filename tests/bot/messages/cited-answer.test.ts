import { describe, expect, test } from 'vitest';

import { citedAnswer } from '../../../bot/messages/cited-answer.ts';
import type { FormattedText } from '../../../bot/messages/formatted-text.ts';
import { createLocale } from '../../../bot/locales/locale.ts';
import type { CitedSentence, Verdict } from '../../../citations/citation.ts';
import { answerReport, citedSource, penicillinReport } from '../../support/answer-report.ts';
import { objectionTo } from '../../support/telegram.ts';

const ru = createLocale('ru');

describe('citedAnswer', () => {
  test('links each number to its quote and lists the sources', () => {
    expect(citedAnswer(penicillinReport(), ru)).toEqual([
      {
        text: 'Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n1. Пенициллин — Энциклопедия, 9 мая 2024 г.',
        entities: [
          {
            type: 'text_link',
            url: 'https://ru.example/penicillin#:~:text=Fleming',
            offset: 36,
            length: 3,
          },
          { type: 'expandable_blockquote', offset: 42, length: 53 },
          { type: 'bold', offset: 42, length: 9 },
          { type: 'text_link', url: 'https://ru.example/penicillin', offset: 55, length: 10 },
        ],
      },
    ]);
  });

  test('opens the quote of the sentence that the number stands in', () => {
    const report = answerReport({
      answer: 'Первое [1]. Второе [1][2].',
      sentences: [
        sentence('Первое.', [[1, 'https://site1.example/page#:~:text=one']]),
        sentence('Второе.', [
          [1, 'https://site1.example/page#:~:text=two'],
          [2, 'https://site2.example/page#:~:text=three'],
        ]),
      ],
      sources: [citedSource(1), citedSource(2)],
    });
    expect(links(citedAnswer(report, ru)).slice(0, 3)).toEqual([
      ['[1]', 'https://site1.example/page#:~:text=one'],
      ['[1]', 'https://site1.example/page#:~:text=two'],
      ['[2]', 'https://site2.example/page#:~:text=three'],
    ]);
  });

  test('says what the source has instead, with the words that decide', () => {
    const claim = sentence('В модели 617 млрд параметров.', [
      [1, 'https://site1.example/page#:~:text=671'],
    ]);
    const report = answerReport({
      answer: 'В модели 617 млрд параметров [1].',
      sentences: [
        {
          ...claim,
          quotes: [
            {
              source: 1,
              quote: 'В модели 671 млрд параметров.',
              quoteUrl: 'https://site1.example/page#:~:text=671',
              place: null,
            },
          ],
          verdict: 'contradicted',
          difference: { kind: 'figure', claimed: '617 млрд', found: '671 млрд' },
        },
      ],
      sources: [citedSource(1)],
    });
    const messages = citedAnswer(report, ru);
    expect(messages[0]?.text).toBe(
      'В модели 617 млрд параметров [1]. ⚠️\n\n⚠️ В источнике 671 млрд, а не 617 млрд. «В модели 671 млрд параметров.»\n\nИсточники\n1. Страница 1 — site1.example',
    );
    expect(links(messages)).toContainEqual([
      '«В модели 671 млрд параметров.»',
      'https://site1.example/page#:~:text=671',
    ]);
  });

  test.each<[Verdict, string]>([
    ['partly', '⚠️ Источник подтверждает это лишь отчасти.'],
    ['unsupported', '⚠️ В источнике подтверждения этому не нашлось.'],
    ['contradicted', '⚠️ Источник говорит другое: сверьтесь с ним.'],
    ['uncited', '⚠️ Источник для этого не назван.'],
  ])('marks a sentence that is %s, and says once what the mark means', (verdict, line) => {
    const report = answerReport({
      answer: 'Открыт в 1928 году [1]. Получен **в 1929 году** [1]. И всё [1].',
      sentences: [
        sentence('Открыт в 1928 году.'),
        { ...sentence('Получен **в 1929 году**.'), verdict },
        sentence('И всё.'),
      ],
      sources: [citedSource(1)],
    });
    const [message] = citedAnswer(report, ru);
    expect(message?.text).toBe(
      `Открыт в 1928 году [1]. Получен в 1929 году [1]. ⚠️ И всё [1].\n\n${line}\n\nИсточники\n1. Страница 1 — site1.example`,
    );
    expect(links([message ?? { text: '', entities: [] }]).map(([text]) => text)).toEqual([
      '[1]',
      '[1]',
      '[1]',
      'Страница 1',
    ]);
  });

  test('does not mark what is supported, nor what claims nothing', () => {
    const report = answerReport({
      answer: 'Вот что известно: так и есть [1].',
      sentences: [sentence('Так и есть.')],
      sources: [citedSource(1)],
    });
    expect(citedAnswer(report, ru)[0]?.text).not.toContain('⚠️');
  });

  test('explains different doubts in one line', () => {
    const report = answerReport({
      answer: 'Раз. Два.',
      sentences: [
        { ...sentence('Раз.'), verdict: 'partly' },
        { ...sentence('Два.'), verdict: 'contradicted' },
      ],
    });
    expect(citedAnswer(report, ru)[0]?.text).toBe(
      'Раз. ⚠️ Два. ⚠️\n\n⚠️ Источник не подтверждает это полностью: сверьтесь с ним.',
    );
  });

  test('names a doubtful sentence that it cannot find in the answer', () => {
    const report = answerReport({
      answer: 'Совсем другие слова.',
      sentences: [{ ...sentence('Этого там нет.'), verdict: 'unsupported' }],
    });
    expect(citedAnswer(report, ru)[0]?.text).toContain('⚠️ «Этого там нет.»');
  });

  test('shows quotes as they are and says that no model wrote them', () => {
    const report = penicillinReport({
      generator: 'extractive',
      answer: '1. Это *не разметка* и [2] не ссылка [1].',
      sentences: [sentence('1. Это *не разметка* и [2] не ссылка.')],
    });
    const [message] = citedAnswer(report, ru);
    expect(message?.text.startsWith('1. Это *не разметка* и [2] не ссылка [1].\n\n')).toBe(true);
    expect(message?.text).toContain('Цитаты из источников, без модели.');
    expect(links([message ?? { text: '', entities: [] }]).map(([text]) => text)).toEqual([
      '[1]',
      'Пенициллин',
    ]);
  });

  test('says when quotes took over from a model', () => {
    const report = penicillinReport({ generator: 'extractive', modelFailed: true });
    const [message] = citedAnswer(report, ru);
    expect(message?.text).toContain('Модель не ответила, поэтому здесь цитаты из источников.');
    expect(message?.text).not.toContain('без модели');
  });

  test('opens nothing that was not read, whatever a model writes', () => {
    const report = penicillinReport({
      answer: 'Флеминг [1]. [Подробнее](https://evil.example/?q=secret), `[1]` и [2].',
    });
    expect(links(citedAnswer(report, ru)).map(([, url]) => url)).toEqual([
      'https://ru.example/penicillin#:~:text=Fleming',
      'https://ru.example/penicillin',
    ]);
  });

  test('gives no message when there is no answer', () => {
    expect(citedAnswer(answerReport({ answer: ' ' }), ru)).toEqual([]);
  });

  test('speaks English about an English answer', () => {
    const [message] = citedAnswer(
      penicillinReport({ generator: 'extractive' }),
      createLocale('en'),
    );
    expect(message?.text).toContain('Quoted from the sources, no model.\n\nSources\n1. ');
    expect(message?.text).toContain('May 9, 2024');
  });

  test('shortens a long title and does without one', () => {
    const report = answerReport({
      answer: 'Так [1][2].',
      sources: [
        citedSource(1, { title: `Очень\nдлинное ${'название '.repeat(30)}` }),
        citedSource(2, { title: ' ', site: 'site2.example' }),
      ],
    });
    const lines = citedAnswer(report, ru)[0]?.text.split('\n') ?? [];
    expect(lines.at(-2)).toMatch(/^1\. Очень длинное название .{50,80}… — site1\.example$/u);
    expect(lines.at(-1)).toBe('2. site2.example');
  });

  test('keeps within every limit when addresses are very long, and keeps every number a link', () => {
    const text = 'д'.repeat(60);
    const numbers = Array.from({ length: 40 }, (_, index) => (index % 8) + 1);
    const report = answerReport({
      answer: numbers.map((number) => `${text} [${number}].`).join('\n'),
      sentences: numbers.map((number) =>
        sentence(`${text}.`, [
          [number, `https://site${number}.example/page#:~:text=${'x'.repeat(600)}`],
        ]),
      ),
      sources: numbers.slice(0, 8).map((number) => citedSource(number)),
    });
    const messages = citedAnswer(report, ru);
    expect(messages).toHaveLength(1);
    expect(messages.map(({ text, entities }) => objectionTo(text, entities))).toEqual([null]);
    expect(links(messages)).toHaveLength(48);
  });

  test('becomes several messages when it is long', () => {
    const paragraph = `${'Слово '.repeat(100)}[1].`;
    const report = penicillinReport({ answer: Array(12).fill(paragraph).join('\n\n') });
    const messages = citedAnswer(report, ru);
    expect(messages.length).toBe(2);
    expect(messages.map(({ text, entities }) => objectionTo(text, entities))).toEqual([null, null]);
    expect(messages[1]?.text).toContain('Источники');
  });
});

function sentence(text: string, quotes: [number, string][] = []): CitedSentence {
  return {
    text,
    citations: quotes.map(([source]) => source),
    quotes: quotes.map(([source, quoteUrl]) => {
      return { source, quote: 'цитата', quoteUrl, place: null };
    }),
    support: 1,
    verdict: 'supported',
  };
}

function links(messages: readonly FormattedText[]): [string, string][] {
  return messages.flatMap(({ text, entities }) =>
    entities.flatMap((entity): [string, string][] =>
      entity.type === 'text_link'
        ? [[text.slice(entity.offset, entity.offset + entity.length), entity.url]]
        : [],
    ),
  );
}
