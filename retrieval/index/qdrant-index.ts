import { IndexError } from '../errors.ts';
import type { Passage } from '../passage.ts';
import type {
  ArmHits,
  HybridQuery,
  IndexCount,
  IndexedPage,
  PassageIndex,
  Scope,
  SourceRebuild,
} from './passage-index.ts';
import { queryArms } from './qdrant/arm-queries.ts';
import { Collection } from './qdrant/collection.ts';
import { QdrantConnection } from './qdrant/connection.ts';
import { Ledger } from './qdrant/ledger.ts';
import { pointId, toPage, toPassage, toPoints } from './qdrant/points.ts';
import type { PassagePayload } from './qdrant/points.ts';
import { Publisher } from './qdrant/publisher.ts';
import { Readers } from './qdrant/readers.ts';
import { scrollAll } from './qdrant/scroll-all.ts';
import { SourceRebuilds } from './qdrant/source-rebuilds.ts';
import { is, oneOf, visible } from './qdrant/visibility.ts';
import type { Condition, Sessions } from './qdrant/visibility.ts';
import { WriteQueue } from './qdrant/write-queue.ts';

export interface QdrantIndexOptions {
  url: string;
  apiKey?: string | null;
  /** An alias of this name is made, and collections `NAME-1`, `NAME-2` and so on. */
  collection: string;
  /** Of the embedder, where it is known; else the first dense vector tells. */
  dimensions?: number | null;
  timeoutMs?: number;
  /** Before each repetition of a request that nobody answered. */
  pausesMs?: readonly number[];
  pause?: (ms: number) => Promise<void>;
  now?: () => number;
  /** How long another program's half-done work is left alone. */
  abandonedAfterMs?: number;
}

/**
 * Opens the index that a Qdrant server keeps: for millions of passages, and for several programs at
 * once.
 *
 * Qdrant changes points one by one and knows no transaction, yet a query must see a page whole, old
 * or new, and a source before its rebuild or after. So every point says with which label it was
 * `born`, and one that is to go says with which it is `gone`; every query asks for what is born with
 * a live label and not gone with one. Labels go live by the write of one single point in the ledger
 * (qdrant/publisher.ts), which no kill can cut in two. A query takes the live labels it knows and
 * looks afterwards whether another program has changed them, and asks again if so; what this program
 * changes itself it tidies away only when no query is under way that began before.
 *
 * What a kill leaves: before the step, points that nobody sees, deleted by a later start; after it,
 * a label in the ledger that all programs honour until one of them tidies up. While such points lie
 * there, and while a source is rebuilt, IDF counts them too, for Qdrant counts all that it holds.
 *
 * Two programs may write at once. Only the same page replaced by both in the same moment can end up
 * twice; queries then show the newer one, and the next replacement removes both.
 *
 * @throws {IndexError} when the server does not answer, is too old, or has another's collection
 */
export async function openQdrantIndex({
  url,
  apiKey = null,
  collection: name,
  dimensions = null,
  timeoutMs = 30_000,
  pausesMs = [100, 400, 1600],
  pause,
  now = Date.now,
  abandonedAfterMs = 3_600_000,
}: QdrantIndexOptions): Promise<PassageIndex> {
  const connection = new QdrantConnection({
    url,
    apiKey,
    collection: name,
    timeoutMs,
    pausesMs,
    ...(pause === undefined ? {} : { pause }),
  });
  await connection.checkVersion();
  const collection = await Collection.open(connection, { dimensions });
  const index = new QdrantIndex({ connection, collection, now, abandonedAfterMs });
  await index.open();
  return index;
}

/**
 * Lets the index that was built as `from` take the place of the one called `to`, in one step for
 * whoever asks; what was called `to` is deleted. Both are closed, or opened again afterwards.
 *
 * @throws {IndexError} and nothing has changed
 */
export async function replaceQdrantIndex({
  from,
  to,
  url,
  apiKey = null,
}: { from: string; to: string } & Pick<QdrantIndexOptions, 'url' | 'apiKey'>): Promise<void> {
  const connection = new QdrantConnection({ url, apiKey, collection: from });
  const built = await Collection.open(connection, { dimensions: null });
  await built.takeName(to);
}

type Write =
  | { kind: 'replace'; page: IndexedPage }
  | { kind: 'stage'; sourceId: string; page: IndexedPage }
  | { kind: 'keep'; sourceId: string; url: string }
  | { kind: 'alone'; run: () => Promise<void> };

