import { expect, test } from 'vitest';

import { createInlineQuestions } from '../../../bot/inline/inline-questions.ts';

const ANNA = 1;
const BORIS = 2;

test('gives a question back to the one who asked it, under a parameter that Telegram takes', () => {
  const questions = createInlineQuestions();
  const parameter = questions.remember(ANNA, 'Кто открыл пенициллин?');
  expect(parameter).toMatch(/^inline-[\w-]{22}$/u);
  expect(questions.remember(ANNA, 'Кто открыл пенициллин?')).toBe(parameter);
  expect(questions.recall(ANNA, parameter)).toBe('Кто открыл пенициллин?');
  expect(questions.recall(BORIS, parameter)).toBe(null);
  expect(questions.recall(ANNA, 'inline')).toBe(null);
});

test('forgets a question after an hour, the oldest when there are many, and on demand', () => {
  let time = 0;
  const questions = createInlineQuestions({ most: 2, now: () => time });
  const first = questions.remember(ANNA, 'раз');
  time = 3_599_999;
  expect(questions.recall(ANNA, first)).toBe('раз');
  time = 3_600_000;
  expect(questions.recall(ANNA, first)).toBe(null);
  const [one = '', two = '', three = ''] = ['раз', 'два', 'три'].map((question) =>
    questions.remember(ANNA, question),
  );
  expect(questions.recall(ANNA, one)).toBe(null);
  expect(questions.recall(ANNA, two)).toBe('два');
  const other = questions.remember(BORIS, 'четыре');
  questions.forget(ANNA);
  expect(questions.recall(ANNA, three)).toBe(null);
  expect(questions.recall(BORIS, other)).toBe('четыре');
});
