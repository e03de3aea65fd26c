import { expect, it } from 'vitest';

import { withoutCourtesy } from '../../../generation/answer/courtesy.ts';

it.each([
  ['Скажи, пожалуйста, кто открыл пенициллин?', 'кто открыл пенициллин?'],
  ['Не могли бы вы рассказать про Волгу?', 'Волгу?'],
  ['Вы не подскажете, где находится Байкал?', 'где находится Байкал?'],
  ['Знаете ли вы, сколько лет Земле?', 'сколько лет Земле?'],
  ['Хотелось бы узнать, когда вышел GPT-4', 'когда вышел GPT-4'],
  ['Расскажи подробнее о DeepSeek-R1', 'DeepSeek-R1'],
  ['Привет! Что такое GigaChat?', 'Что такое GigaChat?'],
  ['Интересно, почему небо голубое?', 'почему небо голубое?'],
  ['Подскажите как пройти в музей', 'как пройти в музей'],
  ['Скажи, о чём https://a.example/x', 'о чём https://a.example/x'],
  ['Could you please tell me who wrote Dracula?', 'who wrote Dracula?'],
  ['I’d like to know about Mars', 'Mars'],
  ['Do you know when it was built?', 'when it was built?'],
  ['Tell me more about DeepSeek', 'DeepSeek'],
  ['Explain why the sky is blue', 'why the sky is blue'],
])('leaves what is asked of: %s', (question, asked) => {
  expect(withoutCourtesy(question)).toBe(asked);
});

it.each([
  'Интересно ли в Казани?',
  'Можно ли узнать владельца по номеру?',
  'Нужно ли платить налог?',
  'Знает ли собака своё имя?',
  'Расскажи',
  'Tell me',
  'Hello',
  'Tell Tale Heart author',
  'Explanation of gravity',
  'Кто открыл пенициллин?',
  'Can you see the Great Wall from space?',
  '',
])('takes nothing away from: %s', (question) => {
  expect(withoutCourtesy(question)).toBe(question);
});