class QdrantIndex implements PassageIndex {
  readonly #connection: QdrantConnection;
  readonly #collection: Collection;
  readonly #now: () => number;
  readonly #readers = new Readers();
  readonly #ledger: Ledger;
  readonly #publisher: Publisher;
  readonly #rebuilds: SourceRebuilds;
  readonly #queue = new WriteQueue<Write>({
    perform: (writes) => this.#perform(writes),
    mayJoin: mayGoTogether,
  });
  #lastWritten = 0;
  /** At least as many as there are, while there are few. */
  #passages = 0;
  #closing: Promise<void> | null = null;

  constructor({
    connection,
    collection,
    now,
    abandonedAfterMs,
  }: {
    connection: QdrantConnection;
    collection: Collection;
    now: () => number;
    abandonedAfterMs: number;
  }) {
    this.#connection = connection;
    this.#collection = collection;
    this.#now = now;
    this.#ledger = new Ledger(connection, { now });
    const ledger = this.#ledger;
    this.#publisher = new Publisher({
      connection,
      ledger,
      readers: this.#readers,
      now,
      abandonedAfterMs,
    });
    this.#rebuilds = new SourceRebuilds({
      connection,
      ledger,
      publisher: this.#publisher,
      nextWritten: () => this.#nextWritten(),
    });
  }

  async open(): Promise<void> {
    await this.#publisher.finishAbandoned();
    this.#passages = await this.#countPoints();
  }

  async replacePage(page: IndexedPage): Promise<void> {
    await this.#write({ kind: 'replace', page });
  }

  async query(query: HybridQuery): Promise<ArmHits> {
    this.#refuseWhenClosed();
    const dense = await this.#searchable(query.dense);
    return this.#read((sessions) =>
      queryArms(
        { ...query, dense },
        {
          connection: this.#connection,
          sessions,
          exact: this.#passages <= EXACT_PASSAGES_AT_MOST,
        },
      ),
    );
  }

  async readPage({ scope, url }: Pick<IndexedPage, 'scope' | 'url'>): Promise<Passage[]> {
    this.#refuseWhenClosed();
    return this.#read(async (sessions) => {
      const points = await scrollAll(this.#connection, {
        filter: visible(sessions, is('scope', scope), is('url', url)),
        with_payload: ['passage', 'url', 'ordinal', 'written'],
      });
      const payloads = points.map(({ payload }) => payload as unknown as PassagePayload);
      const newest = Math.max(...payloads.map(({ written }) => written));
      return payloads
        .filter(({ written }) => written === newest)
        .sort((one, other) => one.ordinal - other.ordinal)
        .map(toPassage);
    });
  }

  rebuildSource(sourceId: string): SourceRebuild {
    return {
      done: async () => {
        this.#refuseWhenClosed();
        return this.#rebuilds.done(sourceId);
      },
      stage: async (page) => {
        checkStaged(page, sourceId);
        await this.#write({ kind: 'stage', sourceId, page });
      },
      keep: (url) => this.#write({ kind: 'keep', sourceId, url }),
      commit: () => this.#alone(() => this.#rebuilds.commit(sourceId)),
      discard: () => this.#alone(() => this.#rebuilds.discard(sourceId)),
    };
  }

  async deleteSource(sourceId: string): Promise<void> {
    await this.#alone(async () => {
      await this.#rebuilds.discard(sourceId);
      await this.#remove([is('sourceId', sourceId)]);
    });
  }

  async deleteScope(scope: Scope): Promise<void> {
    await this.#alone(() => this.#remove([is('scope', scope)]));
  }

  async deleteFetchedBefore(time: string): Promise<void> {
    await this.#alone(() =>
      this.#remove([
        is('scope', 'public'),
        { is_empty: { key: 'sourceId' } },
        { key: 'fetchedAt', range: { lt: time } },
      ]),
    );
  }

  async count(): Promise<IndexCount> {
    this.#refuseWhenClosed();
    return this.#read(async (sessions) => {
      const count = async (...conditions: Condition[]) => {
        const filter = visible(sessions, ...conditions);
        const counted = await this.#connection.ask((client) =>
          client.count(this.#name, { filter, exact: true }),
        );
        return counted.count;
      };
      const [pages, passages] = await Promise.all([count(is('head', true)), count()]);
      return { pages, passages };
    });
  }

  async countBySource(): Promise<Map<string, IndexCount>> {
    this.#refuseWhenClosed();
    return this.#read(async (sessions) => {
      const facet = async (...conditions: Condition[]) => {
        const filter = visible(sessions, ...conditions);
        const { hits } = await this.#connection.ask((client) =>
          client.facet(this.#name, { key: 'sourceId', filter, limit: 10_000, exact: true }),
        );
        return new Map(hits.map(({ value, count }) => [String(value), count]));
      };
      const [pages, passages] = await Promise.all([facet(is('head', true)), facet()]);
      return new Map(
        [...pages].map(([sourceId, count]) => [
          sourceId,
          { pages: count, passages: passages.get(sourceId) ?? 0 },
        ]),
      );
    });
  }

  async readPages({ cursor, limit }: { cursor: string | null; limit: number }) {
    this.#refuseWhenClosed();
    return this.#read(async (sessions) => {
      const after = { key: 'written', range: { gt: Number(cursor ?? 0) } };
      const { points: heads } = await this.#connection.ask((client) =>
        client.scroll(this.#name, {
          filter: visible(sessions, is('head', true), after),
          order_by: { key: 'written', direction: 'asc' },
          limit,
          with_payload: ['written'],
        }),
      );
      const order = heads.map(({ payload }) => Number(payload?.['written']));
      const pages = order.length === 0 ? [] : await this.#pagesWritten(order, sessions);
      const last = order.at(-1);
      return { pages, cursor: last === undefined || order.length < limit ? null : String(last) };
    });
  }

  async property(name: string): Promise<string | null> {
    this.#refuseWhenClosed();
    const [point] = await this.#connection.ask((client) =>
      client.retrieve(this.#name, { ids: [noteId(name)], with_payload: true }),
    );
    const value = point?.payload?.['value'];
    return typeof value === 'string' ? value : null;
  }

  async setProperty(name: string, value: string): Promise<void> {
    await this.#alone(() =>
      this.#publisher.add([
        { id: noteId(name), vector: {}, payload: { kind: 'note', name, value } },
      ]),
    );
  }

  async clear(): Promise<void> {
    await this.#alone(async () => {
      await this.#collection.renew({ dimensions: null, keep: { must: [is('kind', 'note')] } });
      this.#ledger.forget();
      this.#passages = 0;
    });
  }

  async close(): Promise<void> {
    this.#closing ??= this.#queue.idle();
    await this.#closing;
  }

  get #name(): string {
    return this.#connection.place.collection;
  }

  async #write(write: Write): Promise<void> {
    this.#refuseWhenClosed();
    await this.#queue.add(write);
  }

  async #alone(run: () => Promise<void>): Promise<void> {
    await this.#write({ kind: 'alone', run });
  }

  async #perform(writes: readonly Write[]): Promise<void> {
    const [first] = writes;
    switch (first?.kind) {
      case 'replace': {
        return this.#replace(writes.flatMap((write) => ('page' in write ? [write.page] : [])));
      }
      case 'stage': {
        const pages = writes.flatMap((write) => ('page' in write ? [write.page] : []));
        await this.#makeRoomFor(pages);
        await this.#rebuilds.stage(first.sourceId, pages);
        return this.#grow(pages);
      }
      case 'keep': {
        const urls = writes.flatMap((write) => ('url' in write ? [write.url] : []));
        return this.#rebuilds.keep(first.sourceId, urls);
      }
      default: {
        return first?.run();
      }
    }
  }

  async #replace(pages: readonly IndexedPage[]): Promise<void> {
    await this.#makeRoomFor(pages);
    const label = this.#publisher.newLabel();
    await this.#publisher.publish(label, async () => {
      const sources = await this.#sourcesOf(pages);
      const points = pages.flatMap((page) => {
        const sourceId = page.sourceId ?? sources.get(keyOf(page)) ?? null;
        return toPoints({ ...page, sourceId }, { label, written: this.#nextWritten() });
      });
      await this.#publisher.add(points);
      return { gone: samePages(pages) };
    });
    await this.#grow(pages);
  }

  async #remove(conditions: readonly Condition[]): Promise<void> {
    const label = this.#publisher.newLabel();
    await this.#publisher.publish(label, () => Promise.resolve({ gone: [[...conditions]] }));
  }

  /** A page stays with its source when it is read for an answer. */
  async #sourcesOf(pages: readonly IndexedPage[]): Promise<Map<string, string>> {
    const sources = new Map<string, string>();
    for (const conditions of samePages(pages.filter(({ sourceId }) => sourceId === null))) {
      const points = await scrollAll(this.#connection, {
        filter: visible(this.#ledger.known, is('head', true), ...conditions),
        with_payload: ['scope', 'url', 'sourceId'],
      });
      for (const { payload } of points) {
        const old = payload as unknown as PassagePayload;
        if (old.sourceId !== undefined) sources.set(keyOf(old), old.sourceId);
      }
    }
    return sources;
  }

  async #pagesWritten(order: readonly number[], sessions: Sessions): Promise<IndexedPage[]> {
    const points = await scrollAll(this.#connection, {
      filter: visible(sessions, oneOf('written', order)),
      with_payload: true,
      with_vector: true,
      limit: 128,
    });
    const versions = Map.groupBy(
      points.map(({ payload, vector }) => ({
        payload: payload as unknown as PassagePayload,
        vector,
      })),
      ({ payload }) => payload.written,
    );
    return order
      .map((written) => toPage(versions.get(written) ?? []))
      .filter((page) => page !== null);
  }

  /** Reads what was seen at one moment, however long it takes. */
  async #read<Result>(use: (sessions: Sessions) => Promise<Result>): Promise<Result> {
    for (let round = 1; ; round += 1) {
      const sessions = this.#ledger.known;
      const result = await this.#readers.read(() => use(sessions));
      if ((await this.#ledger.stillHolds(sessions)) || round === ROUNDS_AT_MOST) return result;
    }
  }

  async #searchable(dense: Float32Array | null): Promise<Float32Array | null> {
    if (dense === null) return null;
    // Another program may have been the first to bring vectors.
    if (this.#collection.dimensions === null) await this.#collection.lookAgain();
    const { dimensions } = this.#collection;
    if (dimensions === null) return null;
    if (dense.length !== dimensions) throw this.#wrongLength(dense.length);
    return dense;
  }

  /** Sees to it that the collection takes the dense vectors of these pages. */
  async #makeRoomFor(pages: readonly IndexedPage[]): Promise<void> {
    const lengths = new Set(
      pages.flatMap(({ passages }) =>
        passages.flatMap(({ dense }) => (dense === null ? [] : [dense.length])),
      ),
    );
    if (lengths.size > 1) {
      throw new IndexError(`embeddings of ${[...lengths].join(' and ')} dimensions came together`, {
        retryable: false,
      });
    }
    for (const length of lengths) {
      if (this.#collection.dimensions === null) await this.#collection.lookAgain();
      if (this.#collection.dimensions === null) {
        await this.#collection.renew({ dimensions: length, keep: {} });
      }
      if (length !== this.#collection.dimensions) throw this.#wrongLength(length);
    }
  }

  #wrongLength(length: number): IndexError {
    return new IndexError(
      `the collection ${this.#name} of Qdrant holds embeddings of ${this.#collection.dimensions} dimensions and one came with ${length}: clear the index after changing the embedding model`,
      { retryable: false },
    );
  }

  async #grow(pages: readonly IndexedPage[]): Promise<void> {
    const before = this.#passages;
    this.#passages += pages.reduce((sum, { passages }) => sum + passages.length, 0);
    const isDoubtful = before <= EXACT_PASSAGES_AT_MOST && this.#passages > EXACT_PASSAGES_AT_MOST;
    if (isDoubtful) this.#passages = await this.#countPoints();
  }

  async #countPoints(): Promise<number> {
    const { count } = await this.#connection.ask((client) =>
      client.count(this.#name, { filter: { must: [is('kind', 'passage')] }, exact: true }),
    );
    return count;
  }

  /** Of the clock, so that it grows over programs and starts too; under 2^53 until 2255. */
  #nextWritten(): number {
    this.#lastWritten = Math.max(this.#lastWritten + 1, this.#now() * 1000);
    return this.#lastWritten;
  }

  #refuseWhenClosed(): void {
    if (this.#closing === null) return;
    throw new IndexError('the index is closed', { retryable: false });
  }
}

