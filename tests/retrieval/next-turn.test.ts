import { expect, test } from 'vitest';

import { nextTurn } from '../../retrieval/next-turn.ts';

test('those who wait get a turn each, in order, and other events come in between', async () => {
  const seen: string[] = [];
  const other = (name: string): void => {
    setImmediate(() => seen.push(name));
  };

  const turns = ['one', 'two', 'three'].map(async (name) => {
    await nextTurn();
    seen.push(name);
    other(`after ${name}`);
  });
  await Promise.all(turns);
  await nextTurn();

  expect(seen).toEqual(['one', 'two', 'after one', 'three', 'after two', 'after three']);
});

test('work that waits for its turn has not begun at once, also when nobody else waits', async () => {
  await nextTurn();
  const seen: string[] = [];
  const work = async (): Promise<void> => {
    await nextTurn();
    seen.push('work');
  };
  const working = work();
  await Promise.resolve();
  expect(seen).toEqual([]);
  await working;
  expect(seen).toEqual(['work']);
});
