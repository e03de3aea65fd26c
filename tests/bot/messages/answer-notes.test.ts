import { expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { answerNotes } from '../../../bot/messages/answer-notes.ts';
import { citedAnswer } from '../../../bot/messages/cited-answer.ts';
import type { AnswerReport } from '../../../generation/answer/answer-event.ts';
import { citedSource, penicillinReport } from '../../support/answer-report.ts';

const { ru, en } = createLocales();

const disputed: Partial<AnswerReport> = {
  sources: [citedSource(1, { publishedAt: '2025-03-04' }), citedSource(2)],
  disagreements: [
    {
      kind: 'figure',
      values: [
        { source: 1, value: '671 млрд', quote: 'a', quoteUrl: 'https://a.example/#:~:text=a' },
        { source: 2, value: '685\nмлрд', quote: 'b', quoteUrl: 'javascript:alert(1)' },
      ],
    },
  ],
};

test('sources that disagree are named with what each says, and linked where they can be', () => {
  expect(answerNotes(penicillinReport(disputed), ru)).toEqual([
    {
      text: 'Источники расходятся: 671 млрд [1], 685 млрд [2]',
      entities: [{ type: 'text_link', url: 'https://a.example/#:~:text=a', offset: 31, length: 3 }],
    },
  ]);
  expect(answerNotes(penicillinReport(disputed), en)[0]?.text).toBe(
    'The sources disagree: 671 млрд [1], 685 млрд [2]',
  );
});

test('a citation that was led back is told of with the words that decide', () => {
  const sentences = penicillinReport().sentences.map((sentence) => ({
    ...sentence,
    isCorrected: true as const,
  }));
  expect(textsOf(penicillinReport({ sentences }))).toEqual([
    '⚠️ Ссылка вела на другую страницу, а сказано это здесь: [1] «Пенициллин открыл Александр Флеминг»',
    '⚠️ The link led to another page; this is where it is said: [1] «Пенициллин открыл Александр Флеминг»',
  ]);
});

test('the date of an answer is told, or that there is none', () => {
  const { sources = [] } = disputed;
  expect(textsOf(penicillinReport({ sources, asOf: { source: 1, date: '2025-03-04' } }))).toEqual([
    'По данным на 4 мар. 2025 г. [1]',
    'As of Mar 4, 2025 [1]',
  ]);
  expect(textsOf(penicillinReport({ sources, asOf: { source: 2, date: null } }))).toEqual([
    'Могло устареть: дата страницы неизвестна [2]',
    'This may be out of date: the page has no date [2]',
  ]);
  expect(textsOf(penicillinReport())).toEqual([]);
});

test('sources that were not read to their end are told of, with pages where they have any', () => {
  const [whole, part, long] = [
    citedSource(1),
    citedSource(2, { readInPart: { read: 300, of: 812 } }),
    citedSource(3, { readInPart: { read: null, of: null } }),
  ];
  expect(told([whole])).toEqual([]);
  expect(told([whole, part])).toEqual([
    'Прочитано до 300-й страницы из 812: [2]',
    'Read up to page 300 of 812: [2]',
  ]);
  expect(told([long])).toEqual(['Прочитано не до конца: [3]', 'Not read to the end: [3]']);
  expect(told([part, long])).toEqual([
    'Прочитано не до конца: [2] [3]',
    'Not read to the end: [2] [3]',
  ]);
});

function told(sources: AnswerReport['sources']): string[] {
  return textsOf(penicillinReport({ sources }));
}

test('both stand between the answer and its sources', () => {
  const report = penicillinReport({ ...disputed, asOf: { source: 1, date: '2025-03-04' } });
  const [message] = citedAnswer(report, ru);
  expect(message?.text).toMatch(
    /^Пенициллин открыл Александр Флеминг \[1\]\.\n\nИсточники расходятся: [^\n]*\n\nПо данным на 4 мар\. 2025 г\. \[1\]\n\nИсточники/u,
  );
});

function textsOf(report: AnswerReport): string[] {
  return [ru, en].flatMap((locale) => answerNotes(report, locale).map(({ text }) => text));
}
