import { expect, it } from 'vitest';

import { namedThings } from '../../retrieval/named-things.ts';

const words = (question: string): string[] =>
  namedThings(question).map((thing) => thing.map(([stem]) => stem).join(' '));

it.each([
  ['Сравни DeepSeek-V3 и GPT-4o', ['deepseek v3', 'gpt 4o']],
  ['Чем Москва отличается от Нижнего Новгорода?', ['москв', 'нижн новгород']],
  ['How does Qdrant differ from Weaviate?', ['qdrant', 'weaviat']],
  ['что лучше, питон или джава?', ['питон', 'джав']],
  ['Какова длина реки?', []],
  ['Who?', []],
  ['', []],
])('in «%s»', (question, things) => {
  expect(words(question)).toEqual(things);
});
