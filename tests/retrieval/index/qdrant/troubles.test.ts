import { describe, expect, test } from 'vitest';

import { IndexError } from '../../../../retrieval/errors.ts';
import { openQdrantIndex } from '../../../../retrieval/index/qdrant-index.ts';
import type { QdrantIndexOptions } from '../../../../retrieval/index/qdrant-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { startQdrant } from '../../../support/qdrant/start-qdrant.ts';
import type { QdrantStandIn } from '../../../support/qdrant/start-qdrant.ts';

const page = indexedPage('https://a.example/', [{ id: 1, terms: { 1: 1 } }]);
const query = hybridQuery({ terms: { 1: 1 } });

function open({ url }: { url: string }, over: Partial<QdrantIndexOptions> = {}) {
  return openQdrantIndex({ url, collection: 'istok', pausesMs: [], ...over });
}

function hostOf({ url }: QdrantStandIn): string {
  return new URL(url).host;
}

describe('at the start', () => {
  test('makes the collection that the engine needs, once', async () => {
    await using qdrant = await startQdrant();
    await (await open(qdrant, { dimensions: 384 })).close();
    await (await open(qdrant)).close();
    expect([...qdrant.aliases]).toEqual([['istok', 'istok-1']]);
    const created = qdrant.calls.filter(({ route }) => route === 'PUT /collections/istok-1');
    expect(created.map(({ body }) => body)).toEqual([
      {
        vectors: {
          dense: {
            size: 384,
            distance: 'Cosine',
            quantization_config: { scalar: { type: 'int8', quantile: 0.99, always_ram: true } },
          },
        },
        sparse_vectors: { terms: { modifier: 'idf' }, grams: { modifier: 'idf' } },
        metadata: { istok: 1 },
      },
    ]);
    expect([...(qdrant.collections.get('istok-1')?.indexes.keys() ?? [])].toSorted()).toEqual([
      'born',
      'fetchedAt',
      'gone',
      'head',
      'kind',
      'label',
      'language',
      'publishedDay',
      'scope',
      'sourceId',
      'url',
      'written',
    ]);
  });

  test.each(['1.15.4', '0.11.0'])('refuses version %s', async (version) => {
    await using qdrant = await startQdrant({ version });
    await expect(open(qdrant)).rejects.toThrow(
      `Qdrant at ${hostOf(qdrant)} is version ${version} and Istok needs 1.16 or newer: update the server`,
    );
    expect(qdrant.collections.size).toBe(0);
  });

  test.each(['1.16.0', '1.20.1', '2.0.0'])('takes version %s', async (version) => {
    await using qdrant = await startQdrant({ version });
    await (await open(qdrant)).close();
    expect(qdrant.collections.size).toBe(1);
  });

  test('leaves the collection of another program alone', async () => {
    await using qdrant = await startQdrant();
    await fetch(`${qdrant.url}/collections/istok`, {
      method: 'PUT',
      body: JSON.stringify({ vectors: { size: 4, distance: 'Dot' } }),
    });
    await expect(open(qdrant)).rejects.toThrow(
      `the collection istok of Qdrant at ${hostOf(qdrant)} was not made by Istok: set QDRANT_COLLECTION to another name`,
    );
    expect([...qdrant.collections.keys()]).toEqual(['istok']);
  });

  test('says that the key is wrong, and never shows it', async () => {
    await using qdrant = await startQdrant({ apiKey: 'right' });
    const opening = open(qdrant, { apiKey: 'wrong-key' });
    await expect(opening).rejects.toThrow(
      `Qdrant at ${hostOf(qdrant)} does not know the key: check QDRANT_API_KEY`,
    );
    await expect(opening).rejects.not.toThrow('wrong-key');
    await (await open(qdrant, { apiKey: 'right' })).close();
  });

  test('says that nobody answers', async () => {
    const qdrant = await startQdrant();
    await qdrant[Symbol.asyncDispose]();
    const opening = open(qdrant);
    await expect(opening).rejects.toThrow(IndexError);
    await expect(opening).rejects.toMatchObject({
      message: `Qdrant at ${hostOf(qdrant)} does not answer`,
      retryable: true,
    });
  });

  test('lets two programs begin at once', async () => {
    await using qdrant = await startQdrant();
    const [one, other] = await Promise.all([open(qdrant), open(qdrant)]);
    await one.replacePage(page);
    expect(await other.count()).toEqual({ pages: 1, passages: 1 });
    expect([...qdrant.aliases]).toEqual([['istok', 'istok-1']]);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('while it serves', () => {
  test('asks again with longer and longer pauses, then says so', async () => {
    await using qdrant = await startQdrant();
    const pauses: number[] = [];
    const index = await open(qdrant, {
      pausesMs: [100, 400, 1600],
      pause: (ms) => Promise.resolve(void pauses.push(ms)),
    });
    qdrant.fail(/query/u, { kind: 'cut', when: 'before' }, { times: 2 });
    expect((await index.query(query)).terms).toEqual([]);
    expect(pauses).toEqual([100, 400]);
    qdrant.fail(/query/u, { kind: 'refuse', status: 503, message: 'starting' });
    await expect(index.query(query)).rejects.toThrow(
      `Qdrant at ${hostOf(qdrant)} failed (HTTP 503)`,
    );
    expect(pauses).toEqual([100, 400, 100, 400, 1600]);
    qdrant.heal();
    expect((await index.query(query)).terms).toEqual([]);
  });

  test.each([
    [
      403,
      'Forbidden: Write access is required',
      'check QDRANT_API_KEY, it may be one that only reads',
      false,
    ],
    [500, 'Service internal error: No space left on device', 'the disk of Qdrant at', true],
    [
      404,
      "Not found: Collection `istok` doesn't exist!",
      'has no collection istok any more',
      false,
    ],
    [429, 'Too many requests', 'has too much to do', true],
    [400, 'Wrong input: bad', 'refused a request (HTTP 400): Wrong input: bad', false],
  ])(
    'says of %i %s what it means, and keeps what it had',
    async (status, message, sentence, retryable) => {
      await using qdrant = await startQdrant();
      const index = await open(qdrant);
      await index.replacePage(page);
      const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
      qdrant.fail(/^PUT|batch$/u, { kind: 'refuse', status, message, headers });
      const writing = index.replacePage(indexedPage(page.url, [{ id: 2, terms: { 1: 1 } }]));
      await expect(writing).rejects.toThrow(sentence);
      await expect(writing).rejects.toMatchObject({ retryable });
      qdrant.heal();
      const { terms } = await index.query(query);
      expect(terms.map(({ passage }) => passage.text)).toEqual(['Passage 1.']);
    },
  );

  test.each([
    ['before the points', /points$/u, { kind: 'cut', when: 'before' }, [1]],
    ['after the points', /points$/u, { kind: 'cut', when: 'after' }, [1]],
    ['before the step', /points\/batch$/u, { kind: 'cut', when: 'before' }, [1]],
    ['within the step', /points\/batch$/u, { kind: 'cut-within', operations: 1 }, [1]],
    ['after the step', /points\/batch$/u, { kind: 'cut', when: 'after' }, [2]],
  ] as const)(
    'a write that is cut %s is seen whole or not at all',
    async (_when, route, fault, seen) => {
      await using qdrant = await startQdrant();
      const index = await open(qdrant);
      await index.replacePage(page);
      qdrant.fail(route, fault, { times: 1 });
      const next = indexedPage(page.url, [{ id: 2, terms: { 1: 1 } }]);
      await expect(index.replacePage(next)).rejects.toThrow('does not answer');
      const other = await open(qdrant);
      const texts = async (from: typeof index) =>
        (await from.query(query)).terms.map(({ passage }) => passage.text);
      expect(await texts(other)).toEqual(seen.map((id) => `Passage ${id}.`));
      const last = indexedPage(page.url, [{ id: 3, terms: { 1: 1 } }]);
      await index.replacePage(last);
      expect(await texts(index)).toEqual(['Passage 3.']);
      expect(await texts(other)).toEqual(['Passage 3.']);
      const kinds = qdrant.points('istok').map(({ payload }) => payload['kind']);
      expect(kinds.filter((kind) => kind === 'passage')).toHaveLength(1);
    },
  );

  test('a page that is refused takes none of those written with it along', async () => {
    await using qdrant = await startQdrant();
    const index = await open(qdrant, { dimensions: 2 });
    const written = await Promise.allSettled([
      index.replacePage(indexedPage('https://a.example/1', [{ id: 1, dense: [1, 0] }])),
      index.replacePage(indexedPage('https://a.example/2', [{ id: 2, dense: [1, 0, 0] }])),
      index.replacePage(indexedPage('https://a.example/3', [{ id: 3, dense: [0, 1] }])),
    ]);
    expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await index.count()).toEqual({ pages: 2, passages: 2 });
  });

  test('a query sees what another program has acknowledged', async () => {
    await using qdrant = await startQdrant();
    const [one, other] = [await open(qdrant), await open(qdrant)];
    for (const id of [1, 2, 3]) {
      await one.replacePage(indexedPage(page.url, [{ id, terms: { 1: 1 } }]));
      const { terms } = await other.query(query);
      expect(terms.map(({ passage }) => passage.text)).toEqual([`Passage ${id}.`]);
    }
  });

  test('writes no request of more than 64 points, each to be acknowledged when it is kept', async () => {
    await using qdrant = await startQdrant();
    const index = await open(qdrant);
    const sketches = Array.from({ length: 150 }, (_, id) => ({ id, terms: { 1: 1 } }));
    await index.replacePage(indexedPage(page.url, sketches));
    const upserts = qdrant.calls.filter(({ route }) => /^PUT .*points$/u.test(route));
    const sizes = upserts.map(({ body }) => (body as { points: unknown[] }).points.length);
    expect(sizes).toEqual([64, 64, 22]);
    const writes = qdrant.calls.filter(({ route }) => /^PUT .*points$|batch$/u.test(route));
    const searches = writes.filter(({ route }) => !route.includes('query'));
    expect(new Set(searches.map(({ search }) => search))).toEqual(new Set(['?wait=true']));
  });

  test('looks at every vector as it came up to a thousand passages, at int8 ones first beyond', async () => {
    await using qdrant = await startQdrant();
    const index = await open(qdrant);
    const dense = [1, 0];
    const fill = (from: number, count: number) =>
      index.replacePage(
        indexedPage(
          `https://a.example/${from}`,
          Array.from({ length: count }, (_, at) => ({ id: from + at, dense })),
        ),
      );
    const asked = async () => {
      await index.query(hybridQuery({ dense }));
      const { body } = qdrant.calls.findLast(({ route }) => route.includes('query')) ?? {};
      return (body as { searches: { params: unknown }[] }).searches.map(({ params }) => params);
    };
    await fill(0, 1000);
    expect(await asked()).toEqual([{ exact: true }]);
    await fill(1000, 1);
    expect(await asked()).toEqual([
      { hnsw_ef: 192, quantization: { rescore: true, oversampling: 2 } },
    ]);
  });
});
