import { expect, test } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { declinedReply, failureSentence } from '../../../bot/messages/error-reply.ts';
import type { DeclineReason } from '../../../generation/answer/answer-event.ts';
import { answerReport } from '../../support/answer-report.ts';

const ru = createLocale('ru');
const en = createLocale('en');

const REASONS: DeclineReason[] = [
  'nothing-found',
  'nothing-read',
  'not-answered',
  'search-failed',
  'empty-question',
  'question-too-long',
  'unsupported-language',
];

test.each(REASONS)('%s has its own sentence in both languages', (reason) => {
  const [russian] = declinedReply(reason, answerReport(), ru);
  const [english] = declinedReply(reason, answerReport(), en);
  expect(russian?.text).toMatch(/^[А-Я][^\n]+\.$/u);
  expect(english?.text).toMatch(/^[A-Z][^\n]+\.$/u);
});

test('the closest pages are offered as links', () => {
  const closest = [
    { url: 'https://a.example/', title: 'Грибы', site: 'a.example' },
    { url: 'https://b.example/', title: 'Плесень', site: 'b.example' },
  ];
  expect(declinedReply('not-answered', answerReport({ closest }), ru)).toEqual([
    {
      text: 'На страницах, которые я прочёл, ответа нет.\n\nБлиже всего к вопросу:\n• Грибы — a.example\n• Плесень — b.example',
      entities: [
        { type: 'text_link', url: 'https://a.example/', offset: 70, length: 5 },
        { type: 'text_link', url: 'https://b.example/', offset: 90, length: 7 },
      ],
    },
  ]);
});

test('a failure tells what to do and nothing of its cause', () => {
  expect(failureSentence('failed', ru)).toBe(
    'Не получилось ответить: у меня что-то сломалось. Попробуйте ещё раз чуть позже.',
  );
  expect(failureSentence('stopped', en)).toBe(
    'I am being restarted. Please ask again in a minute.',
  );
  expect(failureSentence('timed-out', en)).toContain('in time');
});
