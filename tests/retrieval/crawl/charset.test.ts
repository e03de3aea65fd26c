import { describe, expect, test } from 'vitest';

import { decodeText, detectCharset } from '../../../retrieval/crawl/charset.ts';
import { encodeText } from '../../support/charset-encoder.ts';

const SENTENCES = [
  'Озеро Байкал считается самым глубоким озером планеты: его глубина достигает 1642 метров.',
  'Поезд отправляется в 7:45 с третьего пути, опоздавшие ждут следующего до вечера.',
  'МОСКВА',
  'Привет',
  'ОБЪЯВЛЕНИЕ О ПРОВЕДЕНИИ СОБРАНИЯ ЖИЛЬЦОВ',
  'Ёжик съел 3 яблока (и 2 груши).',
  'Цена: 1200 руб.',
];

const LONG_SENTENCE = SENTENCES[0] ?? '';

describe('decodeText without a label', () => {
  for (const charset of ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5']) {
    test.each(SENTENCES)(`reads ${charset}: %s`, (sentence) => {
      expect(decodeText(encodeText(sentence, charset), null)).toBe(sentence);
    });

    test(`reads ${charset} inside markup`, () => {
      const html = `<html><head><title>News</title></head><body class="main"><p>${LONG_SENTENCE}</p></body></html>`;
      expect(decodeText(encodeText(html, charset), 'text/html')).toBe(html);
    });
  }

  test('reads what a Macintosh wrote, where it differs from windows-1251', () => {
    const text = 'Ясная погода стоит на Байкале: «вода прозрачная», — пишут рыбаки.';
    expect(decodeText(encodeText(text, 'x-mac-cyrillic'), null)).toBe(text);
    expect(detectCharset(encodeText(text, 'windows-1251'), null)).toBe('windows-1251');
  });

  test.each(SENTENCES)('reads UTF-16 without a mark: %s', (sentence) => {
    const bytes = Buffer.from(sentence, 'utf16le');
    expect(decodeText(bytes, null)).toBe(sentence);
    expect(decodeText(Buffer.from(bytes).swap16(), 'text/plain; charset=utf-8')).toBe(sentence);
  });

  test('reads UTF-8', () => {
    expect(decodeText(Buffer.from(LONG_SENTENCE), null)).toBe(LONG_SENTENCE);
  });

  test('reads Russian typography in windows-1251', () => {
    const text = '«Да», — сказал он… и вышел. № 5';
    expect(decodeText(encodeText(text, 'windows-1251'), null)).toBe(text);
  });

  test.each([
    'Le café de la gare est fermé à midi.',
    'Übergrößen für Männer und ältere Gäste',
    'The “quoted” word – and the naïve one',
    'Señor Muñoz llegará mañana',
  ])('takes Latin text with accents for windows-1252: %s', (text) => {
    expect(decodeText(encodeText(text, 'windows-1252'), null)).toBe(text);
  });

  test('reads UTF-8 that was cut in the middle of a character', () => {
    const bytes = Buffer.from(LONG_SENTENCE).subarray(0, 61);
    expect(detectCharset(bytes, null)).toBe('utf-8');
    expect(decodeText(bytes, 'text/html; charset=utf-8')).toContain('Озеро Байкал считается');
  });

  test('reads UTF-16 markup without a mark', () => {
    const html = '<html><body><p>plain words in wide letters</p></body></html>';
    expect(decodeText(Buffer.from(html, 'utf16le'), null)).toBe(html);
  });

  test.each(['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'])(
    'reads a few words in %s',
    (charset) => {
      for (const words of [
        'ключ от сейфа',
        'ПАРОЛЬ: РОМАШКА',
        'Цена 500',
        'город;жители\nТверь;5',
      ]) {
        expect(decodeText(encodeText(words, charset), null)).toBe(words);
      }
    },
  );

  test('reads nothing as nothing', () => {
    expect(decodeText(new Uint8Array(), null)).toBe('');
  });
});

