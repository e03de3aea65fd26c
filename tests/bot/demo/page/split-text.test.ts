import { expect, test } from 'vitest';

import { splitText } from '../../../../bot/demo/page/split-text.ts';

test('a text that fits stays whole', () => {
  expect(splitText('я'.repeat(4096))).toEqual(['я'.repeat(4096)]);
});

test('a longer one is cut behind a word or a line, and nothing is lost', () => {
  expect(splitText('один два три', 8)).toEqual(['один ', 'два три']);
  expect(splitText('один\nдва три', 8)).toEqual(['один\n', 'два три']);
});

test('what has no gap is cut between characters', () => {
  expect(splitText('абвгдежз', 5)).toEqual(['абвгд', 'ежз']);
  expect(splitText('абвг😀где', 5)).toEqual(['абвг', '😀где']);
});
