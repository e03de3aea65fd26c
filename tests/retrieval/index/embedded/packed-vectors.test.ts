import { expect, it } from 'vitest';

import { DamagedFileError } from '../../../../retrieval/index/embedded/failure.ts';
import { packVectors, unpackVectors } from '../../../../retrieval/index/embedded/packed-vectors.ts';
import { sparse } from '../../../support/indexed-pages.ts';

it('gives every token and weight back', () => {
  const packed = packVectors([
    sparse({ 3: 1.5, 4_294_967_295: 0.1 }),
    sparse({}),
    sparse({ 0: 0.1, 3: 0.1, 8: 2 }),
  ]);
  const { tokenCounts, weightCounts, tokens, weights, codes } = unpackVectors(packed);
  expect([...tokenCounts]).toEqual([2, 0, 3]);
  expect([...weightCounts]).toEqual([2, 0, 2]);
  expect([...tokens]).toEqual([3, 4_294_967_295, 0, 3, 8]);
  expect([...weights]).toEqual([1.5, Math.fround(0.1), Math.fround(0.1), 2]);
  expect([...codes]).toEqual([0, 1, 0, 0, 1]);
});

it('reads bytes that start anywhere', () => {
  const packed = packVectors([sparse({ 7: 1 })]);
  const shifted = new Uint8Array(packed.length + 1);
  shifted.set(packed, 1);
  expect([...unpackVectors(shifted.subarray(1)).tokens]).toEqual([7]);
});

it('keeps the order of more than 256 distinct weights and moves none far', () => {
  const given = Array.from({ length: 1000 }, (_, token) => 1 + token / 999);
  const { weights, codes } = unpackVectors(packVectors([sparse({ ...given })]));
  const kept = Array.from(codes, (code) => weights[code] ?? Number.NaN);
  expect(weights).toHaveLength(256);
  expect(kept).toEqual(kept.toSorted((one, other) => one - other));
  const moved = kept.map((weight, token) => Math.abs(weight - (given[token] ?? 0)));
  expect(Math.max(...moved)).toBeLessThan(1 / 509);
});

it.each([0, 5, 12, 40])('refuses %i bytes of a longer whole', (length) => {
  const packed = packVectors([sparse({ 1: 1, 2: 2, 3: 3 })]);
  expect(() => unpackVectors(packed.subarray(0, length))).toThrow(DamagedFileError);
});
