import { IndexError } from '../../retrieval/errors.ts';
import type {
  ArmHit,
  ArmHits,
  HybridQuery,
  IndexCount,
  IndexedPage,
  IndexedPassage,
  PassageFilter,
  PassageIndex,
  Scope,
  SourceRebuild,
} from '../../retrieval/index/passage-index.ts';
import type { SparseVector } from '../../retrieval/text/sparse-vector.ts';

/** A passage index that looks at everything for every query: slow, and too simple to be wrong. */
export class MemoryIndex implements PassageIndex {
  readonly #pages = new Map<string, IndexedPage>();
  readonly #staged = new Map<string, Map<string, IndexedPage>>();
  readonly #kept = new Map<string, Set<string>>();
  readonly #properties = new Map<string, string>();
  /** When each page was written, as a number that grows. */
  readonly #written = new WeakMap<IndexedPage, number>();
  #writes = 0;
  #dimensions: number | null = null;
  #closed = false;

  async replacePage(page: IndexedPage): Promise<void> {
    this.#check();
    for (const { dense } of page.passages) this.#checkDimensions(dense);
    this.#dimensions ??= page.passages.find(({ dense }) => dense !== null)?.dense?.length ?? null;
    const key = `${page.scope} ${page.url}`;
    const sourceId = page.sourceId ?? this.#pages.get(key)?.sourceId ?? null;
    this.#pages.delete(key);
    if (page.passages.length > 0) this.#add({ ...page, sourceId });
  }

