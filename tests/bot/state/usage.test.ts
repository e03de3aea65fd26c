import { expect, test } from 'vitest';

import { createQuestionLimits } from '../../../bot/questions/question-limits.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createUsage } from '../../../bot/state/usage.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const START = Date.parse('2026-11-02T10:00:00Z');

test('who asked when is kept for a day and no longer, without what was asked', async () => {
  await using folder = await temporaryFolder();
  let time = START;
  const now = (): Date => new Date(time);
  const { database } = openDatabase({ folder: folder.path });
  const usage = createUsage(database, { now });
  usage.count(11, 1);
  time += 23 * 60 * 60 * 1000;
  usage.count(12, 2);
  expect(usage.lastDay(11)).toEqual([new Date(START)]);
  time += 60 * 60 * 1000;
  expect(usage.lastDay(11)).toEqual([]);
  usage.count(12, 3);
  expect(database.prepare('SELECT * FROM questions_asked').all()).toEqual([
    { question_id: 2, user_id: 12, asked_at: '2026-11-03T09:00:00.000Z' },
    { question_id: 3, user_id: 12, asked_at: '2026-11-03T10:00:00.000Z' },
  ]);
  database.close();
});

test('a limit outlives a restart', async () => {
  await using folder = await temporaryFolder();
  const now = (): Date => new Date(START);
  const allow = (askerId: number, questionId: number): unknown => {
    const { database } = openDatabase({ folder: folder.path });
    const limits = createQuestionLimits({ usage: createUsage(database, { now }), perDay: 1, now });
    const allowance = limits.allow(askerId, questionId);
    database.close();
    return allowance;
  };
  expect(allow(11, 1)).toEqual({ allowed: true });
  // The same question, which a killed program takes up again.
  expect(allow(11, 1)).toEqual({ allowed: true });
  expect(allow(11, 2)).toEqual({
    allowed: false,
    reason: 'day',
    limit: 1,
    retryAt: new Date(START + 24 * 60 * 60 * 1000),
  });
});
