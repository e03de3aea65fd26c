import { describe, expect, it } from 'vitest';

import { analyzeQuestion, type Expected } from '../../../generation/answer/question.ts';

const terms = (question: string) => analyzeQuestion(question).terms;
const named = (question: string): string[] =>
  terms(question)
    .filter(({ isName }) => isName)
    .map(({ word }) => word);

describe('what is expected', () => {
  it.each<[string, Expected]>([
    ['Сколько стоит подписка?', 'price'],
    ['Какова цена GPT-4o?', 'price'],
    ['How much does it cost?', 'price'],
    ['Сколько человек живёт в Казани?', 'number'],
    ['Какова длина Волги?', 'number'],
    ['Какая площадь у Байкала?', 'number'],
    ['How many people live in Kazan?', 'number'],
    ['How tall is the Eddystone Lighthouse?', 'number'],
    ['What is the population of Kazan?', 'number'],
    ['В каком году родился Пушкин?', 'date'],
    ['Когда построили завод?', 'date'],
    ['When did the Titanic sink?', 'date'],
    ['In what year was it founded?', 'date'],
    ['Что такое метроном?', 'definition'],
    ['Кто такой Пушкин?', 'definition'],
    ['What is a metronome?', 'definition'],
    ['Кто открыл пенициллин?', 'person'],
    ['Чья это картина?', 'person'],
    ['Who discovered penicillin?', 'person'],
    ['Где находится Байкал?', 'place'],
    ['В каком городе родился Пушкин?', 'place'],
    ['Where is Lake Baikal?', 'place'],
    ['Which country won?', 'place'],
    ['Как называется столица Перу?', 'name'],
    ['What is the name of the river?', 'name'],
    ['Почему небо голубое?', 'any'],
    ['Why is the sky blue?', 'any'],
    ['', 'any'],
  ])('of «%s» is a %s', (question, expected) => {
    expect(analyzeQuestion(question).expected).toBe(expected);
  });

  it('is read from whole words', () => {
    expect(analyzeQuestion('Некто пришёл?').expected).toBe('any');
    expect(analyzeQuestion('Whenever it rains?').expected).toBe('any');
  });
});

describe('how much is wanted', () => {
  it.each([
    'Расскажи о Байкале',
    'Чем GigaChat отличается от GPT-4o?',
    'Почему небо голубое?',
    'Перечисли реки России',
    'How does a metronome work?',
    'Compare iron and steel',
    'Why is the sky blue?',
  ])('is more: %s', (question) => {
    expect(analyzeQuestion(question).wantsMore).toBe(true);
  });

  it.each(['Кто открыл пенициллин?', 'Какова длина Волги?', 'Who discovered penicillin?'])(
    'is one fact: %s',
    (question) => {
      expect(analyzeQuestion(question).wantsMore).toBe(false);
    },
  );

  it('is what a page says where only its link stands', () => {
    expect(analyzeQuestion('О чём эта статья: https://a.example/x').wantsSummary).toBe(true);
    expect(analyzeQuestion('О чём роман «Обломов»?').wantsSummary).toBe(false);
    expect(analyzeQuestion('Кто автор https://a.example/x?').wantsSummary).toBe(false);
  });
});

describe('the subject', () => {
  it('is words that say something, each once, in order', () => {
    expect(terms('Где впадает Волга и где исток Волги?').map(({ stem }) => stem)).toEqual([
      'впада',
      'волг',
      'исток',
    ]);
  });

  it('is all words where none says anything', () => {
    expect(terms('Кто это был?').map(({ word }) => word)).toEqual(['кто', 'это', 'был']);
  });

  it('is nothing of a link', () => {
    expect(terms('Кто написал https://en.example/who-was-it?').map(({ word }) => word)).toEqual([
      'написал',
    ]);
  });

  it('has names and numbers marked', () => {
    expect(named('Сколько лет Павлу Игнатьеву в 1932 году?')).toEqual([
      'павлу',
      'игнатьеву',
      '1932',
    ]);
    expect(named('чем DeepSeek-V3 лучше gpt-4o?')).toEqual(['deepseek', 'v3', '4o']);
    expect(named('Метроном был кем изобретён?')).toEqual(['метроном']);
    expect(named('Город основан когда?')).toEqual([]);
  });
});

describe('a courtesy', () => {
  it.each([
    ['Объясни, как работает паровой двигатель', ['работает', 'паровой', 'двигатель']],
    ['Можешь рассказать про Лютера?', ['лютера']],
    ['Расскажи подробнее: что такое кислород?', ['кислород']],
    ['Describe Warsaw', ['warsaw']],
    ['I would like to know about Genghis Khan', ['genghis', 'khan']],
  ])('is nothing to look for: %s', (question, words) => {
    expect(terms(question).map(({ word }) => word)).toEqual(words);
  });

  it('still tells that more is wanted', () => {
    expect(analyzeQuestion('Расскажи о Волге').wantsMore).toBe(true);
    expect(analyzeQuestion('Describe Warsaw').wantsMore).toBe(true);
    expect(analyzeQuestion('Скажи, кто открыл пенициллин?').wantsMore).toBe(false);
  });
});
