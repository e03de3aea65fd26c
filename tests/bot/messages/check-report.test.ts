import { describe, expect, test } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { checkFrame, checkReply, numberPages } from '../../../bot/messages/check-report.ts';
import type { CheckedClaim, CheckReport } from '../../../generation/check/check-event.ts';
import { evidenceOf } from '../../../generation/check/judge-claim.ts';
import { BAIKAL, pageSaying } from '../../support/checked-pages.ts';
import { objectionTo } from '../../support/telegram.ts';

const en = createLocale('en');
const ru = createLocale('ru');

const other = pageSaying('Глубина озера Байкал — 1637 метров.', {
  pageUrl: 'https://old.example/',
  title: 'Старый справочник',
  site: 'old.example',
  publishedAt: '1999-05-09',
});

const claim = (over: Partial<CheckedClaim>): CheckedClaim => ({
  text: 'Глубина озера Байкал — 1642 метра.',
  verdict: 'not-found',
  reason: null,
  evidence: [],
  isSecondOpinion: false,
  ...over,
});

const report = (claims: CheckedClaim[], over: Partial<CheckReport> = {}): CheckReport => ({
  message: '',
  language: 'ru',
  claims,
  leftOut: 0,
  stopped: false,
  degraded: [],
  timingsMs: { total: 1 },
  ...over,
});

const disputed = claim({
  verdict: 'disputed',
  evidence: [
    evidenceOf(BAIKAL, 'Глубина озера Байкал — 1642 метра.', 'for', null),
    evidenceOf(other, 'Глубина озера Байкал — 1637 метров.', 'against', {
      kind: 'figure',
      claimed: '1642',
      found: '1637',
    }),
  ],
});

const textsOf = (checked: CheckReport, locale = ru): string =>
  checkReply(checked, locale)
    .map(({ text }) => text)
    .join('\n---\n');

test('sources that disagree stand beside each other, with both pages and their dates', () => {
  expect(textsOf(report([disputed]))).toBe(
    [
      '⚖️ Источники расходятся: Глубина озера Байкал — 1642 метра.',
      '«Глубина озера Байкал — 1642 метра.» [1]',
      'В источнике 1637, а не 1642. «Глубина озера Байкал — 1637 метров.» [2]',
      '',
      'Источники',
      '1. Байкал — ozera.example',
      '2. Старый справочник — old.example, 9 мая 1999 г.',
    ].join('\n'),
  );
});

test('what was left out and what a model decided is said', () => {
  const checked = report([claim({}), claim({ ...disputed, isSecondOpinion: true })], {
    leftOut: 3,
  });

  const text = textsOf(checked, en);

  expect(text).toContain('Checked: ⚖️ 1, 🤷 1');
  expect(text).toContain('🤷 Not found: Глубина');
  expect(text).toContain('3 more claims are left: I check up to five at a time.');
  expect(text).toContain('A model drew some of these conclusions from the quotes.');
});

describe('a page', () => {
  test('is numbered once, in the order of the claims', () => {
    const pages = numberPages([disputed, claim({}), disputed]);

    expect(pages.map(({ number, url }) => [number, url])).toEqual([
      [1, 'https://ozera.example/baikal'],
      [2, 'https://old.example/'],
    ]);
  });

  test('whose address Telegram takes in no link is named without one', () => {
    const local = { ...BAIKAL, pageUrl: 'http://localhost/x' };
    const evidence = [evidenceOf(local, 'Смотрите evil.example и /forget.', 'for', null)];

    const [message] = checkReply(report([claim({ verdict: 'confirmed', evidence })]), ru);

    expect(message?.text).toContain('«Смотрите evil.\u2060example и /\u2060forget.»');
    expect(message?.entities.map(({ type }) => type)).toEqual([
      'bold',
      'expandable_blockquote',
      'bold',
    ]);
  });
});

test('whatever is checked, Telegram takes the messages', () => {
  const odd = [
    'a\u0000b',
    '\ud800',
    '\u202eabc',
    '*_`[x](y)',
    '🏳️‍🌈'.repeat(50),
    'слово '.repeat(50),
  ];
  const claims = odd.map((text) => {
    const page = pageSaying(text, {
      pageUrl: `https://site.example/${encodeURIComponent(text.toWellFormed()).slice(0, 500)}`,
      title: text.repeat(20),
    });
    const evidence = [
      evidenceOf(page, text, 'for', null),
      evidenceOf(other, text, 'against', null),
    ];
    return claim({ text, verdict: 'disputed', evidence });
  });

  const frame = checkFrame(
    claims.map(({ text }) => ({ text, language: 'ru' as const })),
    new Map([[1, claims[1] ?? claim({})]]),
    ru,
  );
  const messages = checkReply(report(claims), ru);

  expect(messages.length).toBeGreaterThan(0);
  expect(messages.map(({ text, entities }) => objectionTo(text, entities))).toEqual(
    messages.map(() => null),
  );
  expect(objectionTo(frame.text, frame.entities)).toBeNull();
});
