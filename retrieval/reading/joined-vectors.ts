import type { SparseVector } from '../text/sparse-vector.ts';

/** Sparse vectors laid end to end: three buffers cross between threads instead of two a vector. */
export interface JoinedVectors {
  /** Tokens of each vector. */
  lengths: Uint32Array<ArrayBuffer>;
  indices: Uint32Array<ArrayBuffer>;
  values: Float32Array<ArrayBuffer>;
}

export function joinVectors(vectors: readonly SparseVector[]): JoinedVectors {
  const lengths = Uint32Array.from(vectors, ({ indices }) => indices.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const indices = new Uint32Array(total);
  const values = new Float32Array(total);
  let start = 0;
  for (const vector of vectors) {
    indices.set(vector.indices, start);
    values.set(vector.values, start);
    start += vector.indices.length;
  }
  return { lengths, indices, values };
}

/** Views, not copies: the vectors of a page stay in memory together. */
export function splitVectors({ lengths, indices, values }: JoinedVectors): SparseVector[] {
  let start = 0;
  return Array.from(lengths, (length) => {
    const end = start + length;
    const vector = { indices: indices.subarray(start, end), values: values.subarray(start, end) };
    start = end;
    return vector;
  });
}
