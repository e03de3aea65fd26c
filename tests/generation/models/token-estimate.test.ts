import { assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { estimateTokens, trimToTokens } from '../../../generation/models/token-estimate.ts';

describe('the estimate of tokens', () => {
  it.each<[what: string, text: string, tokens: number]>([
    ['nothing', '', 0],
    ['an English word', 'river', 2],
    ['an English sentence', 'The river is long.', 7],
    ['a Russian word', 'река', 3],
    ['a Russian sentence', 'Волга длинная.', 9],
    ['figures', '3530', 4],
    ['capitals', 'ВОЛГА', 5],
    ['an endless word', 'а'.repeat(1000), 1000],
    ['a hash', 'aGVsbG8gd29ybGQK', 15],
    ['an emoji', '🦄', 4],
    ['other letters', '人工', 6],
  ])('of %s', (_what, text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('is quick with 100 kB of anything', () => {
    expect(estimateTokens('я'.repeat(100_000))).toBe(100_000);
    expect(estimateTokens('?'.repeat(100_000))).toBe(100_000);
  });
});

describe('a text trimmed to tokens', () => {
  it('ends between words', () => {
    expect(trimToTokens('Волга впадает в море', 8)).toBe('Волга впадает');
  });

  it('ends inside an endless word', () => {
    expect(trimToTokens('я'.repeat(1000), 10)).toBe('я'.repeat(10));
  });

  it('never takes more than its tokens, nor cuts a character in half', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 60 }), nat(80), (text, tokens) => {
        const trimmed = trimToTokens(text, tokens);
        expect(estimateTokens(trimmed)).toBeLessThanOrEqual(tokens);
        expect(text.startsWith(trimmed)).toBe(true);
        expect(trimmed.isWellFormed()).toBe(true);
      }),
    );
  });
});
