import { expect, test } from 'vitest';

import { inventedQuotations } from '../../../citations/claims/quotations.ts';

const text = 'Он сказал: «Мы победили вчера, и это главное».';

test('finds what is quoted and was not said so', () => {
  expect(inventedQuotations('Он заявил: «Мы победим завтра, и это главное».', [text])).toEqual([
    'Мы победим завтра, и это главное',
  ]);
});

test.each([
  'Он заявил: «Мы победили вчера».',
  'Он заявил: “мы победили вчера и это главное”.',
  'Он читал «Войну и мир».',
  'Он победил.',
])('lets through %s', (claim) => {
  expect(inventedQuotations(claim, [text])).toEqual([]);
});
