import { describe, expect, it } from 'vitest';

import { IndexError } from '../../../retrieval/errors.ts';
import { MovableIndex } from '../../../retrieval/index/movable-index.ts';
import { holdsAll } from '../../../retrieval/index/moved-to.ts';
import type { IndexedPage, PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { describePassageIndex } from '../../contracts/passage-index.ts';
import { hybridQuery, indexedPage } from '../../support/indexed-pages.ts';
import { MemoryIndex } from '../../support/memory-index.ts';

const { signal } = new AbortController();

describePassageIndex('an index that can be moved', async () => {
  const index = new MovableIndex(new MemoryIndex());
  return { index, [Symbol.asyncDispose]: () => index.close() };
});

describePassageIndex('an index that was moved', async () => {
  const index = new MovableIndex(new MemoryIndex());
  await index.moveTo(new MemoryIndex(), { signal });
  return { index, [Symbol.asyncDispose]: () => index.close() };
});

describe('a move', () => {
  it('copies every page, says how far it is and gives the old index back', async () => {
    const old = new MemoryIndex();
    const fresh = new MemoryIndex();
    const index = new MovableIndex(old);
    for (let at = 0; at < 5; at += 1) await index.replacePage(page(at));
    await index.replacePage(indexedPage('https://a.example/9', [{ id: 9 }], { scope: 'chat:1' }));
    const progress: [number, number][] = [];
    const before = await index.moveTo(fresh, {
      signal,
      batchPages: 2,
      onProgress: ({ moved, total }) => progress.push([moved, total]),
    });
    expect(before).toBe(old);
    expect(progress.slice(0, 3)).toEqual([
      [2, 6],
      [4, 6],
      [6, 6],
    ]);
    expect(await pagesOf(fresh)).toEqual(await pagesOf(old));
    expect(await holdsAll(fresh)).toBe(true);
    await index.replacePage(page(7));
    expect(await fresh.count()).toEqual({ pages: 7, passages: 7 });
    expect(await old.count()).toEqual({ pages: 6, passages: 6 });
  });

  it('answers from the old index until all is there, and writes to both', async () => {
    const old = new MemoryIndex();
    const fresh = new MemoryIndex();
    const index = new MovableIndex(old);
    for (let at = 0; at < 4; at += 1) await index.replacePage(page(at));
    let steps = 0;
    let answeredMeanwhile: string[] = [];
    await index.moveTo(fresh, {
      signal,
      batchPages: 1,
      transform: async (moved) => {
        steps += 1;
        if (steps === 2) {
          // The page on its way, one that was moved, one that is yet to be, and a new one.
          for (const at of [1, 0, 3, 8]) await index.replacePage(page(at, 'new'));
          await index.replacePage(indexedPage(page(2).url, []));
          answeredMeanwhile = await found(index);
        }
        return moved;
      },
    });
    expect(answeredMeanwhile).toEqual(['new 0', 'new 1', 'new 3', 'new 8']);
    expect(await found(index)).toEqual(answeredMeanwhile);
    expect(await found(fresh)).toEqual(await found(old));
  });

  it('brings nothing back that is deleted meanwhile', async () => {
    const fresh = new MemoryIndex();
    const index = new MovableIndex(new MemoryIndex());
    for (let at = 0; at < 3; at += 1) {
      const secret = [{ id: at, terms: { 1: 1 } }];
      await index.replacePage(indexedPage(`https://a.example/${at}`, secret, { scope: 'chat:1' }));
    }
    let steps = 0;
    await index.moveTo(fresh, {
      signal,
      batchPages: 2,
      transform: async (moved) => {
        steps += 1;
        if (steps === 2) await index.deleteScope('chat:1');
        return moved;
      },
    });
    expect(await fresh.count()).toEqual({ pages: 0, passages: 0 });
  });

  it('changes what it copies as it is told to', async () => {
    const fresh = new MemoryIndex();
    const index = new MovableIndex(new MemoryIndex());
    await index.replacePage(page(1));
    await index.moveTo(fresh, {
      signal,
      transform: async (moved) => ({
        ...moved,
        passages: moved.passages.map((passage) => ({
          ...passage,
          dense: Float32Array.from([0, 1]),
        })),
      }),
    });
    const { dense } = await index.query(hybridQuery({ dense: [0, 1] }));
    expect(dense).toHaveLength(1);
  });

  it('goes on where it was cut short, with what came since', async () => {
    const old = new MemoryIndex();
    const fresh = new MemoryIndex();
    for (let at = 0; at < 6; at += 1) await old.replacePage(page(at));
    const stop = new AbortController();
    const moving = new MovableIndex(old).moveTo(fresh, {
      signal: stop.signal,
      batchPages: 2,
      onProgress: ({ moved }) => moved === 4 && stop.abort(),
    });
    await expect(moving).rejects.toThrow('aborted');
    expect(await holdsAll(fresh)).toBe(false);
    await old.replacePage(page(0, 'later'));
    const copied: string[] = [];
    const index = new MovableIndex(old);
    await index.moveTo(fresh, {
      signal,
      batchPages: 2,
      transform: async (moved) => {
        copied.push(moved.passages[0]?.text ?? '');
        return moved;
      },
    });
    expect(copied).not.toContain('old 1');
    expect(copied).toContain('later 0');
    expect(texts(await pagesOf(fresh))).toEqual(texts(await pagesOf(old)));
  });

  it('serves on from the old index when the other cannot take a page', async () => {
    const old = new MemoryIndex();
    const index = new MovableIndex(old);
    for (let at = 0; at < 3; at += 1) await index.replacePage(page(at));
    const full = new MemoryIndex();
    full.replacePage = () => Promise.reject(new IndexError('full', { retryable: true }));
    await expect(index.moveTo(full, { signal })).rejects.toThrow('full');
    await index.replacePage(page(5));
    expect(await index.count()).toEqual({ pages: 4, passages: 4 });
    expect(await old.count()).toEqual({ pages: 4, passages: 4 });
  });

  it('ends, and no answer with it, when a page written meanwhile is refused there', async () => {
    const old = new MemoryIndex();
    const index = new MovableIndex(old);
    for (let at = 0; at < 3; at += 1) await index.replacePage(page(at));
    const picky = new MemoryIndex();
    const take = picky.replacePage.bind(picky);
    picky.replacePage = (taken) =>
      taken.url.endsWith('/8')
        ? Promise.reject(new IndexError('gone', { retryable: true }))
        : take(taken);
    const moving = index.moveTo(picky, {
      signal,
      batchPages: 1,
      transform: async (moved) => {
        await index.replacePage(page(8));
        return moved;
      },
    });
    await expect(moving).rejects.toThrow('gone');
    expect(await old.count()).toEqual({ pages: 4, passages: 4 });
  });

  it('begins anew after a deletion that the other index missed', async () => {
    const old = new MemoryIndex();
    const fresh = new MemoryIndex();
    for (let at = 0; at < 3; at += 1) await old.replacePage(page(at));
    const index = new MovableIndex(old);
    const remove = fresh.deleteSource.bind(fresh);
    fresh.deleteSource = () => Promise.reject(new IndexError('gone', { retryable: true }));
    await old.replacePage(indexedPage('https://b.example/', [{ id: 6 }], { sourceId: 'docs' }));
    const moving = index.moveTo(fresh, {
      signal,
      onProgress: () => {},
      transform: async (moved) => {
        if (moved.sourceId === 'docs') await index.deleteSource('docs');
        return moved;
      },
    });
    await expect(moving).rejects.toThrow('gone');
    await fresh.replacePage(indexedPage('https://b.example/', [{ id: 6 }], { sourceId: 'docs' }));
    fresh.deleteSource = remove;
    await index.moveTo(fresh, { signal });
    expect((await fresh.countBySource()).size).toBe(0);
    expect(await fresh.count()).toEqual({ pages: 3, passages: 3 });
  });
});

function page(at: number, text = 'old'): IndexedPage {
  return indexedPage(`https://a.example/${at}`, [
    { id: at, terms: { 1: 1 }, text: `${text} ${at}` },
  ]);
}

async function pagesOf(index: PassageIndex): Promise<IndexedPage[]> {
  return (await index.readPages({ cursor: null, limit: 1000 })).pages;
}

async function found(index: PassageIndex): Promise<string[]> {
  const { terms } = await index.query(hybridQuery({ terms: { 1: 1 } }));
  return terms.map(({ passage }) => passage.text);
}

function texts(pages: readonly IndexedPage[]) {
  return pages.map(({ passages }) => passages[0]?.text).toSorted();
}
