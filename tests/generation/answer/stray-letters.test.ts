import { describe, expect, it } from 'vitest';

import { createStrayLetterFilter } from '../../../generation/answer/stray-letters.ts';

const passage = 'DeepSeek (深度求索) выпустила модель 671B.';

describe('letters of other scripts', () => {
  it.each<[what: string, text: string, shown: string]>([
    ['a word', 'В ней 671 миллиард 参数 параметров [1].', 'В ней 671 миллиард параметров [1].'],
    ['a sentence with figures', 'Да [1]. 该模型于2024年发布,数据为14.8万亿个。', 'Да [1]. '],
    ['of a script that a passage uses', 'Модель 发布 вышла [1].', 'Модель вышла [1].'],
    ['at the end', 'Да [1]. ありがとう', 'Да [1]. '],
  ])('go: %s', (_what, text, shown) => {
    for (const length of [1, 4, text.length]) expect(filter(text, length)).toBe(shown);
  });

  it.each([
    ['a passage writes them', 'Это DeepSeek (深度求索) [1].'],
    ['they are Latin, Cyrillic or Greek', 'Длина λ равна 5 µm, naïve ёлка.'],
  ])('stay where %s', (_what, text) => {
    for (const length of [1, 4, text.length]) expect(filter(text, length)).toBe(text);
  });

  it('stay where the question is written in them', () => {
    expect(filter('模型有671B参数。', 2, '模型有多少参数?')).toBe('模型有671B参数。');
  });
});

function filter(text: string, length: number, question = 'Сколько параметров?'): string {
  const letters = createStrayLetterFilter({ question, texts: [passage] });
  let shown = '';
  for (let at = 0; at < text.length; at += length)
    shown += letters.push(text.slice(at, at + length));
  return shown + letters.end();
}
