import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { detectLanguage } from '../../../retrieval/text/language.ts';

describe('Russian', () => {
  it.each([
    'Привет, как дела?',
    'Кто открыл пенициллин?',
    'чем DeepSeek-V3 лучше GPT-4o?',
    'Кто такие The Beatles и как называется альбом Please Please Me?',
    'что такое RAG',
    'Расскажи о Київ',
    'Что такое Қазақстан?',
    'Кто такой Тарас Шевченко?',
    'На кого оказывают влияние гуру?',
    'Волга',
    'ТАСС',
  ])('is «%s»', (text) => {
    expect(detectLanguage(text)).toBe('ru');
  });
});

describe('English', () => {
  it.each([
    'Who discovered penicillin?',
    'GigaChat?',
    'DeepSeek-V3 vs GPT-4o',
    'what',
    'What is die casting?',
    'Who is Le Corbusier?',
    'Who wrote Die Verwandlung?',
    'La La Land',
    'Los Angeles',
    'Che Guevara',
    'Mies van der Rohe',
    'Qui-Gon Jinn',
    'EST to IST',
    'naïve café',
  ])('is "%s"', (text) => {
    expect(detectLanguage(text)).toBe('en');
  });

  it.each(['', '   ', '12345', '👍', '?!', '\u0301'])('is what has no letters: %j', (text) => {
    expect(detectLanguage(text)).toBe('en');
  });
});

describe('another language', () => {
  it.each([
    ['Ukrainian', 'Де знаходиться Київ?'],
    ['Ukrainian without letters of its own', 'Хто написав Кобзар?'],
    ['Belarusian', 'Дзе знаходзіцца Мінск?'],
    ['Bulgarian', 'Къде се намира София?'],
    ['Bulgarian without letters of its own', 'Коя е столицата на България?'],
    ['Serbian', 'Шта је ово?'],
    ['Kazakh', 'Қазақстан қайда?'],
    ['German', 'Wie hoch ist der Eiffelturm?'],
    ['German in three words', 'Wo liegt Berlin?'],
    ['French', 'Où est Paris ?'],
    ['French with a name', 'Qui a écrit Les Misérables ?'],
    ['Spanish', '¿Cuándo nació Cervantes?'],
    ['Portuguese', 'Quem descobriu o Brasil?'],
    ['Italian', 'Quanto costa il nuovo iPhone?'],
    ['Dutch', 'Hoeveel inwoners heeft Amsterdam?'],
    ['Polish', 'Kto napisał Pana Tadeusza?'],
    ['Indonesian', 'Siapa presiden Indonesia?'],
    ['Chinese', '谁写了红楼梦?'],
    ['Japanese', '東京タワーの高さ'],
    ['Arabic', 'ما هي عاصمة مصر؟'],
    ['Greek', 'Ποιος είναι;'],
  ])('is seen: %s', (_name, text) => {
    expect(detectLanguage(text)).toBe('other');
  });
});

describe('a page', () => {
  it('keeps its language with foreign words in it', () => {
    const russian =
      'Поэт родился в селе Моринцы, и его «Кобзар» (укр. Кобзарь, «Як умру») читали все. ';
    expect(detectLanguage(russian.repeat(20))).toBe('ru');
    const english =
      'The song was written by Die Toten Hosen and is known as "Das ist der Moment". ';
    expect(detectLanguage(english.repeat(20))).toBe('en');
  });

  it('is known by its beginning', () => {
    expect(detectLanguage('река '.repeat(1000) + '河'.repeat(50_000))).toBe('ru');
  });
});

it('is found for any text without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(['ru', 'en', 'other']).toContain(detectLanguage(text));
    }),
  );
});
