import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { quoteUrl } from '../../citations/text-fragment.ts';

describe('quoteUrl', () => {
  test.each([
    ['a short quote whole', 'one two three', '#:~:text=one%20two%20three'],
    ['marks that mean something there', 'a-b, c & d', '#:~:text=a%2Db%2C%20c%20%26%20d'],
    ['no marks at the edges', '«Модель V3».', '#:~:text=%D0%9C%D0%BE%D0%B4%D0%B5%D0%BB%D1%8C%20V3'],
    [
      'a long quote by its first and last words',
      'one two three four five six seven eight nine ten',
      '#:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten',
    ],
    [
      'words only, where marks stand alone',
      'one — two, three four, five six seven eight nine — ten.',
      '#:~:text=one%20%E2%80%94%20two%2C%20three%20four,seven%20eight%20nine%20%E2%80%94%20ten',
    ],
    [
      'each side of a line break by itself',
      'one two\nthree four',
      '#:~:text=one%20two,three%20four',
    ],
    ['nothing of what has no words', '— …', ''],
  ])('names %s', (_, quote, fragment) => {
    expect(quoteUrl('https://example.com/page', quote)).toBe(`https://example.com/page${fragment}`);
  });

  test("keeps the page's own fragment and replaces an older directive", () => {
    expect(quoteUrl('https://example.com/#part', 'one')).toBe(
      'https://example.com/#part:~:text=one',
    );
    expect(quoteUrl('https://example.com/#:~:text=old', 'one')).toBe(
      'https://example.com/#:~:text=one',
    );
  });

  test('names only words of the quote, in their order, and leaves a valid address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (quote) => {
        const url = quoteUrl('https://example.com/', quote);
        expect(URL.canParse(url)).toBe(true);
        const directive = url.split(':~:text=')[1] ?? '';
        expect(directive).toMatch(/^[\w.%,]*$/);
        let from = 0;
        for (const part of directive.split(',')) {
          const words = decodeURIComponent(part);
          const found = quote.toWellFormed().replace(/\s+/gu, ' ').indexOf(words, from);
          expect(found).toBeGreaterThanOrEqual(from);
          from = found + words.length;
        }
      }),
    );
  });

  test('stays short for a long Cyrillic quote', () => {
    const quote = 'Обыкновенное предложение средней длины '.repeat(7).trim();
    expect(quoteUrl('https://example.com/', quote).length).toBeLessThan(600);
  });
});
