import { describe, expect, it } from 'vitest';

import { IndexError } from '../../retrieval/errors.ts';
import type {
  ArmHit,
  IndexedPage,
  PassageFilter,
  PassageIndex,
  Scope,
} from '../../retrieval/index/passage-index.ts';
import { hybridQuery, indexedPage, uuid } from '../support/indexed-pages.ts';

export interface PassageIndexSubject extends AsyncDisposable {
  /** Empty. */
  index: PassageIndex;
}

/** What every passage index keeps to. */
export function describePassageIndex(
  name: string,
  createSubject: () => Promise<PassageIndexSubject>,
): void {
  describe(`${name} as a passage index`, () => {
    it('finds nothing while it is empty', async () => {
      await using subject = await createSubject();
      const query = hybridQuery({ terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0] });
      expect(await subject.index.query(query)).toEqual({ terms: [], grams: [], dense: [] });
      expect(await subject.index.count()).toEqual({ pages: 0, passages: 0 });
    });

    it('gives a passage back as it came, without its vectors', async () => {
      await using subject = await createSubject();
      const page = indexedPage('https://rivers.example/volga', [
        { id: 1, terms: { 1: 1 } },
        { id: 2, terms: { 2: 1 }, text: '«Волга» впадает\nв море 😀.' },
      ]);
      const [first, second] = page.passages;
      if (second !== undefined) second.place = { unit: 'page', from: 4, to: 5 };
      await subject.index.replacePage(page);
      const { terms } = await subject.index.query(hybridQuery({ terms: { 2: 1 } }));
      const without = await subject.index.query(hybridQuery({ terms: { 1: 1 } }));
      expect(without.terms[0]?.passage).toMatchObject({ id: first?.id, place: null });
      expect(terms.map(({ passage }) => passage)).toEqual([
        {
          id: '00000000-0000-4000-8000-000000000002',
          pageUrl: 'https://rivers.example/volga',
          title: 'Волга',
          site: 'rivers.example',
          language: 'ru',
          publishedAt: null,
          fetchedAt: '2026-11-01T12:00:00.000Z',
          heading: 'Исток',
          position: 1,
          place: { unit: 'page', from: 4, to: 5 },
          text: '«Волга» впадает\nв море 😀.',
        },
      ]);
    });

    it('scores the sparse arms by weight × weight × IDF, each by itself', async () => {
      await using subject = await createSubject();
      await subject.index.replacePage(
        indexedPage('https://a.example/', [
          { id: 1, terms: { 7: 2, 8: 1 }, grams: { 8: 4 } },
          { id: 2, terms: { 8: 0.5 } },
          { id: 3, terms: { 4_294_967_295: 1 } },
        ]),
      );
      const query = hybridQuery({ terms: { 7: 1, 8: 2, 9: 5 }, grams: { 8: 0.5 } });
      const hits = await subject.index.query(query);
      // Of three passages one has token 7: ln(2.5 / 1.5 + 1); two have token 8: ln(1.5 / 2.5 + 1).
      expect(summary(hits.terms)).toEqual([
        [1, 2.9017],
        [2, 0.47],
      ]);
      expect(summary(hits.grams)).toEqual([[1, 1.9617]]);
      expect(hits.dense).toEqual([]);
    });

    it('finds the highest token id', async () => {
      await using subject = await createSubject();
      await subject.index.replacePage(
        indexedPage('https://a.example/', [{ id: 1, terms: { 0: 1, 4_294_967_295: 1 } }]),
      );
      const hits = await subject.index.query(hybridQuery({ terms: { 4_294_967_295: 1 } }));
      expect(ids(hits.terms)).toEqual([1]);
    });

    it('scores the dense arm by cosine and leaves out what points away', async () => {
      await using subject = await createSubject();
      await subject.index.replacePage(
        indexedPage('https://a.example/', [
          { id: 1, dense: [0.6, 0.8] },
          { id: 2, dense: [1, 0] },
          { id: 3, dense: [-1, 0] },
          { id: 4, dense: [0, 1] },
          { id: 5 },
        ]),
      );
      const { dense } = await subject.index.query(hybridQuery({ dense: [1, 0] }));
      expect(summary(dense)).toEqual([
        [2, 1],
        [1, 0.6],
      ]);
    });

    it('keeps each list to the limit and orders equal scores by id', async () => {
      await using subject = await createSubject();
      const both = { terms: { 1: 1 }, dense: [1, 0] };
      await subject.index.replacePage(
        indexedPage('https://b.example/', [
          { id: 5, ...both },
          { id: 3, ...both },
        ]),
      );
      await subject.index.replacePage(
        indexedPage('https://a.example/', [
          { id: 4, ...both },
          { id: 2, terms: { 1: 0.5 }, dense: [0.6, 0.8] },
          { id: 1, ...both },
        ]),
      );
      const query = hybridQuery({ terms: { 1: 1 }, dense: [1, 0], limit: 3 });
      const hits = await subject.index.query(query);
      expect(ids(hits.terms)).toEqual([1, 3, 4]);
      expect(ids(hits.dense)).toEqual([1, 3, 4]);
    });

    it('replaces a page whole, by fewer passages and by none', async () => {
      await using subject = await createSubject();
      const url = 'https://a.example/';
      const found = async () => {
        const hits = await subject.index.query(
          hybridQuery({ terms: { 1: 1, 2: 1 }, grams: { 1: 1 }, dense: [1, 0] }),
        );
        return { terms: ids(hits.terms), grams: ids(hits.grams), dense: ids(hits.dense) };
      };
      const old = { terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0] };
      await subject.index.replacePage(
        indexedPage(url, [
          { id: 1, ...old },
          { id: 2, ...old },
          { id: 3, ...old },
        ]),
      );
      await subject.index.replacePage(indexedPage(url, [{ id: 1, terms: { 2: 1 } }]));
      expect(await found()).toEqual({ terms: [1], grams: [], dense: [] });
      expect(await subject.index.count()).toEqual({ pages: 1, passages: 1 });
      await subject.index.replacePage(indexedPage(url, []));
      expect(await found()).toEqual({ terms: [], grams: [], dense: [] });
      expect(await subject.index.count()).toEqual({ pages: 0, passages: 0 });
    });

    it('counts what was replaced out of the IDF', async () => {
      await using subject = await createSubject();
      for (const version of [1, 2, 3]) {
        await subject.index.replacePage(
          indexedPage('https://a.example/', [{ id: version, terms: { 1: 1 } }]),
        );
      }
      const { terms } = await subject.index.query(hybridQuery({ terms: { 1: 1 } }));
      // One passage of one: ln(0.5 / 1.5 + 1).
      expect(summary(terms)).toEqual([[3, 0.2877]]);
    });

    it('never shows a scope to who did not ask for it', async () => {
      await using subject = await createSubject();
      const url = 'https://a.example/';
      for (const [id, scope] of [
        [1, 'public'],
        [2, 'chat:1'],
        [3, 'chat:12'],
      ] as [number, Scope][]) {
        const sketch = { id, terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0] };
        await subject.index.replacePage(indexedPage(url, [sketch], { scope }));
      }
      const seen = async (scopes: Scope[]) => {
        const hits = await subject.index.query(
          hybridQuery({ terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0], scopes }),
        );
        expect(ids(hits.grams)).toEqual(ids(hits.terms));
        expect(ids(hits.dense)).toEqual(ids(hits.terms));
        return ids(hits.terms);
      };
      expect(await seen(['public'])).toEqual([1]);
      expect(await seen(['chat:1'])).toEqual([2]);
      expect(await seen(['public', 'chat:12'])).toEqual([1, 3]);
      expect(await seen(['chat:2', 'chat:'])).toEqual([]);
      expect(await seen([])).toEqual([]);
      await subject.index.replacePage(indexedPage(url, [], { scope: 'chat:1' }));
      expect(await seen(['public', 'chat:1', 'chat:12'])).toEqual([1, 3]);
    });

    it('gives a scope its full list, however many better passages it may not see', async () => {
      await using subject = await createSubject();
      const better = Array.from({ length: 30 }, (_, id) => ({
        id: id + 10,
        terms: { 1: 9 },
        dense: [1, 0],
      }));
      await subject.index.replacePage(
        indexedPage('https://b.example/', better, { scope: 'chat:9' }),
      );
      await subject.index.replacePage(
        indexedPage('https://a.example/', [
          { id: 1, terms: { 1: 1 }, dense: [0.6, 0.8] },
          { id: 2, terms: { 1: 1 }, dense: [0.6, 0.8] },
        ]),
      );
      const query = hybridQuery({ terms: { 1: 1 }, dense: [1, 0], limit: 2 });
      const hits = await subject.index.query(query);
      expect(ids(hits.terms)).toEqual([1, 2]);
      expect(ids(hits.dense)).toEqual([1, 2]);
    });

    it('takes IDF from the whole collection, whatever the query may see', async () => {
      await using subject = await createSubject();
      await subject.index.replacePage(
        indexedPage('https://a.example/', [{ id: 1, terms: { 1: 1 } }]),
      );
      await subject.index.replacePage(
        indexedPage('https://b.example/', [{ id: 2, terms: { 2: 1 } }], { scope: 'chat:9' }),
      );
      const { terms } = await subject.index.query(hybridQuery({ terms: { 1: 1 } }));
      // One passage of two: ln(1.5 / 1.5 + 1).
      expect(summary(terms)).toEqual([[1, round(Math.LN2)]]);
    });

    it('refuses embeddings of another length and changes nothing', async () => {
      await using subject = await createSubject();
      const url = 'https://a.example/';
      await subject.index.replacePage(
        indexedPage(url, [{ id: 1, terms: { 1: 1 }, dense: [1, 0] }]),
      );
      const longer = indexedPage(url, [{ id: 2, terms: { 1: 1 }, dense: [1, 0, 0] }]);
      await expect(subject.index.replacePage(longer)).rejects.toThrow(IndexError);
      await expect(subject.index.query(hybridQuery({ dense: [1, 0, 0] }))).rejects.toThrow(
        IndexError,
      );
      const hits = await subject.index.query(hybridQuery({ terms: { 1: 1 }, dense: [1, 0] }));
      expect([ids(hits.terms), ids(hits.dense)]).toEqual([[1], [1]]);
    });

    it('takes embeddings of another length once it was cleared', async () => {
      await using subject = await createSubject();
      await subject.index.replacePage(
        indexedPage('https://a.example/', [{ id: 1, dense: [1, 0] }]),
      );
      await subject.index.clear();
      expect(await subject.index.count()).toEqual({ pages: 0, passages: 0 });
      expect((await subject.index.query(hybridQuery({ dense: [1, 0, 0] }))).dense).toEqual([]);
      await subject.index.replacePage(
        indexedPage('https://a.example/', [{ id: 2, dense: [0, 1, 0] }]),
      );
      expect(ids((await subject.index.query(hybridQuery({ dense: [0, 1, 0] }))).dense)).toEqual([
        2,
      ]);
    });

    it('takes many pages at once and shows each as soon as it is acknowledged', async () => {
      await using subject = await createSubject();
      const pages = Array.from({ length: 40 }, (_, number) => number);
      const seen = await Promise.all(
        pages.map(async (number) => {
          await subject.index.replacePage(
            indexedPage(`https://a.example/${number}`, [{ id: number, terms: { [number]: 1 } }]),
          );
          return ids((await subject.index.query(hybridQuery({ terms: { [number]: 1 } }))).terms);
        }),
      );
      expect(seen).toEqual(pages.map((number) => [number]));
      expect(await subject.index.count()).toEqual({ pages: 40, passages: 40 });
    });

    it('shows a page that is being replaced whole, old or new', async () => {
      await using subject = await createSubject();
      const [old, fresh] = [pageOfPassages(10, 2), pageOfPassages(20, 4)];
      await subject.index.replacePage(old);
      const writes = Array.from({ length: 20 }, (_, round) => (round % 2 === 0 ? fresh : old));
      const writing = writes.reduce(
        (before, version) => before.then(() => subject.index.replacePage(version)),
        Promise.resolve(),
      );
      for (let round = 0; round < 40; round += 1) {
        const { terms } = await subject.index.query(hybridQuery({ terms: { 1: 1 } }));
        expect([
          [10, 11],
          [20, 21, 22, 23],
        ]).toContainEqual(ids(terms));
      }
      await writing;
    });

    it('shows only what the filter asks for', async () => {
      await using subject = await createSubject();
      const sketches = [
        { id: 1, sourceId: 'docs', language: 'ru', publishedAt: '2026-03-01T00:00:00.000Z' },
        { id: 2, sourceId: 'docs', language: 'en', publishedAt: '2025-12-31T23:00:00.000Z' },
        { id: 3, sourceId: 'blog', language: 'en', publishedAt: null },
        { id: 4, sourceId: null, language: 'other', publishedAt: '2026-11-01T09:00:00.000Z' },
      ] as const;
      for (const { id, sourceId, ...about } of sketches) {
        const sketch = { id, terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0], ...about };
        await subject.index.replacePage(
          indexedPage(`https://a.example/${id}`, [sketch], { sourceId }),
        );
      }
      const found = async (filter: PassageFilter) => {
        const query = { terms: { 1: 1 }, grams: { 1: 1 }, dense: [1, 0], filter };
        const hits = await subject.index.query(hybridQuery(query));
        expect(ids(hits.grams)).toEqual(ids(hits.terms));
        expect(ids(hits.dense)).toEqual(ids(hits.terms));
        return ids(hits.terms);
      };
      expect(await found({})).toEqual([1, 2, 3, 4]);
      expect(await found({ sourceIds: ['docs'] })).toEqual([1, 2]);
      expect(await found({ sourceIds: ['blog', 'docs'], languages: ['en'] })).toEqual([2, 3]);
      expect(await found({ languages: ['ru', 'other'] })).toEqual([1, 4]);
      expect(await found({ publishedFrom: '2026-01-01' })).toEqual([1, 4]);
      expect(await found({ publishedFrom: '2026-03-01T12:00:00.000Z' })).toEqual([1, 4]);
      expect(await found({ publishedFrom: '2026-03-02' })).toEqual([4]);
      expect(await found({ sourceIds: [] })).toEqual([]);
      expect(await found({ sourceIds: ['nobody'] })).toEqual([]);
    });

    it('keeps a page with its source when it is read for an answer', async () => {
      await using subject = await createSubject();
      const url = 'https://a.example/';
      const ofDocs = { sourceId: 'docs' };
      await subject.index.replacePage(indexedPage(url, [{ id: 1, terms: { 1: 1 } }], ofDocs));
      await subject.index.replacePage(indexedPage(url, [{ id: 2, terms: { 1: 1 } }]));
      expect(await subject.index.countBySource()).toEqual(
        new Map([['docs', { pages: 1, passages: 1 }]]),
      );
      const chats = { scope: 'chat:1' } as const;
      await subject.index.replacePage(indexedPage(url, [{ id: 3, terms: { 1: 1 } }], chats));
      const filter = { sourceIds: ['docs'] };
      const query = hybridQuery({ terms: { 1: 1 }, scopes: ['public', 'chat:1'], filter });
      expect(ids((await subject.index.query(query)).terms)).toEqual([2]);
    });

    it('shows nothing of a rebuild before it is committed, and all of it after', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      await index.replacePage(pageOfDocs('changed', 1, 2));
      await index.replacePage(pageOfDocs('unchanged', 3));
      await index.replacePage(pageOfDocs('gone', 4));
      await index.replacePage(
        indexedPage('https://a.example/new', [{ id: 5, terms: { 1: 1 }, dense: [1, 0] }]),
      );
      await index.replacePage(
        indexedPage('https://b.example/', [{ id: 6, terms: { 1: 1 } }], { sourceId: 'blog' }),
      );
      const served = async () => {
        const hits = await index.query(hybridQuery({ terms: { 1: 1 }, dense: [1, 0], limit: 99 }));
        return { terms: ids(hits.terms), dense: ids(hits.dense), count: await index.count() };
      };
      const before = {
        terms: [1, 2, 3, 4, 5, 6],
        dense: [1, 2, 3, 4, 5],
        count: { pages: 5, passages: 6 },
      };
      const rebuild = index.rebuildSource('docs');
      expect(await rebuild.done()).toEqual(new Set());
      await rebuild.stage(pageOfDocs('changed', 21));
      await rebuild.stage(pageOfDocs('changed', 22, 23));
      await rebuild.keep('https://a.example/unchanged');
      await rebuild.stage(pageOfDocs('new', 24));
      expect(await served()).toEqual(before);
      expect(await index.rebuildSource('docs').done()).toEqual(
        new Set(['changed', 'unchanged', 'new'].map((name) => `https://a.example/${name}`)),
      );
      expect(await index.rebuildSource('blog').done()).toEqual(new Set());
      await rebuild.commit();
      expect(await served()).toEqual({
        terms: [3, 6, 22, 23, 24],
        dense: [3, 22, 23, 24],
        count: { pages: 4, passages: 5 },
      });
      expect(await index.countBySource()).toEqual(
        new Map([
          ['docs', { pages: 3, passages: 4 }],
          ['blog', { pages: 1, passages: 1 }],
        ]),
      );
      expect(await rebuild.done()).toEqual(new Set());
    });

    it('rebuilds a source of many pages', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      const rebuild = index.rebuildSource('docs');
      const pages = Array.from({ length: 90 }, (_, at) =>
        indexedPage(`https://a.example/${at}`, [{ id: at, terms: { 1: 1, [at + 2]: 1 } }], {
          sourceId: 'docs',
        }),
      );
      await Promise.all(pages.map((page) => rebuild.stage(page)));
      await rebuild.stage(indexedPage('https://a.example/7', [], { sourceId: 'docs' }));
      expect(await index.count()).toEqual({ pages: 0, passages: 0 });
      await rebuild.commit();
      expect(await index.count()).toEqual({ pages: 89, passages: 89 });
      const found = async (token: number) =>
        ids((await index.query(hybridQuery({ terms: { [token]: 1 } }))).terms);
      expect(await Promise.all([found(2), found(9), found(91)])).toEqual([[0], [], [89]]);
    });

    it('forgets a rebuild that is discarded', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      const ofDocs = { sourceId: 'docs' };
      const url = 'https://a.example/';
      await index.replacePage(indexedPage(url, [{ id: 1, terms: { 1: 1 } }], ofDocs));
      const rebuild = index.rebuildSource('docs');
      await rebuild.stage(indexedPage(url, [{ id: 2, terms: { 1: 1 } }], ofDocs));
      await rebuild.keep('https://a.example/other');
      await rebuild.discard();
      expect(await rebuild.done()).toEqual(new Set());
      const { terms } = await index.query(hybridQuery({ terms: { 1: 1 } }));
      expect(ids(terms)).toEqual([1]);
    });

    it('stages nothing but public pages of the source', async () => {
      await using subject = await createSubject();
      const rebuild = subject.index.rebuildSource('docs');
      const staging = async (options: { scope?: Scope; sourceId?: string | null }) =>
        rebuild.stage(indexedPage('https://a.example/', [{ id: 1 }], options));
      await expect(staging({ sourceId: 'blog' })).rejects.toThrow(IndexError);
      await expect(staging({ sourceId: null })).rejects.toThrow(IndexError);
      await expect(staging({ sourceId: 'docs', scope: 'chat:1' })).rejects.toThrow(IndexError);
      expect(await rebuild.done()).toEqual(new Set());
    });

    it('removes a source, a scope, and what was read for answers long ago', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      const add = (
        id: number,
        options: { scope?: Scope; sourceId?: string | null },
        fetchedAt = '2026-11-01T12:00:00.000Z',
      ) =>
        index.replacePage(
          indexedPage(`https://a.example/${id}`, [{ id, terms: { 1: 1 }, fetchedAt }], options),
        );
      const old = '2026-01-01T00:00:00.000Z';
      await add(1, { sourceId: 'docs' }, old);
      await add(2, { sourceId: 'blog' }, old);
      await add(3, { scope: 'chat:1' }, old);
      await add(4, { scope: 'chat:2' });
      await add(5, {}, old);
      await add(6, {});
      await index
        .rebuildSource('docs')
        .stage(indexedPage('https://a.example/9', [{ id: 9 }], { sourceId: 'docs' }));
      const left = async () => {
        const scopes: Scope[] = ['public', 'chat:1', 'chat:2'];
        return ids((await index.query(hybridQuery({ terms: { 1: 1 }, scopes }))).terms);
      };
      await index.deleteFetchedBefore('2026-06-01T00:00:00.000Z');
      expect(await left()).toEqual([1, 2, 3, 4, 6]);
      await index.deleteScope('chat:1');
      expect(await left()).toEqual([1, 2, 4, 6]);
      await index.deleteSource('docs');
      expect(await left()).toEqual([2, 4, 6]);
      expect(await index.rebuildSource('docs').done()).toEqual(new Set());
      await index.deleteSource('nobody');
      await index.deleteScope('chat:3');
      expect(await left()).toEqual([2, 4, 6]);
    });

    it('hands out all its pages with their vectors, and what is written meanwhile at the end', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      const dense = [0.6, 0.8];
      const first = indexedPage('https://a.example/', [
        { id: 1, terms: { 3: 0.5, 7: 1.25 }, grams: { 1: 1 }, dense },
        { id: 2, terms: { 3: 1.5 } },
      ]);
      const second = indexedPage('https://b.example/', [{ id: 3, terms: { 1: 1 } }], {
        sourceId: 'docs',
      });
      const third = indexedPage('https://c.example/', [{ id: 4, terms: { 1: 1 } }], {
        scope: 'chat:1',
      });
      await index.replacePage(first);
      await index.replacePage(second);
      await index
        .rebuildSource('docs')
        .stage(indexedPage('https://d.example/', [{ id: 8 }], { sourceId: 'docs' }));
      const begun = await index.readPages({ cursor: null, limit: 1 });
      await index.replacePage(third);
      const pages = [...begun.pages];
      for (let { cursor } = begun; cursor !== null;) {
        const more = await index.readPages({ cursor, limit: 1 });
        pages.push(...more.pages);
        ({ cursor } = more);
      }
      expect(pages).toEqual([first, second, third]);
      const url = 'https://a.example/';
      expect(pages.find((page) => page.url === url)?.passages[0]?.dense).toEqual(
        Float32Array.from(dense),
      );
    });

    it('reads a page in its order, of the scope that is asked for alone', async () => {
      await using subject = await createSubject();
      const { index } = subject;
      const url = 'https://a.example/';
      const ids = [3, 1, 2].map((id) => ({ id, terms: { 1: 1 } }));
      await index.replacePage(indexedPage(url, [{ id: 9 }], { scope: 'chat:1' }));
      await index.replacePage(indexedPage(url, ids, { scope: 'chat:1' }));
      await index.replacePage(indexedPage(url, [{ id: 7 }]));
      const read = await index.readPage({ scope: 'chat:1', url });
      expect(read.map(({ id }) => id)).toEqual([uuid(3), uuid(1), uuid(2)]);
      expect(read[0]).not.toHaveProperty('terms');
      expect(await index.readPage({ scope: 'chat:2', url })).toEqual([]);
      await index.deleteScope('chat:1');
      expect(await index.readPage({ scope: 'chat:1', url })).toEqual([]);
      expect(await index.readPage({ scope: 'public', url })).toHaveLength(1);
    });

    it('keeps notes, also when it is cleared', async () => {
      await using subject = await createSubject();
      expect(await subject.index.property('embedder')).toBeNull();
      await subject.index.setProperty('embedder', 'first');
      await subject.index.setProperty('embedder', 'second');
      await subject.index.clear();
      expect(await subject.index.property('embedder')).toBe('second');
      expect(await subject.index.property('other')).toBeNull();
    });

    it('refuses every call after it was closed', async () => {
      await using subject = await createSubject();
      await subject.index.close();
      await expect(subject.index.count()).rejects.toThrow(IndexError);
      await expect(subject.index.query(hybridQuery({}))).rejects.toThrow(IndexError);
      await expect(subject.index.clear()).rejects.toThrow(IndexError);
      await expect(subject.index.countBySource()).rejects.toThrow(IndexError);
      await expect(subject.index.property('embedder')).rejects.toThrow(IndexError);
      await expect(subject.index.rebuildSource('docs').commit()).rejects.toThrow(IndexError);
      await expect(subject.index.readPages({ cursor: null, limit: 1 })).rejects.toThrow(IndexError);
      await expect(
        subject.index.replacePage(indexedPage('https://a.example/', [])),
      ).rejects.toThrow(IndexError);
      await subject.index.close();
    });
  });
}

const numbers = new Map(Array.from({ length: 100 }, (_, number) => [uuid(number), number]));

function ids(hits: readonly ArmHit[]): (number | undefined)[] {
  return hits.map(({ passage }) => numbers.get(passage.id));
}

function summary(hits: readonly ArmHit[]): [number | undefined, number][] {
  return hits.map(({ passage, score }) => [numbers.get(passage.id), round(score)]);
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

function pageOfPassages(firstId: number, count: number): IndexedPage {
  return indexedPage(
    'https://a.example/',
    Array.from({ length: count }, (_, at) => ({ id: firstId + at, terms: { 1: 1 } })),
  );
}

function pageOfDocs(name: string, ...passages: number[]): IndexedPage {
  const sketches = passages.map((id) => ({ id, terms: { 1: 1 }, dense: [1, 0] }));
  return indexedPage(`https://a.example/${name}`, sketches, { sourceId: 'docs' });
}
