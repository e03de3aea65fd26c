import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold, stem, stems, tokenize } from '../../../retrieval/text/terms.ts';

const words = (text: string): string[] => tokenize(text).map((token) => token.word);

describe('words', () => {
  it('are folded, stemmed and placed', () => {
    expect(tokenize('Ёлки in «Running»')).toEqual([
      { word: 'елки', stem: 'елк', start: 0, end: 4 },
      { word: 'in', stem: 'in', start: 5, end: 7 },
      { word: 'running', stem: 'run', start: 9, end: 16 },
    ]);
  });

  it('lose stress marks, soft hyphens and invisible breaks, not the breve of й', () => {
    expect(words('Вы́ставочный')).toEqual(['выставочный']);
    expect(words('вы\u00adстав\u200bоч\u2060ный')).toEqual(['выставочный']);
    expect(words('Й й и\u0306')).toEqual(['й', 'й', 'й']);
  });

  it('are one whether they are written with ё or е', () => {
    expect(words('ёлка/елка')).toEqual(['елка', 'елка']);
  });

  it('come apart at a hyphen, and keep digits that stand among their letters', () => {
    expect(words('GPT-4o DeepSeek-V3 T-34 H2O 20th IPv6')).toEqual([
      'gpt',
      '4o',
      'deepseek',
      'v3',
      't',
      '34',
      'h2o',
      '20th',
      'ipv6',
    ]);
  });

  it('know the languages of the C family from the letter', () => {
    expect(words('C, C++, c# и F#.')).toEqual(['c', 'c++', 'c#', 'и', 'f#']);
  });

  it('keep an apostrophe inside, whichever it is, and lose a genitive', () => {
    expect(words("O’Brien O'Brien don’t Putin's Students' 'quoted'")).toEqual([
      "o'brien",
      "o'brien",
      "don't",
      'putin',
      'students',
      'quoted',
    ]);
  });

  it('are what they look like, in whatever form they are encoded', () => {
    expect(words('ﬁne Ⅳ İstanbul м²')).toEqual(['fine', 'iv', 'istanbul', 'м2']);
  });

  it('are none in a text without letters and digits', () => {
    expect(tokenize(' — 😀 «…» \u0301')).toEqual([]);
    expect(tokenize('')).toEqual([]);
  });
});

describe('numbers', () => {
  it.each([
    ['22 338 618', ['22338618']],
    ['22\u00a0338\u00a0618 человек', ['22338618', 'человек']],
    ['22,338,618', ['22338618']],
    ['1.234.567', ['1234567']],
    ['1,234.5', ['1234.5']],
    ['1 000 000,5', ['1000000.5']],
    ['37,6', ['37.6']],
    ['37.6', ['37.6']],
    ['Температура 37,6. Жар.', ['температура', '37.6', 'жар']],
    ['0,125 and 0.125', ['0.125', 'and', '0.125']],
    ['в 2010 200 человек', ['в', '2010', '200', 'человек']],
    ['1999, 2000 и 2001', ['1999', '2000', 'и', '2001']],
    ['10 и 20%', ['10', 'и', '20']],
  ])('of «%s»', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['05.11.2024', ['05', '11', '2024']],
    ['2024-11-05', ['2024', '11', '05']],
    ['12:30', ['12', '30']],
    ['3.5.1', ['3', '5', '1']],
    ['192.168.1.1', ['192', '168', '1', '1']],
  ])('of a date, a time or a version stand apart: %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('know their places with their separators', () => {
    expect(tokenize('всего 22 338 618.')[1]).toEqual({
      word: '22338618',
      stem: '22338618',
      start: 6,
      end: 16,
    });
  });
});

describe('stems', () => {
  it('bring the cases of a Russian word together', () => {
    expect(new Set(stems('река реки реке рекой'))).toEqual(new Set(['рек']));
    expect(stem('выставочный')).toBe(stem('выставочная'));
  });

  it('bring the forms of an English word together, irregular verbs too', () => {
    expect(stem('discovered')).toBe(stem('discovers'));
    expect(stem('began')).toBe(stem('begin'));
    expect(stem('written')).toBe(stem('writing'));
  });

  it('leave words of other scripts, mixed words and numbers as they are', () => {
    expect(['ποταμός', '河', '4o', '22338618', "don't"].map((word) => stem(word))).toEqual([
      'ποταμός',
      '河',
      '4o',
      '22338618',
      "don't",
    ]);
  });
});

describe('whatever the text', () => {
  it('words stand where they say, in order, and the same words come of their text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        ..."ё Й a Z 1 22 333 . , ' ’ - + # 😀 ½ ² ٣ ﷺ 's".split(' '),
        ' ',
        '\u00a0',
        '\u2009',
        '\n',
        '\u0301',
        '\u00ad',
        '\u200b',
        '\ud83d',
      ),
      { maxLength: 40 },
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      pieces.map((each) => each.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const { word, start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}]/u);
          expect(word).not.toBe('');
          at = end;
        }
      }),
    );
  });

  it('no letter or digit is left out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        let rest = text;
        for (const { start, end } of tokenize(text).toReversed()) {
          rest = rest.slice(0, start) + rest.slice(end);
        }
        expect(rest).not.toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });

  it('folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it.each([
    ['digits', '1'.repeat(100_000)],
    ['groups of digits', `${'123 '.repeat(25_000)}1234`],
    ['digits and commas', '1,'.repeat(50_000)],
    ['a long decimal', `${'1'.repeat(50_000)}.${'1'.repeat(50_000)}x`],
    ['a letter with marks', `а${'\u0301\u0323'.repeat(50_000)}`],
    ['apostrophes', "a'".repeat(50_000)],
    ['ligatures', 'ﷺ'.repeat(100_000)],
  ])('100,000 characters of %s take no time to speak of', (_name, text) => {
    const startedAt = performance.now();
    tokenize(text);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
