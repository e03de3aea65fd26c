import { expect, test } from 'vitest';

import { inlineResults } from '../../../bot/inline/inline-results.ts';
import { createLocale } from '../../../bot/locales/locale.ts';
import { answerReport, citedSource, penicillinReport } from '../../support/answer-report.ts';
import { objectionTo } from '../../support/telegram.ts';

const ru = createLocale('ru');

test('offers the answer with its sources, and the quote of a source with its page', () => {
  const [answer, quote, ...others] = inlineResults(penicillinReport(), ru);
  expect(others).toEqual([]);
  expect(answer).toEqual({
    type: 'article',
    id: expect.stringMatching(/^[\w-]{43}$/u),
    title: 'Кто открыл пенициллин?',
    description: 'Пенициллин открыл Александр Флеминг.',
    input_message_content: {
      message_text:
        'Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n1. Пенициллин — Энциклопедия, 9 мая 2024 г.',
      entities: expect.arrayContaining([
        {
          type: 'text_link',
          url: 'https://ru.example/penicillin#:~:text=Fleming',
          offset: 36,
          length: 3,
        },
      ]),
      link_preview_options: { is_disabled: true },
    },
  });
  expect(quote).toEqual({
    type: 'article',
    id: expect.stringMatching(/^[\w-]{43}$/u),
    title: 'Цитата: Пенициллин',
    description: 'Пенициллин открыл Александр Флеминг',
    input_message_content: {
      message_text: 'Пенициллин открыл Александр Флеминг\nПенициллин — Энциклопедия, 9 мая 2024 г.',
      entities: [
        { type: 'blockquote', offset: 0, length: 35 },
        {
          type: 'text_link',
          url: 'https://ru.example/penicillin#:~:text=Fleming',
          offset: 36,
          length: 10,
        },
      ],
      link_preview_options: { is_disabled: true },
    },
  });
});

test('quotes at most three sources, each result under an id of its own', () => {
  const report = penicillinReport({ sources: [1, 2, 3, 4].map((number) => citedSource(number)) });
  const results = inlineResults(report, ru);
  expect(results.map(({ title }) => title)).toEqual([
    'Кто открыл пенициллин?',
    'Цитата: Страница 1',
    'Цитата: Страница 2',
    'Цитата: Страница 3',
  ]);
  expect(new Set(results.map(({ id }) => id)).size).toBe(4);
  expect(results.filter(({ id }) => Buffer.byteLength(id) > 64)).toEqual([]);
});

test('offers no quotation that is empty or too long to be sent whole', () => {
  const sources = ['', ' ', 'слово '.repeat(800), 'цитата'].map((quote, at) =>
    citedSource(at + 1, { quote }),
  );
  expect(inlineResults(penicillinReport({ sources }), ru)).toHaveLength(1);
  expect(inlineResults(penicillinReport({ sources: sources.slice(3) }), ru)).toHaveLength(2);
});

test('describes an answer without marks and in few words', () => {
  const answer = `**Флеминг** [1], [2]: ${'он и ещё раз он '.repeat(20)}.`;
  const [result] = inlineResults(penicillinReport({ answer }), ru);
  const description = result?.description ?? '';
  expect(description).toMatch(/^Флеминг: он и ещё/u);
  expect(description).toMatch(/…$/u);
  expect([...description].length).toBeLessThanOrEqual(200);
});

test('leaves an address that no link may have out of a quotation', () => {
  const url = 'https://site.example/page';
  const source = citedSource(1, { url, quoteUrl: `${url}#:~:text=${'a'.repeat(3_000)}` });
  const [, quote] = inlineResults(penicillinReport({ sources: [source] }), ru);
  const content = quote?.input_message_content;
  expect(content).toMatchObject({
    entities: [{ type: 'blockquote' }, { type: 'text_link', url: 'https://site.example/page' }],
  });
});

test('has nothing to offer where there is no answer', () => {
  expect(inlineResults(answerReport({ sources: [citedSource(1)] }), ru)).toEqual([]);
});

test('offers nothing that Telegram would refuse', () => {
  const quote = `«${'Слово — 🙂 '.repeat(100)}»\n  вторая строка\n`;
  const report = penicillinReport({ sources: [1, 2, 3].map((n) => citedSource(n, { quote })) });
  for (const { input_message_content: content } of inlineResults(report, ru)) {
    if (!('message_text' in content)) throw new Error('not a text');
    expect(objectionTo(content.message_text, content.entities)).toBe(null);
  }
});
