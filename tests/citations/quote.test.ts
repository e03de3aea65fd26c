import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findQuote, findQuoteAmong } from '../../citations/quote.ts';

const text =
  'DeepSeek-V3 вышла 26 декабря 2024 года. В модели 671 млрд параметров, активны из них 37 млрд.\n' +
  'Обучение обошлось в 5,576 млн долларов.';

describe('findQuote', () => {
  test.each([
    ['В модели 671 миллиард параметров', 'В модели 671 млрд параметров, активны из них 37 млрд.'],
    ['Модель стоила $5.576 млн', 'Обучение обошлось в 5,576 млн долларов.'],
    ['It was released on December 26, 2024', 'DeepSeek-V3 вышла 26 декабря 2024 года.'],
  ])('quotes for «%s» the sentence that says most of it', (claim, quote) => {
    expect(findQuote(claim, text)).toBe(quote);
  });

  test('cuts the decisive part out of a long sentence, between words', () => {
    const filler = 'слово '.repeat(80);
    const quote = findQuote(
      'Цена выросла до 45 рублей',
      `${filler}цена выросла до 45 рублей ${filler}`,
    );
    expect(quote).toContain('цена выросла до 45 рублей');
    expect(quote.length).toBeLessThanOrEqual(300);
    expect(quote).toMatch(/^слово|^цена/);
    expect(quote).toMatch(/слово$|рублей$/);
  });

  test('looks through all passages of a page', () => {
    expect(findQuoteAmong('Обучение обошлось дорого', ['Ни слова о деле.', text])).toBe(
      'Обучение обошлось в 5,576 млн долларов.',
    );
  });

  test('returns an exact piece of one line of the passage, whatever is claimed', () => {
    fc.assert(
      fc.property(anyText, anyText, (claim, passage) => {
        fc.pre(passage.trim() !== '');
        const quote = findQuote(claim, passage);
        expect(passage).toContain(quote);
        expect(quote.trim()).not.toBe('');
        expect(quote.length).toBeLessThanOrEqual(300);
        expect(quote).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
      { numRuns: 500 },
    );
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 500 }),
  fc
    .array(
      fc.constantFrom('слово', ' ', '. ', 'Имя', '671 млрд', '\n', '…', 'x'.repeat(90), '12 мая'),
      {
        maxLength: 60,
      },
    )
    .map((pieces) => pieces.join('')),
);
