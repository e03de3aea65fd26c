import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitSentences } from '../../../retrieval/text/sentences.ts';

/** Sentences of a text, apart by a bar. */
function cut(text: string): string {
  return splitSentences(text)
    .map((sentence) => sentence.text)
    .join(' | ');
}

describe('sentences', () => {
  it('end at a full stop, a question mark, an exclamation mark and an ellipsis', () => {
    expect(cut('Он ушёл. Кто? Никто! Тишина… Потом вернулся... И снова ушёл?! Да?.. Ладно.')).toBe(
      'Он ушёл. | Кто? | Никто! | Тишина… | Потом вернулся... | И снова ушёл?! | Да?.. | Ладно.',
    );
  });

  it.each(['бур', 'укр', 'др.-греч', 'тат', 'польск', 'каз', 'швед', 'ивр', 'яп', 'англ', 'неизв'])(
    'do not end at a language named in brackets: (%s.',
    (language) => {
      const text = `Байкал (${language}. Байгал далай) — озеро. Оно глубокое.`;
      expect(cut(text)).toBe(`Байкал (${language}. Байгал далай) — озеро. | Оно глубокое.`);
    },
  );

  it('end at a line break, whatever stands before it', () => {
    expect(cut('Заголовок\nТекст страницы\r\n\r\n  и ещё строка')).toBe(
      'Заголовок | Текст страницы | и ещё строка',
    );
  });

  it('know their places in the text', () => {
    expect(splitSentences('  Раз.  Два.\n')).toEqual([
      { text: 'Раз.', start: 2, end: 6 },
      { text: 'Два.', start: 8, end: 12 },
    ]);
  });

  it('are none in a text without any', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \n\u00a0\t')).toEqual([]);
  });

  it('go on where the next word is in lower case', () => {
    expect(cut('Yahoo! was sold in 2017. «Что?» — спросил он. Все молчали.')).toBe(
      'Yahoo! was sold in 2017. | «Что?» — спросил он. | Все молчали.',
    );
  });

  it('may begin with a name like iPhone', () => {
    expect(cut('It was shown in June. iPhone sales rose.')).toBe(
      'It was shown in June. | iPhone sales rose.',
    );
  });

  it.each([
    'Набор вышел в 2024 году. ruIFEval проверяет инструкции.',
    'Вопросы делятся на восемь категорий. «ruMT-Bench» — набор вопросов.',
    'The model was trained for months. xAI published it.',
    'Сервер раздаёт модель. vLLM пишут на Python.',
  ])('may begin with a name whose first letters are small: %s', (text) => {
    expect(splitSentences(text)).toHaveLength(2);
  });

  it('take closing quotation marks and footnotes along', () => {
    expect(
      cut('Он сказал: «Иду.» Она ушла. (Потом.) "Go!" He went.[1][2] Then night.[12] End.'),
    ).toBe(
      'Он сказал: «Иду.» | Она ушла. | (Потом.) | "Go!" | He went.[1][2] | Then night.[12] | End.',
    );
  });

  it('end at full-width marks without white space', () => {
    expect(cut('第一句。第二句！第三句？')).toBe('第一句。 | 第二句！ | 第三句？');
  });
});

describe('a full stop that ends no sentence', () => {
  it.each([
    'А. С. Пушкин родился в Москве.',
    'Это написал Дж. Р. Р. Толкин в Оксфорде.',
    'МГУ им. М. В. Ломоносова стоит на Воробьёвых горах.',
    'John F. Kennedy and J. R. R. Tolkien never met.',
    'J. Will Smith came.',
    'The U.S. Army and the U.N. Security Council disagreed.',
    'Dr. Smith and Mr. Jones met Ms. May at St. Peter.',
  ])('stands in a name: %s', (text) => {
    expect(cut(text)).toBe(text);
  });

  it.each([
    'Завод стоит в г. Москва на ул. Ленина, д. 5, кв. 12.',
    'Это т. е. Москва, в т. ч. Арбат, т. н. Старый город.',
    'Город (см. рис. 5 и табл. 2) вырос.',
    'В 44 г. до н. э. в Риме убили Цезаря.',
    'Дом стоит 5 млн руб. за метр.',
    'Наборы, напр. ruMT-Bench, и модели, т. е. ruGPT, вышли.',
    'Use it, e.g. This one, i.e. The best, vs. Others.',
    'It is No. 5, vol. II, fig. 3, pp. 10 of the book.',
    'He left at 6 a.m. on Monday, Jan. 5, as Google Inc. said.',
  ])('stands in an abbreviation: %s', (text) => {
    expect(cut(text)).toBe(text);
  });

  it.each([
    'Pi is 3.14 and e is 2.71.',
    'Версия 2.0 вышла 05.11.2024.',
    'Node.js, .NET и example.com.',
  ])('stands inside of a word or a number: %s', (text) => {
    expect(cut(text)).toBe(text);
  });

  it('stands after the number of an item', () => {
    expect(cut('1. Первый пункт. 2. Второй пункт.\n12. Last item.\na. Part')).toBe(
      '1. Первый пункт. | 2. Второй пункт. | 12. Last item. | a. Part',
    );
  });

  it('stands after the time that opens a sentence', () => {
    expect(
      cut(
        'В 1990 г. Иван уехал. До конца XIX в. Россия строила. В 1939—1945 гг. Германия воевала.',
      ),
    ).toBe(
      'В 1990 г. Иван уехал. | До конца XIX в. Россия строила. | В 1939—1945 гг. Германия воевала.',
    );
  });
});