describe('decodeText of pieces in two charsets', () => {
  const comment = 'Поезд отправляется в 7:45 с третьего пути.';

  test.each(['windows-1251', 'koi8-r', 'ibm866'])('reads %s within a page of UTF-8', (charset) => {
    const bytes = Buffer.concat([
      Buffer.from(`<p>${LONG_SENTENCE}</p>\n<p>`.repeat(3)),
      encodeText(comment, charset),
      Buffer.from(`</p><p>${LONG_SENTENCE}</p>`),
    ]);
    const text = decodeText(bytes, 'text/html; charset=utf-8');
    expect(text).toContain(`<p>${comment}</p>`);
    expect(text.split(LONG_SENTENCE)).toHaveLength(5);
  });

  test.each(['text/html; charset=windows-1251', null])(
    'reads UTF-8 within windows-1251',
    (label) => {
      const bytes = Buffer.concat([
        encodeText(`<p>${LONG_SENTENCE}</p>`.repeat(5), 'windows-1251'),
        Buffer.from(`<div>${comment}</div>`),
      ]);
      const text = decodeText(bytes, label);
      expect(text).toBe(`${`<p>${LONG_SENTENCE}</p>`.repeat(5)}<div>${comment}</div>`);
    },
  );

  test('leaves a sign or two that are broken as they are', () => {
    const bytes = Buffer.concat([Buffer.from(LONG_SENTENCE), Buffer.from([0xa9, 0x20, 0xb9])]);
    expect(decodeText(bytes, 'text/html')).toBe(`${LONG_SENTENCE}\uFFFD \uFFFD`);
  });

  test('takes no longer for a large page of many tags', () => {
    const bytes = encodeText('<b>Да</b>\n'.repeat(400_000), 'windows-1251');
    const start = performance.now();
    expect(decodeText(bytes, 'text/html; charset=windows-1251').slice(0, 9)).toBe('<b>Да</b>');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('decodeText with a label', () => {
  test('believes the header', () => {
    const bytes = encodeText('Да', 'koi8-r');
    expect(decodeText(bytes, 'text/html; charset="KOI8-R"')).toBe('Да');
  });

  test.each([
    '<meta charset="windows-1251">',
    "<META CHARSET='cp1251'>",
    '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    '<!-- <meta charset="koi8-r"> --><meta charset=windows-1251>',
    '<?xml version="1.0" encoding="windows-1251"?>',
  ])('believes %s', (declaration) => {
    const html = `${declaration}<p>эй</p>`;
    expect(detectCharset(encodeText(html, 'windows-1251'), 'text/html')).toBe('windows-1251');
    expect(decodeText(encodeText(html, 'windows-1251'), 'text/html')).toBe(html);
  });

  test.each([
    ['windows1251', 'windows-1251'],
    ['WIN-1251', 'windows-1251'],
    ['CP1251', 'windows-1251'],
    ['KOI-8', 'koi8-r'],
    ['cp-866', 'ibm866'],
    ['mac-cyrillic', 'x-mac-cyrillic'],
  ])('knows %s, as it is written by hand, for %s', (label, charset) => {
    const text = 'Тогда и эта весна придёт: ять';
    expect(decodeText(encodeText(text, charset), `text/html; charset=${label}`)).toBe(text);
  });

  test.each([
    ['utf-8', 'windows-1251'],
    ['windows-1251', 'utf-8'],
    ['koi8-r', 'windows-1251'],
  ])('is not deceived by %s inside a page of %s', (label, charset) => {
    const html = `<meta charset="${label}"><p>${LONG_SENTENCE}</p>`;
    const bytes = charset === 'utf-8' ? Buffer.from(html) : encodeText(html, charset);
    expect(decodeText(bytes, 'text/html')).toBe(html);
  });

  test('puts the order mark above every label', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('слово', 'utf16le')]);
    expect(decodeText(utf16, 'text/plain; charset=windows-1251')).toBe('слово');
    const utf8 = Buffer.from('\uFEFFслово');
    expect(decodeText(utf8, 'text/plain; charset=koi8-r')).toBe('слово');
  });

  test.each([
    ['utf-8', 'windows-1251'],
    ['utf-8', 'koi8-r'],
    ['iso-8859-1', 'windows-1251'],
    ['windows-1252', 'koi8-r'],
    ['windows-1252', 'ibm866'],
    ['windows-1251', 'koi8-r'],
    ['koi8-r', 'windows-1251'],
    ['no-such-charset', 'windows-1251'],
    ['utf-8', 'iso-8859-5'],
    ['windows-1251', 'iso-8859-5'],
    ['iso-8859-5', 'windows-1251'],
    ['iso-8859-5', 'koi8-r'],
    ['koi8-r', 'ibm866'],
  ])('is not deceived by %s over %s', (label, charset) => {
    const bytes = encodeText(LONG_SENTENCE, charset);
    expect(decodeText(bytes, `text/html; charset=${label}`)).toBe(LONG_SENTENCE);
  });

  test.each(['windows-1251', 'iso-8859-1', 'koi8-r'])(
    'is not deceived by %s over UTF-8',
    (label) => {
      const bytes = Buffer.from(LONG_SENTENCE);
      expect(decodeText(bytes, `text/html; charset=${label}`)).toBe(LONG_SENTENCE);
    },
  );

  test('keeps a right label for a language it cannot judge', () => {
    const text = 'Zażółć gęślą jaźń';
    expect(decodeText(encodeText(text, 'iso-8859-2'), 'text/plain; charset=iso-8859-2')).toBe(text);
  });

  test('keeps a right label for Ukrainian and Bulgarian', () => {
    const ukrainian = 'Її їжачок з’їв ґудзик і єдину грушу';
    const bulgarian = 'Българският език е южнославянски език';
    const label = 'text/plain; charset=windows-1251';
    expect(decodeText(encodeText(ukrainian, 'windows-1251'), label)).toBe(ukrainian);
    expect(decodeText(encodeText(bulgarian, 'windows-1251'), label)).toBe(bulgarian);
  });

  test('drops NUL characters', () => {
    expect(decodeText(Buffer.from('one\0two'), 'text/plain')).toBe('onetwo');
  });
});
