import { afterEach, beforeEach, expect, test } from 'vitest';

import { createConversations } from '../../../bot/state/conversations.ts';
import type { TurnStatus } from '../../../bot/state/conversations.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { createFeedback } from '../../../bot/state/feedback.ts';
import { readStats } from '../../../bot/state/stats.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { turnRecord } from '../../support/turn-record.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
});
afterEach(async () => {
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

test('a rating is kept with its turn, changed by the other one and taken back by the same', () => {
  const conversations = createConversations(opened.database);
  const feedback = createFeedback(opened.database);
  const id = conversations.record(turnRecord());
  const other = conversations.record(turnRecord());
  expect(feedback.rate(id, 'up')).toBe('up');
  expect(conversations.find(id)?.rating).toBe('up');
  expect(feedback.rate(id, 'down')).toBe('down');
  expect(conversations.find(id)?.rating).toBe('down');
  expect(feedback.rate(id, 'down')).toBeNull();
  expect(conversations.find(id)?.rating).toBeNull();
  expect(conversations.find(other)?.rating).toBeNull();
  expect(feedback.rate(12_345, 'up')).toBeNull();
});

test('statistics are empty while nothing was asked', () => {
  const nothing = {
    questions: 0,
    answered: 0,
    declined: 0,
    failed: 0,
    stopped: 0,
    medianMs: null,
    p95Ms: null,
    liked: 0,
    disliked: 0,
    chats: 0,
  };
  expect(readStats(opened.database, { now: NOW })).toEqual({
    day: nothing,
    week: nothing,
    disliked: [],
  });
});

test('statistics count what came of the questions of a day and of a week', () => {
  let hoursAgo = 0;
  const now = (): Date => new Date(NOW.getTime() - hoursAgo * 60 * 60 * 1000);
  const conversations = createConversations(opened.database, { now });
  const feedback = createFeedback(opened.database);
  const ask = (status: TurnStatus, chatId: number, totalMs: number | null, question = '?') =>
    conversations.record(turnRecord({ status, chatId, totalMs, question }));

  hoursAgo = 8 * 24;
  feedback.rate(ask('answered', 5, 9_999, 'Слишком давно?'), 'down');
  hoursAgo = 6 * 24;
  feedback.rate(ask('answered', 6, 4_000, 'Первый?'), 'down');
  hoursAgo = 23;
  for (const ms of [100, 200, 300, 400]) ask('answered', 77, ms);
  feedback.rate(ask('answered', -100, 1_000), 'up');
  feedback.rate(ask('declined', 77, 50, 'Второй?'), 'down');
  ask('failed', 78, null);
  ask('stopped', 78, 7_000);
  ask('postponed', 79, null);

  expect(readStats(opened.database, { now: NOW })).toEqual({
    day: {
      questions: 8,
      answered: 5,
      declined: 1,
      failed: 1,
      stopped: 1,
      medianMs: 300,
      p95Ms: 1_000,
      liked: 1,
      disliked: 1,
      chats: 3,
    },
    week: {
      questions: 9,
      answered: 6,
      declined: 1,
      failed: 1,
      stopped: 1,
      medianMs: 300,
      p95Ms: 4_000,
      liked: 1,
      disliked: 2,
      chats: 4,
    },
    disliked: ['Второй?', 'Первый?'],
  });
  expect(readStats(opened.database, { now: NOW, mostDisliked: 1 }).disliked).toEqual(['Второй?']);
});
