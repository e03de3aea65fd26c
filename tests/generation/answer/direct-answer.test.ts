import { describe, expect, it } from 'vitest';

import { answersDirectly } from '../../../generation/answer/direct-answer.ts';
import { analyzeQuestion } from '../../../generation/answer/question.ts';

describe('a sentence answers directly', () => {
  it.each([
    ['Сколько параметров у DeepSeek-V3?', 'В DeepSeek-V3 671 миллиард параметров.'],
    ['Сколько костей у человека?', 'У взрослого 206 костей.'],
    ['Сколько категорий в наборе?', 'Вопросы разделены на восемь категорий.'],
    ['How many experts does it have?', 'There are 256 routed experts and 1 shared expert.'],
    ['How many active parameters are there?', 'It has 37B active parameters per token.'],
    ['Когда появился GigaChat?', 'Его показали 24 апреля 2023 года.'],
    ['When was penicillin discovered?', 'Fleming found it in September 1928.'],
  ])('%s %s', (question, text) => {
    expect(answersDirectly(analyzeQuestion(question), text)).toBe(true);
  });
});

describe('a sentence does not answer directly', () => {
  it.each([
    ['when another thing is counted', 'Сколько экспертов у модели?', 'У модели 671 параметр.'],
    [
      'when what is counted stands in a further part',
      'How many experts does it have?',
      'It has 671B parameters, and the experts are small.',
    ],
    [
      'when the name of the question has the figure before it',
      'Сколько параметров у Llama?',
      'Вышли 3 Llama с параметрами.',
    ],
    ['when it has no figure', 'Сколько костей у человека?', 'Кости человека срастаются.'],
    ['when no date is in it', 'Когда появился GigaChat?', 'GigaChat появился недавно.'],
    ['when nothing is counted', 'Почему небо голубое?', 'Небо голубое с 1928 года.'],
  ])('%s', (_why, question, text) => {
    expect(answersDirectly(analyzeQuestion(question), text)).toBe(false);
  });
});
