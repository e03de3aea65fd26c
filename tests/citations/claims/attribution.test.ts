import { describe, expect, test } from 'vitest';

import { attributionOf } from '../../../citations/claims/attribution.ts';
import { measureOverlap, readOverlapText } from '../../../citations/claims/overlap.ts';

const source = readOverlapText(
  'Skiing has a history of almost five millennia. It was once a way to travel over snow.',
);

describe('attributionOf', () => {
  test('is high for words of the source and low for others', () => {
    expect(chance('Skiing has a history of almost five millennia.')).toBeGreaterThan(0.9);
    expect(chance('Skiing was a way to travel.')).toBeGreaterThan(0.6);
    expect(chance('My brother bought two bicycles in Berlin.')).toBeLessThan(0.02);
  });

  test('falls with each word that the source does not have', () => {
    const claims = [
      'Skiing has a history of five millennia.',
      'Skiing in Norway has a history of five millennia.',
      'Skiing in Norway and Finland has a glorious history of five millennia.',
    ];
    const chances = claims.map((claim) => chance(claim));
    expect(chances).toEqual(chances.toSorted((one, other) => other - one));
  });

  test('trusts no words about the speaker', () => {
    expect(chance('I have a history of skiing.')).toBeLessThan(
      chance('It has a history of skiing.'),
    );
  });

  test('has no chance to give to an empty claim', () => {
    expect(chance('')).toBeLessThan(0.1);
  });
});

function chance(claim: string): number {
  return attributionOf(measureOverlap(claim, source));
}
