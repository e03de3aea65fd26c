import { expect, test } from 'vitest';

import { checkSupport } from '../../../citations/support.ts';

test.each([
  ['The town was founded in Ohio in 1822.', 'In 1822, the town was founded in Ohio.'],
  ['He came back to Lahore in the year 1908.', 'He came back to Lahore in 1908.'],
  [
    'The property of being prime is called primality.',
    'The property of being prime (or not) is called primality.',
  ],
  ['Игры прошли с 10 по 24.10.1964.', 'Игры прошли с 10 по 24 октября 1964 года.'],
])('lets a phrase move: %s', (claim, text) => {
  expect(verdictOf(claim, text)).toBe('supported');
});

test.each([
  [
    'Её существование доказано в 1986 году.',
    'Её существование доказано в 1962 году и описано в 1986 году.',
  ],
  ['The town was founded in 1943.', 'In 1822, the town was founded. In 1943, it was abandoned.'],
])('does not let a date change its place: %s', (claim, text) => {
  expect(verdictOf(claim, text)).not.toBe('supported');
});

function verdictOf(claim: string, text: string): string {
  return checkSupport(claim, [{ text, title: '', heading: null }]).verdict;
}
