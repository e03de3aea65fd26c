import type { Schemas } from '@qdrant/js-client-rest';

import { passes } from './point-filter.ts';
import { Refusal } from './refusal.ts';

export interface StoredPoint {
  id: string;
  payload: Record<string, unknown>;
  vectors: Record<string, unknown>;
}

type Filter = Schemas['Filter'];

/** One collection, searched by looking at every point, with the scores of the real one. */
export class StoredCollection {
  readonly config: Schemas['CreateCollection'];
  readonly indexes = new Map<string, unknown>();
  readonly points = new Map<string, StoredPoint>();

  constructor(config: Schemas['CreateCollection']) {
    this.config = config;
  }

  update(operation: Schemas['UpdateOperation']): void {
    if ('upsert' in operation) return this.#upsert(operation.upsert);
    if ('delete' in operation) {
      for (const point of this.#selected(operation.delete)) this.points.delete(point.id);
      return;
    }
    if ('set_payload' in operation) {
      const { payload, ...selector } = operation.set_payload;
      for (const point of this.#selected(selector as Schemas['PointsSelector'])) {
        point.payload = { ...point.payload, ...structuredClone(payload) };
      }
      return;
    }
    throw new Refusal(400, 'the stand-in does not know this operation');
  }

  /** In the order of ids, as the real one. */
  matching(filter: Filter | null | undefined): StoredPoint[] {
    return [...this.points.values()]
      .filter((point) => passes(point, filter ?? {}))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  scroll({ filter, limit, offset, order_by: order }: Schemas['ScrollRequest']) {
    const size = limit ?? 10;
    const matching = this.matching(filter as Filter);
    if (order !== undefined && order !== null) {
      const { key } = order as Schemas['OrderBy'];
      this.#needIndex(key);
      const sorted = matching.toSorted(
        (one, other) => Number(one.payload[key]) - Number(other.payload[key]),
      );
      return { points: sorted.slice(0, size), next: null };
    }
    const rest = matching.filter(({ id }) => id >= String(offset ?? ''));
    return { points: rest.slice(0, size), next: rest[size]?.id ?? null };
  }

  facet({ key, filter, limit }: Schemas['FacetRequest']) {
    this.#needIndex(key);
    const counts = new Map<string, number>();
    for (const { payload } of this.matching(filter as Filter)) {
      const value = payload[key];
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .toSorted((one, other) => other.count - one.count)
      .slice(0, limit ?? 10);
  }

  search({ query, using, filter, limit }: Schemas['QueryRequest']) {
    const score = this.#scorer(query, using ?? '');
    const scored: { point: StoredPoint; score: number }[] = [];
    for (const point of this.matching(filter as Filter)) {
      const found = score(point);
      if (found !== null) scored.push({ point, score: Math.fround(found) });
    }
    return scored.toSorted((one, other) => other.score - one.score).slice(0, limit ?? 10);
  }

  #scorer(query: unknown, using: string): (point: StoredPoint) => number | null {
    if (Array.isArray(query)) {
      const wanted = normalize(query as number[]);
      this.#checkDense(using, wanted);
      return ({ vectors }) => {
        const own = vectors[using] as number[] | undefined;
        return own === undefined ? null : dot(wanted, own);
      };
    }
    if (this.config.sparse_vectors?.[using]?.modifier !== 'idf') {
      throw new Refusal(400, `Wrong input: Not existing vector name error: ${using}`);
    }
    const weighted = this.#withIdf(query as Schemas['SparseVector'], using);
    return ({ vectors }) => {
      const own = vectors[using] as Schemas['SparseVector'] | undefined;
      if (own === undefined) return null;
      let sum = 0;
      let isShared = false;
      for (const [at, token] of own.indices.entries()) {
        const weight = weighted.get(token);
        if (weight === undefined) continue;
        isShared = true;
        sum += weight * (own.values[at] ?? 0);
      }
      return isShared ? sum : null;
    };
  }

  /** Counts whatever has such a vector, may the query see it or not. */
  #withIdf({ indices, values }: Schemas['SparseVector'], using: string): Map<number, number> {
    const all = [...this.points.values()].flatMap(({ vectors }) => {
      const own = vectors[using] as Schemas['SparseVector'] | undefined;
      return own === undefined || own.indices.length === 0 ? [] : [new Set(own.indices)];
    });
    return new Map(
      indices.map((token, at) => {
        const holding = all.filter((tokens) => tokens.has(token)).length;
        const idf = Math.log((all.length - holding + 0.5) / (holding + 0.5) + 1);
        return [token, (values[at] ?? 0) * idf];
      }),
    );
  }

  #upsert(operation: Schemas['PointInsertOperations']): void {
    if (!('points' in operation)) throw new Refusal(400, 'the stand-in takes points alone');
    const points = operation.points.map(({ id, payload, vector }): StoredPoint => {
      if (!UUID.test(String(id))) throw new Refusal(400, `value ${id} is not a valid point ID`);
      const vectors = Object.entries(vector as Record<string, unknown>);
      return {
        id: String(id),
        payload: structuredClone((payload ?? {}) as Record<string, unknown>),
        vectors: Object.fromEntries(vectors.map(([name, own]) => [name, this.#stored(name, own)])),
      };
    });
    // None is written when one is refused.
    for (const point of points) this.points.set(point.id, point);
  }

  #stored(name: string, vector: unknown): unknown {
    if (Array.isArray(vector)) {
      this.#checkDense(name, vector as number[]);
      return normalize(vector as number[]);
    }
    const { indices, values } = vector as Schemas['SparseVector'];
    const isRight =
      this.config.sparse_vectors?.[name] !== undefined &&
      indices.length === values.length &&
      new Set(indices).size === indices.length;
    if (!isRight) throw new Refusal(400, `Wrong input: sparse vector ${name}`);
    return { indices: [...indices], values: values.map(Math.fround) };
  }

  #checkDense(name: string, vector: readonly number[]): void {
    const known = (this.config.vectors ?? {}) as Record<string, Schemas['VectorParams']>;
    const size = known[name]?.size;
    if (size === undefined) {
      throw new Refusal(400, `Wrong input: Not existing vector name error: ${name}`);
    }
    if (size !== vector.length) {
      throw new Refusal(
        400,
        `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`,
      );
    }
  }

  #selected(selector: Schemas['PointsSelector']): StoredPoint[] {
    if ('points' in selector && Array.isArray(selector.points)) {
      return selector.points.flatMap((id) => this.points.get(String(id)) ?? []);
    }
    if ('filter' in selector) return this.matching(selector.filter);
    throw new Refusal(400, 'Bad request: neither points nor a filter');
  }

  #needIndex(key: string): void {
    if (this.indexes.has(key)) return;
    throw new Refusal(400, `Bad request: No appropriate index for ${key}`);
  }
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;

function normalize(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector));
  if (length === 0 || Math.abs(length - 1) < 1e-6) return vector.map(Math.fround);
  return vector.map((value) => Math.fround(value / length));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
