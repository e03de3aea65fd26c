import { describe, expect, test } from 'vitest';

import { asksForSummary } from '../../../generation/answer/requested-files.ts';
import { codeTaskIn } from '../../../generation/code/code-task.ts';
import { foreignNames } from '../../../generation/code/foreign-names.ts';

describe('codeTaskIn', () => {
  test.each([
    ['Объясни этот код', 'explain'],
    ['Что делает этот код?', 'explain'],
    ['What does this function do?', 'explain'],
    ['Напиши, пожалуйста, тесты к этому коду', 'tests'],
    ['write some unit tests for it', 'tests'],
    ['Добавь докстринги', 'documentation'],
    ['Document this', 'documentation'],
    ['Отрефактори', 'refactor'],
    ['Как улучшить этот код?', 'refactor'],
    ['Where is the limit set?', null],
    ['Какие тесты здесь есть?', null],
    ['Что вернёт is_clear для облачной ночи?', null],
  ])('«%s» wants %s', (question, task) => {
    expect(codeTaskIn(question)).toBe(task);
  });
});

describe('asksForSummary', () => {
  test.each([
    'О чём этот файл?',
    'о чем он',
    'Кратко перескажи документ',
    'Сделай выжимку',
    'What is this file about?',
    'Summarize the report, please',
    'Что в этом коде?',
    'tl;dr',
  ])('holds for «%s»', (question) => {
    expect(asksForSummary(question)).toBe(true);
  });

  test.each([
    'О чём договорились стороны?',
    'Что сказано о сроках?',
    'What is the budget?',
    'Summarize chapter 3',
    'Опиши телескоп',
    'Кто основал обсерваторию?',
  ])('does not hold for «%s»', (question) => {
    expect(asksForSummary(question)).toBe(false);
  });
});

test('foreignNames are those that a sentence gives the code and that it does not have', () => {
  const code = 'def is_clear(night):\n    return night.clouds < LIMIT_OF_CLOUDS';
  expect(foreignNames('`is_clear` compares `night.clouds` with LIMIT_OF_CLOUDS.', code)).toEqual(
    [],
  );
  expect(foreignNames('It calls `load_weather()` and readConfig.', code)).toEqual([
    'load_weather',
    'readConfig',
  ]);
  expect(foreignNames('The function says whether a night is clear.', code)).toEqual([]);
});
