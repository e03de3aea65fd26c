import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { similarity } from '../../../generation/answer/word-similarity.ts';
import { stem } from '../../../retrieval/text/terms.ts';

const alike = (one: string, other: string): number =>
  similarity({ word: one, stem: stem(one) }, { word: other, stem: stem(other) });

describe('words of one family', () => {
  it.each([
    ['предполагает', 'предположил'],
    ['экономика', 'экономический'],
    ['pharmacist', 'pharmacy'],
    ['discovery', 'discoverer'],
    ['достоевский', 'достоевскй'],
  ])('are alike: %s, %s', (one, other) => {
    expect(alike(one, other)).toBeGreaterThanOrEqual(0.55);
  });

  it.each([
    ['река', 'завод'],
    ['волга', 'волк'],
    ['1990', '1991'],
    ['кот', 'код'],
    ['супервизор', 'визор'],
  ])('are told from others: %s, %s', (one, other) => {
    expect(alike(one, other)).toBe(0);
  });

  it('are the more alike the more they share', () => {
    expect(alike('экономика', 'экономике')).toBe(1);
    expect(alike('экономика', 'экономический')).toBeLessThan(1);
  });
});

it('is the same both ways, and 0 or from 0.55 to 1', () => {
  const word = fc.string({ unit: fc.constantFrom(...'абвгde1'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      const value = alike(one, other);
      expect(value).toBe(alike(other, one));
      expect(value === 0 || (value >= 0.55 && value <= 1)).toBe(true);
    }),
  );
});
