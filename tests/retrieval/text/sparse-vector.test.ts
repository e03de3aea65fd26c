import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  documentVector,
  queryVector,
  tokenId,
  weightedQueryVector,
} from '../../../retrieval/text/sparse-vector.ts';

describe('token ids', () => {
  it.each([
    ['', 0],
    ['hello', 0x248b_fa47],
    ['hello, world', 0x149b_bb7f],
    ['The quick brown fox jumps over the lazy dog', 0x2e4f_f723],
    ['abc', 0xb3dd_93fa],
    ['test', 0xba6b_d213],
    ['Hello, world!', 0xc036_3e43],
  ])('are the published MurmurHash3 of «%s»', (token, id) => {
    expect(tokenId(token)).toBe(id);
  });

  it('are unsigned, and of the UTF-8 bytes', () => {
    expect(tokenId('рек')).toBeGreaterThan(0);
    expect(tokenId('рек')).not.toBe(tokenId('peк'));
  });
});

describe("a document's vector", () => {
  const options = { averageLength: 4, k1: 1.2, b: 0.75 };

  it('has each token once, by ascending id', () => {
    const { indices, values } = documentVector(['b', 'a', 'b', 'c'], options);
    expect([...indices]).toEqual(
      [tokenId('a'), tokenId('b'), tokenId('c')].sort((one, other) => one - other),
    );
    expect(values).toHaveLength(3);
  });

  it('weighs as BM25 does: at the average length, once is 1 and twice is 1.375', () => {
    const { indices, values } = documentVector(['b', 'a', 'b', 'c'], options);
    const weightOf = (token: string) => values[indices.indexOf(tokenId(token))];
    expect(weightOf('a')).toBeCloseTo(1);
    expect(weightOf('b')).toBeCloseTo(1.375);
  });

  it('takes the length it is told, where not every token is a word', () => {
    const [told] = documentVector(['a', 'b'], { ...options, length: 1 }).values;
    const [single] = documentVector(['a'], options).values;
    expect(told).toBe(single);
  });

  it('weighs less in a longer text', () => {
    const [inShort] = documentVector(['a'], options).values;
    const [inLong] = documentVector(Array<string>(40).fill('a'), options).values;
    const single = documentVector(['a', ...Array<string>(39).fill('b')], options);
    const weight = single.values[single.indices.indexOf(tokenId('a'))] ?? Infinity;
    expect(weight).toBeLessThan(inShort ?? 0);
    expect(inLong).toBeLessThan(2.2);
  });

  it('is empty for no tokens', () => {
    expect(documentVector([], options)).toEqual({
      indices: new Uint32Array(),
      values: new Float32Array(),
    });
  });

  it('has finite weights above 0 in strict order, whatever the tokens', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (tokens) => {
        const { indices, values } = documentVector(tokens, { averageLength: 110 });
        expect(indices).toHaveLength(new Set(tokens).size);
        expect(values).toHaveLength(indices.length);
        for (const [at, id] of indices.entries()) {
          expect(id).toBeGreaterThan(indices[at - 1] ?? -1);
          expect(values[at]).toBeGreaterThan(0);
          expect(values[at]).toBeLessThan(2.2);
        }
      }),
    );
  });
});

describe("a query's vector", () => {
  it('weighs each distinct token 1', () => {
    const { indices, values } = queryVector(['река', 'волга', 'река']);
    expect(indices).toHaveLength(2);
    expect([...values]).toEqual([1, 1]);
  });

  it('or gives each token its own weight', () => {
    const { indices, values } = weightedQueryVector(
      new Map([
        ['река', 0.5],
        ['волга', 2],
      ]),
    );
    expect(values[indices.indexOf(tokenId('река'))]).toBe(0.5);
    expect(values[indices.indexOf(tokenId('волга'))]).toBe(2);
    expect(indices[0]).toBeLessThan(indices[1] ?? 0);
  });
});
