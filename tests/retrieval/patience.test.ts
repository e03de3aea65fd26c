import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createPatience, type Patience } from '../../retrieval/patience.ts';

beforeEach(() => {
  // The turns of the event loop go on: they bring pages in, and are no time that passes.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const options = { enoughPages: 5, afterPageMs: [3000, 2000, 1000], settleMs: 50, leastMs: 0 };

/** Whether the wait is over by now. */
async function isOver({ enough }: Patience): Promise<boolean> {
  return Promise.race([enough.then(() => true), Promise.resolve().then(() => false)]);
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('the wait for pages', () => {
  it('is none when there are no pages', async () => {
    expect(await isOver(createPatience(0, options))).toBe(true);
  });

  it('has no end of its own before the first page', async () => {
    const patience = createPatience(8, options);
    await pass(60_000);
    expect(await isOver(patience)).toBe(false);
  });

  it('ends when all pages have landed or are lost', async () => {
    const patience = createPatience(3, options);
    patience.pageIn();
    patience.pageLost();
    expect(await isOver(patience)).toBe(false);
    patience.pageIn();
    expect(await isOver(patience)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when all are lost', async () => {
    const patience = createPatience(2, options);
    patience.pageLost();
    patience.pageLost();
    expect(await isOver(patience)).toBe(true);
  });

  it.each([
    [1, 3000],
    [2, 2000],
    [3, 1000],
    [4, 1000],
  ])('ends, with %d pages in at once, %d ms later', async (pages, milliseconds) => {
    const patience = createPatience(8, options);
    for (let page = 0; page < pages; page += 1) patience.pageIn();
    await pass(milliseconds - 1);
    expect(await isOver(patience)).toBe(false);
    await pass(1);
    expect(await isOver(patience)).toBe(true);
  });

  it('is shortened by a further page, and never made longer', async () => {
    const patience = createPatience(8, options);
    patience.pageIn();
    await pass(2500);
    patience.pageIn();
    await pass(499);
    expect(await isOver(patience)).toBe(false);
    await pass(1);
    expect(await isOver(patience)).toBe(true);
  });

  it('is not shortened by a lost page', async () => {
    const patience = createPatience(8, options);
    patience.pageIn();
    patience.pageLost();
    await pass(2999);
    expect(await isOver(patience)).toBe(false);
  });

  it('ends with five pages in, as soon as there is silence', async () => {
    const patience = createPatience(8, options);
    for (let page = 0; page < 5; page += 1) patience.pageIn();
    await pass(40);
    patience.pageIn();
    await pass(40);
    expect(await isOver(patience)).toBe(false);
    await pass(20);
    await patience.enough;
    expect(await isOver(patience)).toBe(true);
  });

  it('gives the web its time, however many pages were in the cache', async () => {
    const patience = createPatience(8, { ...options, leastMs: 300 });
    for (let page = 0; page < 5; page += 1) patience.pageIn();
    await pass(200);
    patience.pageIn();
    await pass(99);
    expect(await isOver(patience)).toBe(false);
    await pass(1);
    await patience.enough;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once when all pages were in the cache', async () => {
    const patience = createPatience(5, { ...options, leastMs: 300 });
    for (let page = 0; page < 5; page += 1) patience.pageIn();
    expect(await isOver(patience)).toBe(true);
  });

  it('ends at once when it is told to, and leaves no timer', async () => {
    const patience = createPatience(8, options);
    patience.pageIn();
    patience.end();
    expect(await isOver(patience)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
