import { expect, test } from 'vitest';

import type { ChatQuestion } from '../../../bot/questions/chat-question.ts';
import { createQuestionDesk } from '../../../bot/questions/question-desk.ts';
import type { QuestionSignals } from '../../../bot/questions/question-desk.ts';
import { chatQuestion } from '../../support/chat-question.ts';

/** Work that ends when the test says so, and notes what is asked of it. */
function manualWork() {
  const log: string[] = [];
  const open = new Map<number, { finish: () => void; signals: QuestionSignals }>();
  return {
    log,
    finish: (id: number) => open.get(id)?.finish(),
    signals: (id: number) => open.get(id)?.signals,
    wait: async ({ id }: ChatQuestion) => void log.push(`wait ${id}`),
    answer: async ({ id }: ChatQuestion, signals: QuestionSignals) => {
      log.push(`begin ${id}`);
      const outcome = await signals.inPlace(async () => {
        log.push(`answer ${id}`);
        const { promise, resolve } = Promise.withResolvers<void>();
        open.set(id, { finish: resolve, signals });
        signals.stop.addEventListener('abort', () => resolve());
        await promise;
        return 'done';
      });
      log.push(`${outcome ?? 'no place for'} ${id}`);
    },
    cancelled: async ({ id }: ChatQuestion, { isWithdrawn }: { isWithdrawn: boolean }) =>
      void log.push(`${isWithdrawn ? 'withdrawn' : 'cancelled'} ${id}`),
  };
}

test('questions of a private chat are answered in their order, and a waiting one is told so', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const first = desk.take(chatQuestion(1));
  const second = desk.take(chatQuestion(2));
  await Promise.resolve();
  await expect.poll(() => work.log).toEqual(['begin 1', 'wait 2', 'answer 1']);
  work.finish(1);
  await first;
  await expect
    .poll(() => work.log)
    .toEqual(['begin 1', 'wait 2', 'answer 1', 'done 1', 'begin 2', 'answer 2']);
  work.finish(2);
  await second;
});

test('in a group one who asks waits for nobody else', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const group = { chatId: -100, kind: 'group' } as const;
  const all = [
    desk.take(chatQuestion(1, { place: group, askerId: 1 })),
    desk.take(chatQuestion(2, { place: group, askerId: 2 })),
    desk.take(chatQuestion(3, { place: group, askerId: 1 })),
  ];
  await expect.poll(() => work.log).toContain('answer 2');
  expect(work.log).toContain('wait 3');
  expect(work.log).not.toContain('begin 3');
  for (const id of [2, 1]) work.finish(id);
  await expect.poll(() => work.log.at(-1)).toBe('answer 3');
  work.finish(3);
  await Promise.all(all);
});

test('to cancel a waiting question does not let the next one overtake the first', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const first = desk.take(chatQuestion(1));
  const second = desk.take(chatQuestion(2));
  const third = desk.take(chatQuestion(3));
  expect(desk.stop(77, 2, 77)).toBe('cancelled');
  await second;
  expect(work.log).toContain('cancelled 2');
  expect(work.log).not.toContain('answer 3');
  work.finish(1);
  await first;
  await expect.poll(() => work.log).toContain('answer 3');
  work.finish(3);
  await third;
});

test('stopping reaches the question in progress, of its chat alone', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const first = desk.take(chatQuestion(1));
  await expect.poll(() => work.log).toContain('answer 1');
  expect(desk.stop(78, 1, 77)).toBe('unknown');
  expect(desk.stop(77, 1, 78)).toBe('not-yours');
  expect(work.signals(1)?.stop.aborted).toBe(false);
  expect(desk.stop(77, 1, 77)).toBe('stopped');
  await first;
  expect(work.signals(1)?.withdrawn.aborted).toBe(false);
  expect(desk.stop(77, 1, 77)).toBe('unknown');
});

test('all questions of a chat can be ended at once, or those of one who asked', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const group = { chatId: -100, kind: 'group' } as const;
  const mine = desk.take(chatQuestion(1, { place: group, askerId: 1 }));
  const other = desk.take(chatQuestion(2, { place: group, askerId: 2 }));
  expect(desk.stopAll(-100, 1)).toBe(1);
  await mine;
  expect(desk.stopAll(-100)).toBe(1);
  await other;
  expect(desk.stopAll(-100)).toBe(0);
});

test('a question is withdrawn by the message that asked it', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work });
  const first = desk.take(chatQuestion(1));
  const second = desk.take(chatQuestion(2));
  await expect(desk.withdraw(77, 20)).resolves.toBe(2);
  await second;
  expect(work.log).toContain('withdrawn 2');
  await expect(desk.withdraw(77, 10)).resolves.toBe(1);
  await first;
  expect(work.signals(1)?.withdrawn.aborted).toBe(true);
  await expect(desk.withdraw(77, 10)).resolves.toBeNull();
});

test('no more questions are answered at once than there are places, and all begin at once', async () => {
  const work = manualWork();
  const desk = createQuestionDesk({ work, concurrency: 2 });
  const all = [1, 2, 3, 4].map((id) =>
    desk.take(chatQuestion(id, { place: { chatId: id }, askerId: id })),
  );
  await expect.poll(() => work.log).toContain('answer 2');
  expect(work.log).toContain('begin 4');
  expect(work.log).not.toContain('answer 3');
  expect(desk.stop(3, 3, 3)).toBe('cancelled');
  await expect.poll(() => work.log).toContain('no place for 3');
  work.finish(1);
  await expect.poll(() => work.log).toContain('answer 4');
  work.finish(2);
  work.finish(4);
  await Promise.all(all);
});

test('what goes on after the answer was written holds no place', async () => {
  const delivered = Promise.withResolvers<void>();
  const answered: number[] = [];
  const desk = createQuestionDesk({
    work: {
      wait: () => Promise.resolve(),
      async answer({ id }, { inPlace }) {
        await inPlace(async () => void answered.push(id));
        if (id === 1) await delivered.promise;
      },
      cancelled: () => Promise.resolve(),
    },
    concurrency: 1,
  });
  const first = desk.take(chatQuestion(1, { place: { chatId: 1 } }));
  await desk.take(chatQuestion(2, { place: { chatId: 2 } }));
  expect(answered).toEqual([1, 2]);
  delivered.resolve();
  await first;
});

test('work that breaks frees its place and its line', async () => {
  const desk = createQuestionDesk({
    work: {
      wait: () => Promise.resolve(),
      answer: async ({ id }, { inPlace }) => {
        await inPlace(() => (id === 1 ? Promise.reject(new Error('broken')) : Promise.resolve()));
      },
      cancelled: () => Promise.resolve(),
    },
    concurrency: 1,
  });
  const first = desk.take(chatQuestion(1));
  const second = desk.take(chatQuestion(2));
  await expect(first).rejects.toThrow('broken');
  await expect(second).resolves.toBeUndefined();
});
