import { beforeEach, expect, test } from 'vitest';

import { createInlineAsker } from '../../../bot/inline/inline-asker.ts';
import type { InlineAsker } from '../../../bot/inline/inline-asker.ts';
import { createSharedAnswers } from '../../../bot/inline/shared-answers.ts';
import { penicillinReport } from '../../support/answer-report.ts';
import { manualClock } from '../../support/manual-clock.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

const ANNA = 1;
const BORIS = 2;
let clock: ManualClock;
let asked: { question: string; signal: AbortSignal; answer: () => void }[];
let counted: [userId: number, questionId: number][];
let queries: number;
let mayAsk: boolean;
let asker: InlineAsker;

beforeEach(() => {
  clock = manualClock();
  asked = [];
  counted = [];
  queries = 0;
  mayAsk = true;
  const answers = createSharedAnswers({
    async *ask({ question }, { signal }) {
      const { promise, resolve } = Promise.withResolvers<void>();
      asked.push({ question, signal, answer: resolve });
      await promise;
      yield { type: 'answered', report: penicillinReport({ question }) };
    },
    clock,
  });
  const allow = (userId: number, questionId: number): boolean => {
    counted.push([userId, questionId]);
    return mayAsk;
  };
  asker = createInlineAsker({ answers, allow, clock, quietMs: 600, deadlineMs: 9_000 });
});

/** Each query has the next id, from 1. */
function ask(userId: number, question: string): ReturnType<InlineAsker['ask']> {
  queries += 1;
  return asker.ask({ userId, id: queries, request: { question, length: 'short' } });
}

const questions = (): string[] => asked.map(({ question }) => question);

test('asks once typing has paused, and only what stood then', async () => {
  const first = ask(ANNA, 'кто');
  await clock.advance(599);
  const second = ask(ANNA, 'кто открыл');
  expect(await first).toBe(null);
  await clock.advance(599);
  expect(questions()).toEqual([]);
  await clock.advance(1);
  expect(questions()).toEqual(['кто открыл']);
  asked[0]?.answer();
  expect(await second).toMatchObject({ type: 'answered' });
  expect(counted).toEqual([[ANNA, 2]]);
  expect(clock.waiting).toBe(0);
});

test('a question that goes on ends the work on its beginning', async () => {
  const first = ask(ANNA, 'кто открыл');
  await clock.advance(600);
  const second = ask(ANNA, 'кто открыл пенициллин');
  expect(await first).toBe(null);
  expect(asked[0]?.signal.aborted).toBe(true);
  await clock.advance(600);
  asked[1]?.answer();
  expect(await second).toMatchObject({ type: 'answered' });
});

test('a question mark at the end neither waits nor begins anew', async () => {
  const first = ask(ANNA, 'кто открыл пенициллин');
  await clock.advance(600);
  const second = ask(ANNA, 'кто открыл пенициллин?');
  expect(await first).toBe(null);
  expect(asked[0]?.signal.aborted).toBe(false);
  asked[0]?.answer();
  expect(await second).toMatchObject({ type: 'answered' });
  expect(questions()).toEqual(['кто открыл пенициллин']);
  expect(counted).toEqual([[ANNA, 1]]);
});

test('one who types does not end the question of another', async () => {
  const anna = ask(ANNA, 'раз');
  const boris = ask(BORIS, 'два');
  await clock.advance(600);
  asker.giveUp(BORIS);
  expect(await boris).toBe(null);
  asked[0]?.answer();
  expect(await anna).toMatchObject({ type: 'answered' });
});

test('a question that two ask is answered once, and ends for one without ending for the other', async () => {
  const anna = ask(ANNA, 'что');
  await clock.advance(600);
  const boris = ask(BORIS, 'Что?');
  asker.giveUp(ANNA);
  expect(await anna).toBe(null);
  asked[0]?.answer();
  expect(await boris).toMatchObject({ type: 'answered' });
  expect(questions()).toEqual(['что']);
  expect(counted).toEqual([[ANNA, 1]]);
});

test('says before Telegram forgets the query that the answer is late, and has it for the next', async () => {
  const late = ask(ANNA, 'что');
  await clock.advance(9_000);
  expect(await late).toEqual({ type: 'late' });
  expect(asked[0]?.signal.aborted).toBe(false);
  asked[0]?.answer();
  await clock.advance(0);
  expect(await ask(ANNA, 'что')).toMatchObject({ type: 'answered' });
  expect(counted).toEqual([[ANNA, 1]]);
});

test('asks nothing for one who may not, and still gives what is known', async () => {
  mayAsk = false;
  const refused = ask(ANNA, 'что');
  await clock.advance(600);
  expect(await refused).toEqual({ type: 'not-allowed' });
  expect(questions()).toEqual([]);
  mayAsk = true;
  const known = ask(BORIS, 'что');
  await clock.advance(600);
  mayAsk = false;
  asked[0]?.answer();
  await known;
  expect(await ask(ANNA, 'что')).toMatchObject({ type: 'answered' });
  expect(counted).toEqual([
    [ANNA, 1],
    [BORIS, 2],
  ]);
});

test('counts a question once however often its typing pauses, and the next by itself', async () => {
  for (const question of ['кто', 'кто открыл', 'кто открыл пеницилин', 'кто открыл']) {
    void ask(ANNA, question);
    await clock.advance(2_000);
  }
  void ask(ANNA, 'когда открыли');
  await clock.advance(60_000);
  void ask(ANNA, 'когда открыли пенициллин');
  await clock.advance(600);
  expect(counted).toEqual([
    [ANNA, 1],
    [ANNA, 1],
    [ANNA, 1],
    [ANNA, 1],
    [ANNA, 5],
    [ANNA, 6],
  ]);
});
