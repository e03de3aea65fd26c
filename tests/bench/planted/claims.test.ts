import { describe, expect, test } from 'vitest';

import { makeClaims } from './claims.ts';
import type { SourcePassage } from './passages.ts';
import { isSubstring } from './rewording.ts';

const passages: SourcePassage[] = [
  passage('en', [
    'In 1822, the town of Brookfield was founded by settlers from Norway.',
    'It had 1,500 inhabitants in 1860, and the nearest railway was 40 km away.',
    'The bridge over the Alder was opened on May 12, 1911 (after two delays).',
  ]),
  passage('en', [
    'The mill in Harrow was built in 1790 by a family from Bergen.',
    'It employed 120 people in 1850 and burned down 35 years later.',
  ]),
];

describe('makeClaims', () => {
  const claims = makeClaims(passages, { unchanged: 5, changed: 5 });

  test('makes the same claims on every run, of every kind', () => {
    expect(makeClaims(passages, { unchanged: 5, changed: 5 })).toEqual(claims);
    expect([...new Set(claims.map(({ kind }) => kind))].toSorted()).toEqual([
      'citation',
      'date',
      'figure',
      'name',
      'negation',
      'unchanged',
    ]);
  });

  test('makes no claim that its passage has word for word', () => {
    expect(claims.filter(({ claim, source }) => isSubstring(claim, source.text))).toEqual([]);
  });

  test('cites another passage only where the citation is what is wrong', () => {
    for (const { kind, source, cited } of claims) {
      expect(source === cited).toBe(kind !== 'citation');
    }
  });
});

function passage(language: 'ru' | 'en', sentences: string[]): SourcePassage {
  const text = sentences.join(' ');
  return { id: text.slice(0, 20), language, text, sentences };
}
