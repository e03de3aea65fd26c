import { expect, test } from 'vitest';
import { compareShingles, sameWords, summarise } from './extraction-scorer.ts';

test('shingles of four words are counted as a multiset', () => {
  expect(compareShingles('a b c d e', 'a b c d')).toEqual({ tp: 0.5, fp: 0.5, fn: 0 });
  expect(compareShingles('a, b!', 'a b')).toEqual({ tp: 1, fp: 0, fn: 0 });
  expect(compareShingles('', 'a b c d e')).toEqual({ tp: 0, fp: 0, fn: 1 });
  expect(compareShingles('', '')).toEqual({ tp: 0, fp: 0, fn: 0 });
});

test('words are compared in order and case', () => {
  expect(sameWords('Раз — два.', 'Раз два')).toBe(true);
  expect(sameWords('раз два', 'Раз два')).toBe(false);
  expect(sameWords('Раз', 'Раз два')).toBe(false);
});

test('a page without a prediction stays out of the mean precision', () => {
  const pages = [
    { tp: 1, fp: 0, fn: 0, exact: true },
    { tp: 0, fp: 0, fn: 1, exact: false },
  ];
  expect(summarise(pages)).toEqual({ f1: 2 / 3, precision: 1, recall: 0.5, accuracy: 0.5 });
});
