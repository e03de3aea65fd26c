import { IndexError } from '../../retrieval/errors.ts';
import type {
  ArmHit,
  ArmHits,
  HybridQuery,
  IndexedPage,
  IndexedPassage,
  PassageIndex,
} from '../../retrieval/index/passage-index.ts';
import type { SparseVector } from '../../retrieval/text/sparse-vector.ts';

/** A passage index that looks at everything for every query: slow, and too simple to be wrong. */
export class MemoryIndex implements PassageIndex {
  readonly #pages = new Map<string, IndexedPage>();
  #dimensions: number | null = null;
  #closed = false;

  async replacePage(page: IndexedPage): Promise<void> {
    this.#check();
    for (const { dense } of page.passages) this.#checkDimensions(dense);
    this.#dimensions ??= page.passages.find(({ dense }) => dense !== null)?.dense?.length ?? null;
    this.#pages.delete(`${page.scope} ${page.url}`);
    if (page.passages.length > 0) this.#pages.set(`${page.scope} ${page.url}`, page);
  }

  async query({ terms, grams, dense, scopes, limit }: HybridQuery): Promise<ArmHits> {
    this.#check();
    this.#checkDimensions(dense);
    const all = [...this.#pages.values()].flatMap(({ passages }) => passages);
    const seen = [...this.#pages.values()].filter(({ scope }) => scopes.includes(scope));
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

  async count(): Promise<{ pages: number; passages: number }> {
    this.#check();
    const pages = [...this.#pages.values()];
    return { pages: pages.length, passages: pages.flatMap(({ passages }) => passages).length };
  }

  async clear(): Promise<void> {
    this.#check();
    this.#pages.clear();
    this.#dimensions = null;
  }

  async close(): Promise<void> {
    this.#closed = true;
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
