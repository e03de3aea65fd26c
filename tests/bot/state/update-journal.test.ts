import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';

import { openDatabase } from '../../../bot/state/database.ts';
import { createUpdateJournal } from '../../../bot/state/update-journal.ts';
import { openState } from '../../support/state-folder.ts';

const update = (id: number): Update => ({ update_id: id });
const idsOf = (updates: Update[]): number[] => updates.map(({ update_id: id }) => id);

test('an update that comes twice is taken once', () => {
  using state = openState();
  const journal = createUpdateJournal(state.database);
  expect(idsOf(journal.take([update(1), update(2)]))).toEqual([1, 2]);
  expect(idsOf(journal.take([update(2), update(3)]))).toEqual([3]);
  expect(journal.take([])).toEqual([]);
});

test('what was taken and not finished is pending after a restart, the oldest first', () => {
  using state = openState();
  createUpdateJournal(state.database).take([update(9), update(7), update(8)]);
  createUpdateJournal(state.database).finish(8);
  state.database.close();
  const { database } = openDatabase({ folder: state.folder });
  const pending = createUpdateJournal(database).pending();
  expect(pending.map(({ update: { update_id: id } }) => id)).toEqual([7, 9]);
  database.close();
});

test('of an update that is dealt with only its id stays, so that it is not taken again', () => {
  using state = openState();
  const journal = createUpdateJournal(state.database);
  journal.take([update(1)]);
  journal.finish(1);
  expect(journal.pending()).toEqual([]);
  expect(journal.take([update(1)])).toEqual([]);
  expect(state.database.prepare('SELECT body FROM updates').all()).toEqual([{ body: null }]);
});

test('work that was left in good order does not count as begun', () => {
  using state = openState();
  const journal = createUpdateJournal(state.database);
  journal.take([update(1)]);
  journal.start(1);
  journal.handBack(1);
  journal.handBack(1);
  expect(journal.pending()).toEqual([{ update: { update_id: 1 }, starts: 0 }]);
});

test('starts are counted over restarts', () => {
  using state = openState();
  const journal = createUpdateJournal(state.database);
  journal.take([update(1)]);
  expect(journal.start(1)).toBe(1);
  expect(createUpdateJournal(state.database).start(1)).toBe(2);
});

test('finished updates go after two days, unfinished ones stay', () => {
  using state = openState();
  let now = new Date('2026-11-02T10:00:00Z');
  const journal = createUpdateJournal(state.database, { now: () => now });
  journal.take([update(1), update(2)]);
  journal.finish(1);
  now = new Date('2026-11-04T11:00:00Z');
  journal.take([update(3)]);
  const kept = state.database.prepare('SELECT update_id FROM updates ORDER BY update_id').all();
  expect(kept).toEqual([{ update_id: 2 }, { update_id: 3 }]);
});

test('when the disk fails nothing was taken', () => {
  using state = openState();
  const journal = createUpdateJournal(state.database);
  state.database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON updates WHEN NEW.update_id = 2 BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  expect(() => journal.take([update(1), update(2)])).toThrow('disk full');
  expect(journal.pending()).toEqual([]);
  expect(idsOf(journal.take([update(1)]))).toEqual([1]);
});
