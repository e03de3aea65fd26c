import { expect, test } from 'vitest';

import { placeOfQuote } from '../../citations/place-of-quote.ts';

const code = { text: 'a = 1\n\nb = 2\nc = 3', place: { unit: 'line', from: 10, to: 13 } } as const;

test('a quote from lines as they are in their file names its own', () => {
  expect(placeOfQuote(code, 'b = 2')).toEqual({ unit: 'line', from: 12, to: 12 });
  expect(placeOfQuote(code, 'b = 2\nc = 3')).toEqual({ unit: 'line', from: 12, to: 13 });
});

test('else it stands somewhere in its passage', () => {
  const folded = { ...code, text: 'a = 1 b = 2' };
  expect(placeOfQuote(folded, 'b = 2')).toEqual(code.place);
  expect(placeOfQuote(code, 'd = 4')).toEqual(code.place);
  expect(
    placeOfQuote({ text: 'A page.', place: { unit: 'page', from: 2, to: 3 } }, 'page'),
  ).toEqual({
    unit: 'page',
    from: 2,
    to: 3,
  });
  expect(placeOfQuote({ text: 'Words.', place: null }, 'Words.')).toBeNull();
});