/** So many Qdrant looks through one by one faster than a person can tell. */
const EXACT_PASSAGES_AT_MOST = 1000;
const ROUNDS_AT_MOST = 8;
const WRITES_IN_A_STEP_AT_MOST = 32;

function mayGoTogether(writes: readonly Write[], next: Write): boolean {
  const [first] = writes;
  if (first === undefined || writes.length === WRITES_IN_A_STEP_AT_MOST) return false;
  if (next.kind === 'alone' || next.kind !== first.kind) return false;
  if ('sourceId' in next && 'sourceId' in first && next.sourceId !== first.sourceId) return false;
  // One that comes twice is written twice, one after the other.
  return (
    !('page' in next) ||
    writes.every((write) => !('page' in write) || !isSame(write.page, next.page))
  );
}

function isSame(one: IndexedPage, other: IndexedPage): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ scope, url }: { scope: Scope; url: string }): string {
  return `${scope} ${url}`;
}

/** For each scope, the conditions of these pages. */
function samePages(pages: readonly IndexedPage[]): Condition[][] {
  return [...Map.groupBy(pages, ({ scope }) => scope)].map(([scope, ofScope]) => [
    is('scope', scope),
    oneOf(
      'url',
      ofScope.map(({ url }) => url),
    ),
  ]);
}

function checkStaged(page: IndexedPage, sourceId: string): void {
  if (page.scope === 'public' && page.sourceId === sourceId) return;
  throw new IndexError(`${page.url} is no public page of the source ${sourceId}`, {
    retryable: false,
  });
}

function noteId(name: string): string {
  return pointId('note', name);
}
