import { describe, expect, test } from 'vitest';

import { questionInText } from '../../../generation/answer/question-in-text.ts';
import { startReport } from '../../../generation/answer/start-report.ts';

const RUSSIAN = `Команда DeepSeek выпустила модель DeepSeek-V3 с 671 млрд параметров. На каждый токен работают 37 млрд из них.
Обучение шло на 14,8 трлн токенов, в точности FP8. Зачем понадобилась такая точность? Она вдвое сократила память.
По словам авторов, внимание устроено иначе, чем у предшественников. «Мы долго искали решение», — говорят они. `;
const ENGLISH = `The DeepSeek team released DeepSeek-V3, a model with 671 billion parameters. Each token uses 37 billion of them.
Training took 14.8 trillion tokens in FP8 precision. Why was such a precision needed? It halved the memory.
According to the authors, attention works differently from its predecessors. "We searched for a long time," they say. `;

const russianText = RUSSIAN.repeat(12).trim();
const englishText = ENGLISH.repeat(12).trim();
const flat = (text: string): string => text.replaceAll('\n', ' ');

describe('of a long text what is asked is', () => {
  test.each([
    [
      'the question below it',
      `${russianText}\n\nЧем GigaChat отличается от DeepSeek-V3?`,
      'Чем GigaChat отличается от DeepSeek-V3?',
    ],
    [
      'the question above it',
      `Кто основал компанию DeepSeek?\n\n${russianText}`,
      'Кто основал компанию DeepSeek?',
    ],
    [
      'the question below it, with thanks',
      `${russianText}\n\nСколько стоило обучение DeepSeek-V3? Заранее спасибо!`,
      'Сколько стоило обучение DeepSeek-V3?',
    ],
    [
      'the request above it',
      `Объясните, как устроена смесь экспертов.\n${russianText}`,
      'Объясните, как устроена смесь экспертов.',
    ],
    [
      'the request after a greeting',
      `Добрый день! Сравни, пожалуйста, точность FP8 и BF16:\n${russianText}`,
      'Сравни, пожалуйста, точность FP8 и BF16:',
    ],
    [
      'the request below it',
      `${russianText}\n\nРасскажи подробнее о смеси экспертов`,
      'Расскажи подробнее о смеси экспертов',
    ],
    [
      'a question without its mark',
      `${russianText}\n\nсколько параметров у GigaChat`,
      'сколько параметров у GigaChat',
    ],
    [
      'what its last sentence asks',
      `${flat(russianText)} Когда выйдет DeepSeek-R1?`,
      'Когда выйдет DeepSeek-R1?',
    ],
    [
      'what its first sentence asks',
      `Что такое точность FP8? ${flat(russianText)}`,
      'Что такое точность FP8?',
    ],
    [
      'the last question in it, when nothing else asks',
      russianText
        .replace('Зачем понадобилась такая точность?', 'Зачем нужна точность FP8?')
        .replaceAll('Зачем понадобилась такая точность?', ''),
      'Зачем нужна точность FP8?',
    ],
    [
      'the question below it',
      `${englishText}\n\nHow does GigaChat differ from DeepSeek-V3?`,
      'How does GigaChat differ from DeepSeek-V3?',
    ],
    [
      'the question above it',
      `Who founded the company DeepSeek?\n\n${englishText}`,
      'Who founded the company DeepSeek?',
    ],
    [
      'the question below it, with thanks',
      `${englishText}\n\nHow much did the training of DeepSeek-V3 cost? Thanks!`,
      'How much did the training of DeepSeek-V3 cost?',
    ],
    [
      'the request above it',
      `Please explain how a mixture of experts works.\n${englishText}`,
      'Please explain how a mixture of experts works.',
    ],
    [
      'the request below it',
      `${englishText}\n\nCould you compare FP8 with BF16`,
      'Could you compare FP8 with BF16',
    ],
    [
      'a question without its mark',
      `${englishText}\n\nhow many parameters does GigaChat have`,
      'how many parameters does GigaChat have',
    ],
    [
      'what its last sentence asks',
      `${flat(englishText)} When will DeepSeek-R1 come out?`,
      'When will DeepSeek-R1 come out?',
    ],
    [
      'the Russian question about an English text',
      `${englishText}\n\nНа скольких токенах обучали DeepSeek-V3?`,
      'На скольких токенах обучали DeepSeek-V3?',
    ],
    [
      'the question before the one that leans on it',
      `${russianText}\n\nКто основал компанию DeepSeek? И когда?`,
      'Кто основал компанию DeepSeek? И когда?',
    ],
    [
      'the text’s subject, when the question only points at it',
      `${russianText}\n\nКакой главный вывод отсюда?`,
      'Команда DeepSeek выпустила модель DeepSeek-V3 с 671 млрд параметров. Какой главный вывод отсюда?',
    ],
    [
      'the text’s subject, when it is to be summed up',
      `Summarise the text:\n${englishText}`,
      'The DeepSeek team released DeepSeek-V3, a model with 671 billion parameters. Summarise the text:',
    ],
  ])('%s', (_name, text, standalone) => {
    expect(text.length).toBeGreaterThan(2000);
    expect(questionInText(text)?.standalone).toBe(standalone);
  });

  test.each([
    ['a text in which nobody asks', 'Это предложение вставлено из буфера обмена. '.repeat(94)],
    ['words in a row', 'слово '.repeat(400)],
    ['one question word for ever', 'Почему? '.repeat(625)],
    ['an address with a question mark', `https://example.org/${'a'.repeat(2_500)}?`],
    ['more than anybody pastes', `${'Слово. '.repeat(3_000)}Кто открыл пенициллин?`],
  ])('nothing: %s', (_name, text) => {
    expect(questionInText(text)).toBeNull();
  });
});

test('of an endless question its end is kept, from a clause on', () => {
  const text = `${'Слово за слово, '.repeat(150)}кто же открыл пенициллин?`;
  const { standalone = '' } = questionInText(text) ?? {};
  expect(standalone.length).toBeLessThanOrEqual(300);
  expect(standalone).toMatch(/^Слово за слово, .*кто же открыл пенициллин\?$/u);
});

test('nothing makes the question longer than it may be', () => {
  const text = `${'Длинное начало без конца '.repeat(100)}.\n\nО чём это?`;
  const { standalone = '' } = questionInText(text) ?? {};
  expect(standalone.length).toBeLessThanOrEqual(300);
  expect(standalone).toMatch(/^Длинное начало .* О чём это\?$/u);
});

test('a long text is answered in the language of its question', () => {
  const question = `${englishText}\n\nНа скольких токенах обучали DeepSeek-V3?`;
  const options = { generator: 'extractive', maxQuestionLength: 2000 };
  expect(startReport({ question, length: 'short' }, options)).toMatchObject({
    question,
    standaloneQuestion: 'На скольких токенах обучали DeepSeek-V3?',
    language: 'ru',
  });
});

test('a text that is no longer than a question may be stays as it is', () => {
  const question = 'Я читаю о пенициллине. Кто его открыл?';
  const options = { generator: 'extractive', maxQuestionLength: 2000 };
  expect(startReport({ question, length: 'short' }, options).standaloneQuestion).toBe(question);
});
