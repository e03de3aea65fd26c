import { setImmediate as roundOfTheEventLoop } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { MovableIndex } from '../../../retrieval/index/movable-index.ts';
import type { IndexedPage, PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import { indexedPage } from '../../support/indexed-pages.ts';
import { MemoryIndex } from '../../support/memory-index.ts';
import { startQdrant } from '../../support/qdrant/start-qdrant.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();

const inMemory = async () => ({
  old: new MemoryIndex(),
  fresh: new MemoryIndex(),
  [Symbol.asyncDispose]: async () => {},
});

async function toQdrant() {
  const resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const qdrant = resources.use(await startQdrant());
  const old = await openEmbeddedIndex({ folder: folder.path });
  const fresh = await openQdrantIndex({ url: qdrant.url, collection: 'istok' });
  resources.defer(async () => void (await Promise.all([old.close(), fresh.close()])));
  return { old, fresh, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

describe.each([
  { engines: 'in memory', open: inMemory },
  { engines: 'from the embedded index to Qdrant', open: toQdrant },
])('a move $engines', ({ open }) => {
  it('takes over a rebuild that began before it, pages kept and staged', async () => {
    await using both = await open();
    const { old, fresh } = both;
    const index = new MovableIndex(old);
    for (const at of [0, 1, 2, 3]) await index.replacePage(page(at, 'old'));
    const rebuild = index.rebuildSource('docs');
    await rebuild.stage(page(0, 'new'));
    await rebuild.keep(page(1).url);
    await index.replacePage(page(9, 'beside', null));
    let steps = 0;
    let done: string[] = [];
    await index.moveTo(fresh, {
      signal,
      batchPages: 1,
      transform: async (moved) => {
        steps += 1;
        if (steps === 4) {
          await rebuild.stage(page(2, 'new'));
          done = [...(await rebuild.done())];
          await rebuild.commit();
        }
        return moved;
      },
    });
    // What the other one knows nothing of is not done, so that nobody relies on it.
    expect(done).toEqual([page(2).url]);
    expect(await texts(fresh)).toEqual(['beside 9', 'new 0', 'new 2', 'old 1']);
    expect(await texts(fresh)).toEqual(await texts(old));
  });

  it('shows nothing of a rebuild that is not committed when it ends', async () => {
    await using both = await open();
    const { old, fresh } = both;
    const index = new MovableIndex(old);
    await index.replacePage(page(0, 'old'));
    await index.rebuildSource('docs').stage(page(0, 'new'));
    await index.moveTo(fresh, { signal });
    expect(await texts(index)).toEqual(['old 0']);
    expect(await index.rebuildSource('docs').done()).toEqual(new Set());
  });

  it('that was cut short finds what a rebuild changed since', async () => {
    await using both = await open();
    const { old, fresh } = both;
    for (const at of [0, 1, 2]) await old.replacePage(page(at, 'old'));
    const rebuild = old.rebuildSource('docs');
    await rebuild.stage(page(0, 'new'));
    await rebuild.keep(page(1).url);
    await old.replacePage(page(9, 'beside', null));
    await cutShort(old, fresh);
    await rebuild.commit();
    const index = new MovableIndex(old);
    await index.moveTo(fresh, { signal, batchPages: 1 });
    expect(await texts(fresh)).toEqual(['beside 9', 'new 0', 'old 1']);
  });

  it('that was cut short brings nothing back that was deleted since', async () => {
    await using both = await open();
    const { old, fresh } = both;
    for (const at of [0, 1, 2]) {
      const file = indexedPage(`chat-file:${at}`, [{ id: at }], { scope: 'chat:5' });
      await old.replacePage(file);
    }
    for (const at of [3, 4]) await old.replacePage(page(at, 'old', null));
    await cutShort(old, fresh);
    expect((await fresh.count()).pages).toBe(4);
    const index = new MovableIndex(old);
    await index.deleteScope('chat:5');
    await index.moveTo(fresh, { signal, batchPages: 2 });
    expect(await texts(fresh)).toEqual(['old 3', 'old 4']);
  });

  it('finds what another program rebuilt meanwhile', async () => {
    await using both = await open();
    const { old, fresh } = both;
    for (const at of [0, 1, 2]) await old.replacePage(page(at, 'old'));
    const elsewhere = old.rebuildSource('docs');
    await elsewhere.stage(page(0, 'new'));
    await elsewhere.keep(page(1).url);
    await old.replacePage(page(9, 'beside', null));
    let steps = 0;
    await new MovableIndex(old).moveTo(fresh, {
      signal,
      batchPages: 1,
      transform: async (moved) => {
        steps += 1;
        if (steps === 4) await elsewhere.commit();
        return moved;
      },
    });
    expect(await texts(fresh)).toEqual(['beside 9', 'new 0', 'old 1']);
  });

  it('forgets what an earlier one staged when the rebuild began anew without it', async () => {
    await using both = await open();
    const { old, fresh } = both;
    for (const at of [0, 1]) await old.replacePage(page(at, 'old'));
    const first = new MovableIndex(old);
    const stop = new AbortController();
    const cut = first.moveTo(fresh, {
      signal: stop.signal,
      transform: async (moved) => {
        await first.rebuildSource('docs').stage(page(0, 'outdated'));
        await first.rebuildSource('docs').stage(page(7, 'outdated'));
        stop.abort();
        return moved;
      },
    });
    await expect(cut).rejects.toThrow('aborted');
    await old.rebuildSource('docs').discard();
    await old.replacePage(page(9, 'beside', null));
    const index = new MovableIndex(old);
    let isRebuilt = false;
    await index.moveTo(fresh, {
      signal,
      batchPages: 1,
      transform: async (moved) => {
        if (isRebuilt) return moved;
        isRebuilt = true;
        const rebuild = index.rebuildSource('docs');
        expect(await rebuild.done()).toEqual(new Set());
        await rebuild.keep(page(0).url);
        await rebuild.stage(page(1, 'new'));
        await rebuild.commit();
        return moved;
      },
    });
    expect(isRebuilt).toBe(true);
    expect(await texts(fresh)).toEqual(['beside 9', 'new 1', 'old 0']);
  });

  it('leaves pages that the other one has of its own, and what is newer there', async () => {
    await using both = await open();
    const { old, fresh } = both;
    await old.replacePage(page(0, 'old', null));
    await old.replacePage(page(1, 'old', null));
    await fresh.replacePage(page(8, 'own', null));
    await fresh.replacePage(
      indexedPage(page(1).url, [{ id: 1, text: 'own 1', fetchedAt: '2026-11-09T12:00:00.000Z' }]),
    );
    await new MovableIndex(old).moveTo(fresh, { signal, holdsOthers: true });
    expect(await texts(fresh)).toEqual(['old 0', 'own 1', 'own 8']);
  });
});

describe('a move', () => {
  it('begins after a deletion that is under way', async () => {
    const old = new MemoryIndex();
    const fresh = new MemoryIndex();
    await old.replacePage(indexedPage('chat-file:1', [{ id: 1 }], { scope: 'chat:5' }));
    const index = new MovableIndex(old);
    const mayGo = Promise.withResolvers<void>();
    const remove = old.deleteScope.bind(old);
    old.deleteScope = async (scope) => {
      await mayGo.promise;
      await remove(scope);
    };
    const deleting = index.deleteScope('chat:5');
    const copied: string[] = [];
    const moving = index.moveTo(fresh, {
      signal,
      transform: async (moved) => {
        copied.push(moved.url);
        return moved;
      },
    });
    await roundOfTheEventLoop();
    mayGo.resolve();
    await Promise.all([deleting, moving]);
    expect(copied).toEqual([]);
    expect(await fresh.count()).toEqual({ pages: 0, passages: 0 });
  });
});

function page(at: number, text = 'old', sourceId: string | null = 'docs'): IndexedPage {
  const sketch = { id: at, terms: { 1: 1 }, text: `${text} ${at}` };
  return indexedPage(`https://a.example/${at}`, [sketch], { sourceId });
}

/** All pages but the last are copied when it stops. */
async function cutShort(old: PassageIndex, fresh: PassageIndex): Promise<void> {
  const { pages: total } = await old.count();
  const stop = new AbortController();
  const moving = new MovableIndex(old).moveTo(fresh, {
    signal: stop.signal,
    batchPages: 1,
    onProgress: ({ moved }) => moved === total - 1 && stop.abort(),
  });
  await expect(moving).rejects.toThrow('aborted');
}

async function texts(index: PassageIndex): Promise<string[]> {
  const { pages } = await index.readPages({ cursor: null, limit: 100 });
  return pages.map(({ passages }) => passages[0]?.text ?? '').toSorted();
}
