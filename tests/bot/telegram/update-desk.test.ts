import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';

import { createLogger } from '../../../bot/logger.ts';
import { HandedBackError } from '../../../bot/questions/handed-back.ts';
import { createUpdateJournal } from '../../../bot/state/update-journal.ts';
import { createUpdateDesk } from '../../../bot/telegram/update-desk.ts';
import { openState } from '../../support/state-folder.ts';

const logger = createLogger({ level: 'silent', secrets: [] });
const update = (id: number): Update => ({ update_id: id });

function deskOf(
  state: ReturnType<typeof openState>,
  handle: (update: Update) => Promise<void>,
  givenUp: number[] = [],
) {
  const journal = createUpdateJournal(state.database);
  const desk = createUpdateDesk({
    journal,
    handle,
    logger,
    onGivenUp: async ({ update_id: id }) => void givenUp.push(id),
  });
  const pending = (): number[] => journal.pending().map(({ update: one }) => one.update_id);
  return { desk, journal, pending };
}

test('updates are handled side by side and known as dealt with when they are', async () => {
  using state = openState();
  const gate = Promise.withResolvers<void>();
  const begun: number[] = [];
  const { desk, pending } = deskOf(state, async ({ update_id: id }) => {
    begun.push(id);
    if (id === 1) await gate.promise;
  });
  desk.take([update(1), update(2)]);
  await expect.poll(pending).toEqual([1]);
  expect(begun).toEqual([1, 2]);
  gate.resolve();
  await desk.settled(5_000);
  expect(pending()).toEqual([]);
});

test('what is handed back is left for the next start, what breaks is not', async () => {
  using state = openState();
  const { desk, journal, pending } = deskOf(state, async ({ update_id: id }) => {
    throw id === 1 ? new HandedBackError() : new Error('broken');
  });
  desk.take([update(1), update(2)]);
  await desk.settled(5_000);
  expect(pending()).toEqual([1]);
  expect(journal.pending()[0]?.starts).toBe(0);
});

test('what has ended the program again and again is handled alone, after the others', async () => {
  using state = openState();
  const before = createUpdateJournal(state.database);
  before.take([update(1), update(2), update(3), update(4)]);
  for (const id of [1, 3]) for (let start = 0; start < 3; start += 1) before.start(id);
  const gate = Promise.withResolvers<void>();
  const log: string[] = [];
  const { desk, pending } = deskOf(state, async ({ update_id: id }) => {
    log.push(`begin ${id}`);
    if (id === 2) await gate.promise;
    log.push(`end ${id}`);
  });
  desk.resume();
  await expect.poll(() => log).toContain('end 4');
  expect(log).toEqual(['begin 2', 'begin 4', 'end 4']);
  gate.resolve();
  await expect.poll(pending).toEqual([]);
  expect(log.slice(3)).toEqual(['end 2', 'begin 1', 'end 1', 'begin 3', 'end 3']);
});

test('what no start survived is given up, and its sender is told', async () => {
  using state = openState();
  const before = createUpdateJournal(state.database);
  before.take([update(1)]);
  for (let start = 0; start < 10; start += 1) before.start(1);
  const handled: number[] = [];
  const givenUp: number[] = [];
  const handle = async ({ update_id: id }: Update): Promise<void> => void handled.push(id);
  const { desk, pending } = deskOf(state, handle, givenUp);
  desk.resume();
  await expect.poll(pending).toEqual([]);
  expect(givenUp).toEqual([1]);
  expect(handled).toEqual([]);
});

test('a query that is typed is handled, and not kept', async () => {
  using state = openState();
  const handled: number[] = [];
  const { desk, pending } = deskOf(state, async ({ update_id: id }) => {
    handled.push(id);
    throw new Error('broken');
  });
  desk.take([{ update_id: 5, inline_query: {} } as unknown as Update]);
  await desk.settled(5_000);
  expect(handled).toEqual([5]);
  expect(pending()).toEqual([]);
  expect(state.database.prepare('SELECT count(*) AS n FROM updates').get()).toEqual({ n: 0 });
});
