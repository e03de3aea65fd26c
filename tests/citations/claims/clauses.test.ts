import { expect, test } from 'vitest';

import { splitClauses } from '../../../citations/claims/clauses.ts';

test.each([
  ['Модель вышла в мае.', ['Модель вышла в мае.']],
  ['Модель вышла в мае; веса открыты.', ['Модель вышла в мае', 'веса открыты.']],
  [
    'Модель Исток вышла в мае 2024 года, а обучение модели обошлось дорого.',
    ['Модель Исток вышла в мае 2024 года', 'обучение модели обошлось дорого.'],
  ],
  ['В мае, июне и июле, как говорят, шли дожди.', ['В мае, июне и июле, как говорят, шли дожди.']],
  ['Он писал «раз; два» (и т. д.; и т. п.).', ['Он писал «раз; два» (и т. д.; и т. п.).']],
])('%s', (sentence, clauses) => {
  expect(splitClauses(sentence).map(({ text }) => text)).toEqual(clauses);
});

test('clauses of two subjects with a verb each stand alone', () => {
  expect(areIndependent('Acme bought Globex in 2014, while Vega sold its shares.')).toEqual([
    true,
    true,
  ]);
  expect(areIndependent('Вега вышла в 2019 году, а стоит она 157 долларов.')).not.toContain(true);
});

function areIndependent(sentence: string): boolean[] {
  return splitClauses(sentence).map(({ isIndependent }) => isIndependent);
}
