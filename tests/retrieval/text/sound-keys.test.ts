import { expect, it } from 'vitest';

import { scriptOf, soundKeys } from '../../../retrieval/text/sound-keys.ts';

it.each([
  ['deepseek', 'дипсик'],
  ['deepseek', 'дипсиком'],
  ['qwen', 'квена'],
  ['claude', 'клод'],
  ['mistral', 'мистраль'],
  ['gemini', 'джемини'],
  ['gigachat', 'гигачатом'],
  ['perplexity', 'перплексити'],
  ['nvidia', 'нвидиа'],
  ['telegram', 'телеграм'],
  ['anthropic', 'антропик'],
  ['tesla', 'теслы'],
])('bring %s and %s together', (latin, cyrillic) => {
  const [key = ''] = soundKeys(latin, 'latin');
  expect(soundKeys(cyrillic, 'cyrillic')).toContain(key);
});

it('are none of short words, which meet by chance', () => {
  expect(soundKeys('лама', 'cyrillic')).toEqual([]);
  expect(soundKeys('gpt', 'latin')).toEqual([]);
});

it('are of words in one script alone', () => {
  expect(['дипсик', 'deepseek', 'v3', 'дeep', '2024', 'ärger'].map(scriptOf)).toEqual([
    'cyrillic',
    'latin',
    null,
    null,
    null,
    null,
  ]);
});
