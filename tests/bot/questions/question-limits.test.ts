import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { limitSentence } from '../../../bot/messages/limit-sentence.ts';
import { createQuestionLimits } from '../../../bot/questions/question-limits.ts';
import type { QuestionLimits } from '../../../bot/questions/question-limits.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { createUsage } from '../../../bot/state/usage.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const START = Date.parse('2026-11-02T10:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let time: number;
let lastId: number;
const now = (): Date => new Date(time);

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  time = START;
  lastId = 0;
});
afterEach(async () => {
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

function limitsOf(perDay: number | null, perMinute?: number): QuestionLimits {
  return createQuestionLimits({
    usage: createUsage(opened.database, { now }),
    perDay,
    now,
    isUnlimited: (askerId) => askerId === 99,
    ...(perMinute !== undefined && { perMinute }),
  });
}

/** Asks a new question; how long to wait, or null when it is taken. */
function waitFor(limits: QuestionLimits, askerId = 11): [string, number] | null {
  lastId += 1;
  const allowance = limits.allow(askerId, lastId);
  return allowance.allowed ? null : [allowance.reason, allowance.retryAt.getTime() - time];
}

describe('the limit of a day', () => {
  test('counts the last 24 hours, whatever the date', () => {
    const limits = limitsOf(2);
    expect(waitFor(limits)).toBeNull();
    time += 20 * HOUR;
    expect(waitFor(limits)).toBeNull();
    time += HOUR;
    expect(waitFor(limits)).toEqual(['day', 3 * HOUR]);
    time += 3 * HOUR - 1;
    expect(waitFor(limits)).toEqual(['day', 1]);
    time += 1;
    expect(waitFor(limits)).toBeNull();
    expect(waitFor(limits)).toEqual(['day', 20 * HOUR]);
  });

  test('does not count what it refuses', () => {
    const limits = limitsOf(1);
    expect(waitFor(limits)).toBeNull();
    for (let more = 0; more < 5; more += 1) expect(waitFor(limits)).toEqual(['day', 24 * HOUR]);
    time += 24 * HOUR;
    expect(waitFor(limits)).toBeNull();
  });

  test('is that of each asker, and not that of an admin', () => {
    const limits = limitsOf(1);
    expect(waitFor(limits, 11)).toBeNull();
    expect(waitFor(limits, 12)).toBeNull();
    expect(waitFor(limits, -100)).toBeNull();
    expect(waitFor(limits, 11)).toEqual(['day', 24 * HOUR]);
    for (let more = 0; more < 20; more += 1) expect(waitFor(limits, 99)).toBeNull();
  });

  test('is none when none is set', () => {
    const limits = limitsOf(null);
    for (let more = 0; more < 100; more += 1) {
      expect(waitFor(limits)).toBeNull();
      time += MINUTE;
    }
  });
});

describe('the limit of a minute', () => {
  test('takes six questions at a time, and the seventh a minute after the first', () => {
    const limits = limitsOf(null);
    for (let more = 0; more < 6; more += 1) {
      expect(waitFor(limits)).toBeNull();
      time += 1000;
    }
    expect(waitFor(limits)).toEqual(['burst', 54_000]);
    time += 54_000;
    expect(waitFor(limits)).toBeNull();
  });

  test('gives way to the limit of a day where that lasts longer', () => {
    const limits = limitsOf(2, 2);
    expect(waitFor(limits)).toBeNull();
    expect(waitFor(limits)).toBeNull();
    expect(waitFor(limits)).toEqual(['day', 24 * HOUR]);
  });
});

describe('the sentence for who has asked enough', () => {
  const { ru, en } = createLocales();
  test.each([
    [20, 2 * HOUR + 1, 'За сутки можно задать 20 вопросов. Следующий можно задать через 3 часа.'],
    [21, HOUR, 'За сутки можно задать 21 вопрос. Следующий можно задать через 1 час.'],
    [3, 24 * HOUR, 'За сутки можно задать 3 вопроса. Следующий можно задать через 24 часа.'],
    [5, MINUTE, 'За сутки можно задать 5 вопросов. Следующий можно задать через 1 минуту.'],
    [5, 0, 'За сутки можно задать 5 вопросов. Следующий можно задать через 1 секунду.'],
  ])('says when it goes on: %i in a day, %i ms left', (limit, ms, sentence) => {
    expect(limitSentence(day(limit, ms), ru, new Date(START))).toBe(sentence);
  });

  test('rounds up over the edge of a unit', () => {
    const en59 = limitSentence(day(5, 59 * MINUTE + 1), en, new Date(START));
    expect(en59).toBe('You can ask 5 questions in 24 hours. You can ask another in 1 hour.');
    const burst = { reason: 'burst', limit: 6, retryAt: new Date(START + 40_500) } as const;
    expect(limitSentence(burst, en, new Date(START))).toBe(
      'You can ask 6 questions a minute. You can ask another in 41 seconds.',
    );
    expect(limitSentence(burst, ru, new Date(START))).toBe(
      'За минуту можно задать 6 вопросов. Следующий можно задать через 41 секунду.',
    );
  });
});

function day(limit: number, ms: number) {
  return { reason: 'day', limit, retryAt: new Date(START + ms) } as const;
}
