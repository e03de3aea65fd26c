import { describe, expect, it } from 'vitest';

import { stem } from '../../../retrieval/text/terms.ts';
import { shareOfTexts, zipfFrequency } from '../../../retrieval/text/word-frequency.ts';

describe('the frequency of a stem', () => {
  it('orders words as they are used, in both languages', () => {
    for (const words of [
      ['и', 'год', 'река', 'теплообменник'],
      ['the', 'year', 'river', 'spectrometer'],
    ]) {
      const values = words.map((word) => zipfFrequency(stem(word)));
      expect(values).toEqual(values.toSorted((one, other) => other - one));
      expect(new Set(values).size).toBe(words.length);
    }
  });

  it('is that of a rare word for what is in no list', () => {
    expect(['zxqv', '22338618', '河', ''].map((each) => zipfFrequency(each))).toEqual([3, 3, 3, 3]);
  });
});

describe('the share of texts that hold a stem', () => {
  it('grows with their length and stays between 0 and 1', () => {
    const short = shareOfTexts('рек', 10);
    const long = shareOfTexts('рек', 1000);
    expect(short).toBeGreaterThan(0);
    expect(long).toBeGreaterThan(short);
    expect(shareOfTexts('и', 100_000)).toBeLessThanOrEqual(1);
  });

  it('is that of one word in a billion for Zipf 0, a thousandth of a million for 3', () => {
    expect(shareOfTexts('zxqv', 1)).toBeCloseTo(1e-6, 9);
  });
});
