import { expect, test } from 'vitest';

import { jsonBlocks } from '../../../retrieval/extract/json.ts';

test('values of a document name their lines', () => {
  const text = JSON.stringify(
    { name: 'Исток', note: 'a "b": {c}\n', empty: '', none: null, list: [1, { deep: true }] },
    null,
    2,
  );
  expect(jsonBlocks(text).map(({ text: said, place }) => [said, place?.from])).toEqual([
    ['name: Исток', 2],
    ['note: a "b": {c}', 3],
    ['list: 1', 7],
    ['list.deep: true', 9],
  ]);
});

test('what is sorted in parsing gets no false line', () => {
  const blocks = jsonBlocks('{\n"b": "x",\n"2": "y",\n"1": "z"\n}');
  expect(blocks.map(({ text, place }) => [text, place?.from ?? null])).toEqual([
    ['1: z', null],
    ['2: y', 3],
    ['b: x', null],
  ]);
});