describe('an abbreviation that also ends its sentence', () => {
  it.each([
    ['Это произошло в 1990 г. Он уехал.', 'Это произошло в 1990 г. | Он уехал.'],
    ['Яблоки, груши и т. д. Потом пришла зима.', 'Яблоки, груши и т. д. | Потом пришла зима.'],
    ['Яблоки, груши и т.п. Зима пришла.', 'Яблоки, груши и т.п. | Зима пришла.'],
    ['Он родился в XIX в. Потом уехал.', 'Он родился в XIX в. | Потом уехал.'],
    [
      'Рим основан в 753 г. до н. э. Легенда гласит иное.',
      'Рим основан в 753 г. до н. э. | Легенда гласит иное.',
    ],
    ['Площадь 100 кв. км. Население мало.', 'Площадь 100 кв. км. | Население мало.'],
    ['Высота 100 м. Он самый высокий.', 'Высота 100 м. | Он самый высокий.'],
    ['Он заплатил 5 млн руб. Иван рад.', 'Он заплатил 5 млн руб. | Иван рад.'],
    ['He lives in the U.S. He works there.', 'He lives in the U.S. | He works there.'],
    ['He has a Ph.D. The other has none.', 'He has a Ph.D. | The other has none.'],
    ['He came at 5 p.m. Everybody left.', 'He came at 5 p.m. | Everybody left.'],
    ['Is it so? No. He left.', 'Is it so? | No. | He left.'],
    ['Я отдал им. Они ушли.', 'Я отдал им. | Они ушли.'],
    ['В нём есть витамин C. Он полезен.', 'В нём есть витамин C. | Он полезен.'],
    ['Было −5 °C. Потом потеплело.', 'Было −5 °C. | Потом потеплело.'],
    ['Правил Пётр I. Россия росла.', 'Правил Пётр I. | Россия росла.'],
  ])('%s', (text, sentences) => {
    expect(cut(text)).toBe(sentences);
  });
});

describe('whatever the text', () => {
  const piece = fc.constantFrom(
    ...'Он the А г т е 1990 Ph.D . … ?! « » " ) ( [1] — 。 ё\u0301 😀 - \' , 1.'.split(' '),
    '. ',
    ' ',
    '\u00a0',
    '  ',
    '\n',
    '\r\n',
    '\u2028',
    '\ud83d',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  );

  it('sentences are what their places say, and leave nothing out but white space', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const sentences = splitSentences(text);
        let at = 0;
        for (const sentence of sentences) {
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          expect(text.slice(at, sentence.start).trim()).toBe('');
          expect(sentence.text.trim()).toBe(sentence.text);
          expect(sentence.text).not.toBe('');
          at = sentence.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });

  it.each([
    ['dots', `${'.'.repeat(100_000)}x`],
    ['marks', `${'?!'.repeat(50_000)}x`],
    ['blanks', `a${' '.repeat(100_000)}b`],
    ['footnotes', `.${'[1]'.repeat(30_000)}x`],
    ['closing marks', `.${'»'.repeat(100_000)}x`],
    ['initials', 'А. '.repeat(30_000)],
    ['years', '5 г. Б '.repeat(15_000)],
  ])('100,000 characters of %s take no time to speak of', (_name, text) => {
    const startedAt = performance.now();
    splitSentences(text);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
