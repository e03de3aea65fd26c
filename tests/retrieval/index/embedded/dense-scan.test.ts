import { expect, it } from 'vitest';

import { dotProduct } from '../../../../retrieval/index/embedded/dense-scan.ts';

it.each([1, 3, 4, 7, 8])('multiplies vectors of %i dimensions, wherever they start', (length) => {
  const vectors = Float32Array.from({ length: 3 * length }, (_, at) => at + 1);
  const query = Float32Array.from({ length }, (_, at) => at + 1);
  const expected = Array.from({ length }, (_, at) => (at + 1) * (length + at + 1));
  expect(dotProduct(query, vectors, length)).toBe(expected.reduce((sum, each) => sum + each, 0));
});
