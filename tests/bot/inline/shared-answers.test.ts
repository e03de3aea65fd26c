import { expect, test } from 'vitest';

import { createSharedAnswers } from '../../../bot/inline/shared-answers.ts';
import type { AnswerEvent, AskRequest } from '../../../generation/answer/answer-event.ts';
import { answerReport, penicillinReport } from '../../support/answer-report.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { scriptedAsk } from '../../support/scripted-ask.ts';
import type { Script } from '../../support/scripted-ask.ts';

const request = (question: string, over: Partial<AskRequest> = {}): AskRequest => ({
  question,
  length: 'short',
  ...over,
});

const ANSWERED: AnswerEvent = { type: 'answered', report: penicillinReport() };

/** A question that is answered when it is let go, and tells when its signal aborts. */
function heldAnswer(): { script: Script; letGo: () => void; aborted: Promise<void> } {
  const held = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  return {
    async *script(_request, signal) {
      signal.addEventListener('abort', () => aborted.resolve());
      await held.promise;
      yield ANSWERED;
    },
    letGo: held.resolve,
    aborted: aborted.promise,
  };
}

test('answers the same question once, however it is typed', async () => {
  const { ask, requests } = scriptedAsk([ANSWERED]);
  const answers = createSharedAnswers({ ask });
  const first = await answers.wait(request('Кто открыл  пенициллин'))?.outcome;
  expect(first).toEqual(ANSWERED);
  for (const question of ['кто открыл пенициллин?', ' КТО открыл пенициллин?! ']) {
    expect(answers.has(request(question))).toBe(true);
    expect(await answers.wait(request(question))?.outcome).toEqual(ANSWERED);
  }
  expect(requests).toHaveLength(1);
});

test('answers another question, and the same without a model, by itself', async () => {
  const { ask, requests } = scriptedAsk([ANSWERED]);
  const answers = createSharedAnswers({ ask });
  await answers.wait(request('Кто открыл пенициллин?'))?.outcome;
  await answers.wait(request('Когда открыли пенициллин?'))?.outcome;
  await answers.wait(request('Кто открыл пенициллин?', { quotesOnly: true }))?.outcome;
  expect(requests).toHaveLength(3);
});

test('makes one answer for all who wait for it', async () => {
  const held = heldAnswer();
  const { ask, requests } = scriptedAsk(held.script);
  const answers = createSharedAnswers({ ask });
  const waiting = [answers.wait(request('что?')), answers.wait(request('Что'))];
  waiting[0]?.leave();
  held.letGo();
  expect(await waiting[1]?.outcome).toEqual(ANSWERED);
  expect(requests).toHaveLength(1);
});

test('ends work that nobody waits for any more, and begins anew for who asks then', async () => {
  const held = heldAnswer();
  const { ask, requests } = scriptedAsk(held.script, [ANSWERED]);
  const answers = createSharedAnswers({ ask });
  answers.wait(request('что?'))?.leave();
  await held.aborted;
  expect(answers.has(request('что?'))).toBe(false);
  expect(await answers.wait(request('что?'))?.outcome).toEqual(ANSWERED);
  expect(requests).toHaveLength(2);
});

test('leaving twice counts once', async () => {
  const held = heldAnswer();
  const answers = createSharedAnswers({ ask: scriptedAsk(held.script).ask });
  const [one, other] = [answers.wait(request('что?')), answers.wait(request('что?'))];
  one?.leave();
  one?.leave();
  held.letGo();
  expect(await other?.outcome).toEqual(ANSWERED);
});

test('goes on for who asks next where that is wished', async () => {
  const held = heldAnswer();
  const { ask, requests } = scriptedAsk(held.script);
  const answers = createSharedAnswers({ ask });
  answers.wait(request('что?'))?.leave({ goOn: true });
  const again = answers.wait(request('что?'));
  held.letGo();
  expect(await again?.outcome).toEqual(ANSWERED);
  expect(requests).toHaveLength(1);
});

test.each<[string, AnswerEvent, string]>([
  ['declined', { type: 'declined', reason: 'search-failed', report: answerReport() }, 'declined'],
  ['failed', { type: 'failed', error: new Error('no'), report: answerReport() }, 'failed'],
  [
    'left to quotes by its model',
    { type: 'answered', report: penicillinReport({ modelFailed: true }) },
    'answered',
  ],
])('asks again after a question was %s', async (_what, event, type) => {
  const { ask, requests } = scriptedAsk([event], [ANSWERED]);
  const answers = createSharedAnswers({ ask });
  expect(await answers.wait(request('что?'))?.outcome).toMatchObject({ type });
  expect(answers.has(request('что?'))).toBe(false);
  expect(await answers.wait(request('что?'))?.outcome).toEqual(ANSWERED);
  expect(requests).toHaveLength(2);
});

test('forgets an answer after its time', async () => {
  const clock = manualClock();
  const answers = createSharedAnswers({ ask: scriptedAsk([ANSWERED]).ask, clock });
  await answers.wait(request('что?'))?.outcome;
  await clock.advance(599_999);
  expect(answers.has(request('что?'))).toBe(true);
  await clock.advance(1);
  expect(answers.has(request('что?'))).toBe(false);
});

test('remembers the answers that were asked for last, and no more of them than it may', async () => {
  const answers = createSharedAnswers({ ask: scriptedAsk([ANSWERED]).ask, mostKept: 2 });
  await answers.wait(request('раз'))?.outcome;
  await answers.wait(request('два'))?.outcome;
  await answers.wait(request('раз'))?.outcome;
  await answers.wait(request('три'))?.outcome;
  expect(['раз', 'два', 'три'].map((question) => answers.has(request(question)))).toEqual([
    true,
    false,
    true,
  ]);
});

test('takes no more questions than it may at once, and takes the next when one is done', async () => {
  const held = heldAnswer();
  const { ask } = scriptedAsk(held.script, [ANSWERED]);
  const answers = createSharedAnswers({ ask, concurrency: 1 });
  const first = answers.wait(request('раз'));
  expect(answers.wait(request('два'))).toBe(null);
  expect(answers.wait(request('раз'))).not.toBe(null);
  held.letGo();
  await first?.outcome;
  expect(await answers.wait(request('два'))?.outcome).toEqual(ANSWERED);
});

test('gives up a question that takes for ever, even one that hears no signal', async () => {
  const clock = manualClock();
  const { ask } = scriptedAsk(heldAnswer().script);
  const answers = createSharedAnswers({ ask, clock, timeoutMs: 60_000 });
  const waiting = answers.wait(request('что?'));
  await clock.advance(60_000);
  expect(await waiting?.outcome).toEqual({ type: 'failed' });
  expect(clock.waiting).toBe(0);
});

test('ends with the program', async () => {
  const stopping = new AbortController();
  const { ask } = scriptedAsk(heldAnswer().script);
  const answers = createSharedAnswers({ ask, stopping: stopping.signal });
  const waiting = answers.wait(request('что?'));
  stopping.abort();
  expect(await waiting?.outcome).toEqual({ type: 'failed' });
  expect(await answers.wait(request('другое'))?.outcome).toEqual({ type: 'failed' });
});
