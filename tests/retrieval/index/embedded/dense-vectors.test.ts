import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DenseVectors } from '../../../../retrieval/index/embedded/dense-vectors.ts';

describe('dense vectors as int8', () => {
  it.each([1, 3, 16, 17, 384, 1024])('score nearly as they are, of %i dimensions', (dimensions) => {
    fc.assert(
      fc.property(
        fc.array(unitVector(dimensions), { minLength: 1, maxLength: 20 }),
        unitVector(dimensions),
        (all, query) => {
          const vectors = new DenseVectors(dimensions);
          const block = vectors.add(joined(all));
          const scores = vectors.score(query, block);
          for (const [at, vector] of all.entries()) {
            expect(Math.abs((scores[at] ?? 0) - cosine(query, vector))).toBeLessThan(0.02);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keep their scores when they are merged, and the place of what is left out', () => {
    const vectors = new DenseVectors(2);
    const one = vectors.add(Float32Array.of(1, 0, 0, 1, 0.6, 0.8));
    const other = vectors.add(Float32Array.of(-1, 0, 0.8, 0.6));
    const merged = vectors.merge(
      [one, null, other],
      [Int32Array.of(2, -1, 0), Int32Array.of(), Int32Array.of(-1, 1)],
      4,
    );
    vectors.release(one);
    vectors.release(other);
    const reused = vectors.add(Float32Array.of(0, 1));
    expect(reused.start).toBe(one.start);
    const scores = [...vectors.score(Float32Array.of(1, 0), merged)];
    expect(scores.map((score) => Math.round(score * 100) / 100)).toEqual([0.6, 0.8, 1, 0]);
  });

  it('take the memory of others that are gone', () => {
    const vectors = new DenseVectors(16);
    const run = Float32Array.from({ length: 16 * 1000 }, (_, at) => (at % 16 === 0 ? 1 : 0));
    const starts = new Set<number>();
    for (let round = 0; round < 50; round += 1) {
      const block = vectors.add(run);
      starts.add(block.start);
      vectors.release(block);
    }
    expect(starts.size).toBe(1);
  });
});

function unitVector(dimensions: number): fc.Arbitrary<Float32Array> {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), {
    minLength: dimensions,
    maxLength: dimensions,
  });
  return values.map((numbers) => {
    const norm = Math.hypot(...numbers) || 1;
    return Float32Array.from(numbers, (value) => value / norm);
  });
}

function joined(vectors: readonly Float32Array[]): Float32Array {
  return Float32Array.from(vectors.flatMap((vector) => [...vector]));
}

function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
