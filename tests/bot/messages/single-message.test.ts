import { expect, test } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { singleMessage } from '../../../bot/messages/single-message.ts';
import type { AnswerReport } from '../../../generation/answer/answer-event.ts';
import { answerReport, citedSource, penicillinReport } from '../../support/answer-report.ts';
import { objectionTo } from '../../support/telegram.ts';

const ru = createLocale('ru');

/** An answer of so many sentences, each with a source of its own. */
function longReport(
  count: number,
  { words = 10, url = (n: number) => `https://site${n}.example/page` } = {},
): AnswerReport {
  const texts = Array.from(
    { length: count },
    (_, at) => `Предложение ${at + 1} ${'и ещё слово '.repeat(words)}конец.`,
  );
  const sources = texts.map((_, at) =>
    citedSource(at + 1, { url: url(at + 1), quoteUrl: `${url(at + 1)}#:~:text=quote${at + 1}` }),
  );
  return answerReport({
    answer: texts.map((text, at) => text.replace(/\.$/u, ` [${at + 1}].`)).join(' '),
    sentences: texts.map((text, at) => ({
      text,
      citations: [at + 1],
      quotes: [
        { source: at + 1, quote: 'цитата', quoteUrl: sources[at]?.quoteUrl ?? '', place: null },
      ],
      support: 1,
      verdict: 'supported',
    })),
    sources,
  });
}

test('leaves an answer that fits as it is', () => {
  expect(singleMessage(penicillinReport(), ru)?.text).toBe(
    'Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n1. Пенициллин — Энциклопедия, 9 мая 2024 г.',
  );
});

test('is nothing where there is no answer', () => {
  expect(singleMessage(answerReport(), ru)).toBe(null);
});

test('ends a long answer after a whole sentence, with the sources of what is left', () => {
  const message = singleMessage(longReport(60), ru);
  const text = message?.text ?? '';
  const [answer = '', sources = ''] = text.split('\n\n');
  const last = Number(/\[(\d+)\]\. …$/u.exec(answer)?.[1]);
  expect(last).toBeGreaterThan(15);
  expect(text.length).toBeGreaterThan(3_500);
  expect(sources.split('\n').at(0)).toBe('Источники');
  expect(sources.split('\n').at(-1)).toMatch(new RegExp(`^${last}\\. Страница ${last} `, 'u'));
  expect(sources).not.toContain(`Страница ${last + 1} `);
  expect(objectionTo(text, message?.entities)).toBe(null);
});

test('says nothing of sentences that were left out', () => {
  const report = longReport(60);
  const sentences = report.sentences.map((sentence, at) => ({
    ...sentence,
    verdict: at === 59 ? ('contradicted' as const) : ('supported' as const),
  }));
  expect(singleMessage({ ...report, sentences }, ru)?.text).not.toContain('⚠️');
  const first = report.sentences.map((sentence, at) => ({
    ...sentence,
    verdict: at === 0 ? ('contradicted' as const) : ('supported' as const),
  }));
  expect(singleMessage({ ...report, sentences: first }, ru)?.text).toContain('⚠️');
});

test('keeps within what the links of a message may take', () => {
  const path = '%D0%B0'.repeat(120);
  const message = singleMessage(
    longReport(20, { words: 1, url: (n) => `https://site${n}.example/${path}` }),
    ru,
  );
  expect(message?.text).toMatch(/\[\d+\]\. …\n/u);
  expect(objectionTo(message?.text ?? '', message?.entities)).toBe(null);
});

test('is a message even where one sentence fills more than that', () => {
  const message = singleMessage(longReport(1, { words: 900 }), ru);
  expect(message?.text.length).toBeGreaterThan(2_000);
  expect(objectionTo(message?.text ?? '', message?.entities)).toBe(null);
});