  rebuildSource(sourceId: string): SourceRebuild {
    const staged = () => this.#staged.getOrInsertComputed(sourceId, () => new Map());
    const kept = () => this.#kept.getOrInsertComputed(sourceId, () => new Set());
    return {
      done: async () => {
        this.#check();
        return new Set([...staged().keys(), ...kept()]);
      },
      stage: async (page) => {
        this.#check();
        if (page.scope !== 'public' || page.sourceId !== sourceId) {
          throw new IndexError('not of this source', { retryable: false });
        }
        for (const { dense } of page.passages) this.#checkDimensions(dense);
        staged().delete(page.url);
        if (page.passages.length > 0) staged().set(page.url, page);
      },
      keep: async (url) => {
        this.#check();
        kept().add(url);
      },
      commit: async () => {
        this.#check();
        this.#remove(
          (page) =>
            page.scope === 'public' &&
            (staged().has(page.url) || (page.sourceId === sourceId && !kept().has(page.url))),
        );
        for (const page of staged().values()) this.#add(page);
        this.#staged.delete(sourceId);
        this.#kept.delete(sourceId);
      },
      discard: async () => {
        this.#check();
        this.#staged.delete(sourceId);
        this.#kept.delete(sourceId);
      },
    };
  }

  async deleteSource(sourceId: string): Promise<void> {
    this.#check();
    this.#remove((page) => page.sourceId === sourceId);
    this.#staged.delete(sourceId);
    this.#kept.delete(sourceId);
  }

  async deleteScope(scope: Scope): Promise<void> {
    this.#check();
    this.#remove((page) => page.scope === scope);
  }

  async deleteFetchedBefore(time: string): Promise<void> {
    this.#check();
    this.#remove(
      ({ scope, sourceId, passages }) =>
        scope === 'public' && sourceId === null && (passages[0]?.fetchedAt ?? '') < time,
    );
  }

  async countBySource(): Promise<Map<string, IndexCount>> {
    this.#check();
    const counts = new Map<string, IndexCount>();
    for (const { sourceId, passages } of this.#pages.values()) {
      if (sourceId === null) continue;
      const before = counts.get(sourceId) ?? { pages: 0, passages: 0 };
      counts.set(sourceId, {
        pages: before.pages + 1,
        passages: before.passages + passages.length,
      });
    }
    return counts;
  }

  async readPages({ cursor, limit }: { cursor: string | null; limit: number }) {
    this.#check();
    const after = Number(cursor ?? 0);
    const time = (page: IndexedPage): number => this.#written.get(page) ?? 0;
    const pages = [...this.#pages.values()].filter((page) => time(page) > after).slice(0, limit);
    const last = pages.at(-1);
    return {
      pages,
      cursor: last === undefined || pages.length < limit ? null : String(time(last)),
    };
  }

  async property(name: string): Promise<string | null> {
    this.#check();
    return this.#properties.get(name) ?? null;
  }

  async setProperty(name: string, value: string): Promise<void> {
    this.#check();
    this.#properties.set(name, value);
  }

  async query({ terms, grams, dense, scopes, filter, limit }: HybridQuery): Promise<ArmHits> {
    this.#check();
    this.#checkDimensions(dense);
    const all = [...this.#pages.values()].flatMap(({ passages }) => passages);
    const seen = [...this.#pages.values()].filter(
      (page) => scopes.includes(page.scope) && passes(page, filter),
    );
    const rank = (score: (passage: IndexedPassage) => number): ArmHit[] =>
      seen
        .flatMap(({ passages }) => passages)
        .map((passage) => ({ passage: withoutVectors(passage), score: score(passage) }))
        .filter((hit) => hit.score > 0)
        .sort(
          (one, other) => other.score - one.score || (one.passage.id < other.passage.id ? -1 : 1),
        )
        .slice(0, limit);
    return {
      terms: rank((passage) =>
        sparseScore(
          terms,
          passage.terms,
          all.map((each) => each.terms),
        ),
      ),
      grams: rank((passage) =>
        sparseScore(
          grams,
          passage.grams,
          all.map((each) => each.grams),
        ),
      ),
      dense: rank((passage) => denseScore(dense, passage.dense)),
    };
  }

  async readPage({ scope, url }: Pick<IndexedPage, 'scope' | 'url'>) {
    this.#check();
    return (this.#pages.get(`${scope} ${url}`)?.passages ?? []).map(withoutVectors);
  }

  async count(): Promise<IndexCount> {
    this.#check();
    const pages = [...this.#pages.values()];
    return { pages: pages.length, passages: pages.flatMap(({ passages }) => passages).length };
  }

  async clear(): Promise<void> {
    this.#check();
    this.#pages.clear();
    this.#staged.clear();
    this.#kept.clear();
    this.#dimensions = null;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #add(page: IndexedPage): void {
    this.#writes += 1;
    this.#written.set(page, this.#writes);
    this.#pages.set(`${page.scope} ${page.url}`, page);
  }

  #remove(isGone: (page: IndexedPage) => boolean): void {
    for (const [key, page] of this.#pages) if (isGone(page)) this.#pages.delete(key);
  }

  #check(): void {
    if (this.#closed) throw new IndexError('the index is closed', { retryable: false });
  }

  #checkDimensions(dense: Float32Array | null): void {
    if (dense === null || this.#dimensions === null || dense.length === this.#dimensions) return;
    throw new IndexError(`${dense.length} dimensions instead of ${this.#dimensions}`, {
      retryable: false,
    });
  }
}

function passes({ sourceId, passages }: IndexedPage, filter: PassageFilter = {}): boolean {
  const { sourceIds, languages, publishedFrom } = filter;
  const { language = 'other', publishedAt = null } = passages[0] ?? {};
  return (
    (sourceIds === undefined || (sourceId !== null && sourceIds.includes(sourceId))) &&
    (languages === undefined || languages.includes(language)) &&
    (publishedFrom === undefined ||
      (publishedAt !== null && publishedAt.slice(0, 10) >= publishedFrom.slice(0, 10)))
  );
}

function sparseScore(query: SparseVector, passage: SparseVector, all: SparseVector[]): number {
  let score = 0;
  for (const [position, token] of query.indices.entries()) {
    const weight = passage.values[passage.indices.indexOf(token)];
    if (weight === undefined) continue;
    const holding = all.filter(({ indices }) => indices.includes(token)).length;
    const idf = Math.log((all.length - holding + 0.5) / (holding + 0.5) + 1);
    score += (query.values[position] ?? 0) * idf * weight;
  }
  return score;
}

function denseScore(query: Float32Array | null, passage: Float32Array | null): number {
  if (query === null || passage === null) return 0;
  return query.reduce((sum, value, position) => sum + value * (passage[position] ?? 0), 0);
}

function withoutVectors(passage: IndexedPassage) {
  const { terms: _terms, grams: _grams, dense: _dense, ...rest } = passage;
  return rest;
}
