import { describe, expect, it } from 'vitest';

import { recency, recencyWish, type RecencyWish } from '../../retrieval/recency.ts';
import { makePassage } from '../support/passage.ts';

const now = new Date('2026-11-20T12:00:00Z');

describe('a question asks for the newest', () => {
  it.each([
    'Какая последняя версия Node?',
    'Последние новости о GigaChat',
    'Что сейчас с Qdrant?',
    'Есть ли свежие модели?',
    'What is the latest release?',
    'Who is currently the CEO?',
    "What's new in Python?",
    'новости Qdrant',
    'Any news about Gemma?',
  ])('in «%s»', (question) => {
    expect(recencyWish(question, now)).toEqual({ kind: 'newest' });
  });

  it.each([
    'Какова длина Волги?',
    'Что он сделал впоследствии?',
    'Do you know it?',
    'snowed',
    'newsletter',
  ])('not in «%s»', (question) => {
    expect(recencyWish(question, now)).toBeNull();
  });
});

describe('a question asks for a year', () => {
  it.each([
    ['Кто выиграл в 2015 году?', 2015],
    ['What changed between 2019 and 2023?', 2023],
    ['Курс в 2025г.', 2025],
    ['Что было в 2025-м?', 2025],
    ['Выпуски за 2024-2025 годы', 2025],
    ['Выпуски за 2024–2025', 2025],
  ])('in «%s»', (question, year) => {
    expect(recencyWish(question, now)).toEqual({ kind: 'year', year });
  });

  it.each([
    'Сколько будет 1999,5?',
    'GPT-2024',
    '20155 рублей',
    '2024-05-01',
    'Что будет в 2077 году?',
  ])('not in «%s»', (question) => {
    expect(recencyWish(question, now)).toBeNull();
  });
});

describe('a date', () => {
  it('counts for half with every half year, where the newest is asked for', () => {
    expect(of('2026-11-20T12:00:00Z', { kind: 'newest' })).toBe(1);
    expect(of('2026-05-24T12:00:00Z', { kind: 'newest' })).toBe(0.5);
  });

  it('counts when it is of the year that is asked for, or of the next', () => {
    const wish: RecencyWish = { kind: 'year', year: 2023 };
    expect(of('2023-02-01', wish)).toBe(1);
    expect(of('2024-02-01', wish)).toBe(0.5);
    expect(of('2022-02-01', wish)).toBe(0);
    expect(of('2026-02-01', wish)).toBe(0);
  });

  it('counts for nothing where there is none, it is no date or lies ahead', () => {
    for (const date of [null, 'soon', '2031-01-01']) expect(of(date, { kind: 'newest' })).toBe(0);
  });
});

function of(publishedAt: string | null, wish: RecencyWish): number {
  return recency(makePassage({ text: 'Слова.', publishedAt }), wish, now);
}
