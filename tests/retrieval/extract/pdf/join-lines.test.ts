import { expect, test } from 'vitest';
import { collectWords, joinLines } from '../../../../retrieval/extract/pdf/join-lines.ts';

const none: ReadonlySet<string> = new Set();

test.each([
  ['нейро-', 'сеть', 'нейросеть'],
  ['обучен-', 'ная на текстах', 'обученная на текстах'],
  ['Санкт-', 'Петербург', 'Санкт-Петербург'],
  ['state-of-', 'the-art', 'state-of-the-art'],
  ['compu-', 'tation', 'computation'],
  ['self-', 'attention', 'self-attention'],
  ['GPT-', '4 вышла', 'GPT-4 вышла'],
  ['ИИ-', 'модель', 'ИИ-модель'],
  ['2019–', '2020 годы', '2019–2020 годы'],
  ['кто-', 'нибудь', 'кто-нибудь'],
  ['из-', 'за реки', 'из-за реки'],
  ['по-', 'русски', 'по-русски'],
  ['по-', 'смотрел', 'посмотрел'],
  ['Москва –', 'столица', 'Москва – столица'],
  ['про\u00AD', 'верка', 'проверка'],
  ['first', 'second', 'first second'],
  ['see https://example.org/a-', 'long/path', 'see https://example.org/a-long/path'],
])('«%s» and «%s» are «%s»', (before, after, joined) => {
  expect(joinLines(before, after, none)).toBe(joined);
});

test('a word is spelled as elsewhere in the document', () => {
  const words = collectWords([
    'the pre-training of models',
    'a highlight of the real-',
    'time system',
  ]);
  expect(joinLines('after pre-', 'training', words)).toBe('after pre-training');
  expect(joinLines('a high-', 'light', words)).toBe('a highlight');
  expect(joinLines('in co-', 'operation', words)).toBe('in cooperation');
});
