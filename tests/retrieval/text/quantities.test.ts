import { expect, it } from 'vitest';

import { quantities } from '../../../retrieval/text/quantities.ts';

it.each([
  ['671 млрд параметров', ['671000000000']],
  ['671B parameters', ['671000000000']],
  ['671 billion', ['671000000000']],
  ['1,1 миллиарда и 1.1 billion', ['1100000000', '1100000000']],
  ['128K токенов, 128 тыс., 128К', ['128000', '128000', '128000']],
  ['4,1 млн человек', ['4100000']],
  ['12 500 км', ['12500km']],
  ['37 ГБ, 37GB, 37 gigabytes', ['37gb', '37gb', '37gb']],
  ['12,5% или 12.5 процента', ['12.5%', '12.5%']],
])('are one token each in «%s»', (text, tokens) => {
  expect(quantities(text)).toEqual(tokens);
});

it.each(['5 m', '5 b or not', 'в 1914 году', 'V3', 'GPT-4', '1.2.3 млн', '671Bx', ''])(
  'are none in «%s»',
  (text) => {
    expect(quantities(text)).toEqual([]);
  },
);

it('does not wait for the end of endless digits', () => {
  expect(quantities('1'.repeat(200_000))).toEqual([]);
  expect(quantities('1 '.repeat(100_000))).toEqual([]);
});
