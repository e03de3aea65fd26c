import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { characterGrams } from '../../../retrieval/text/grams.ts';

describe('character grams', () => {
  it('are cut from folded words that are framed by blanks', () => {
    expect(characterGrams('Вы́ставка')).toEqual([
      ' выс',
      'выст',
      'ыста',
      'став',
      'тавк',
      'авка',
      'вка ',
    ]);
  });

  it('are whole where a word is short', () => {
    expect(characterGrams('I am, 😀 IT')).toEqual([' i ', ' am ', ' it ']);
  });

  it('repeat with their words', () => {
    expect(characterGrams('да да')).toEqual([' да ', ' да ']);
  });

  it('may have another size', () => {
    expect(characterGrams('река', 3)).toEqual([' ре', 'рек', 'ека', 'ка ']);
  });

  it('are none in a text without words', () => {
    expect(characterGrams(' — …')).toEqual([]);
  });

  it('are never longer than asked, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        for (const gram of characterGrams(text)) expect(gram.length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('of 100,000 marks on one letter take no time to speak of', () => {
    const startedAt = performance.now();
    characterGrams(`а${'\u0301\u0323\u0334'.repeat(33_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
