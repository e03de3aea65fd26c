import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createMarkerReader, type Segment } from '../../citations/markers.ts';

describe('createMarkerReader', () => {
  test.each([
    ['[1]', [1]],
    ['[12]', [12]],
    ['[1, 2]', [1, 2]],
    ['[1,2]', [1, 2]],
    ['[1; 3]', [1, 3]],
    ['[1 и 2]', [1, 2]],
    ['[1 and 2]', [1, 2]],
    ['[1-3]', [1, 2, 3]],
    ['[1–3, 5]', [1, 2, 3, 5]],
    ['[^1]', [1]],
    ['[^1, ^2]', [1, 2]],
    ['[№1]', [1]],
    ['[#2]', [2]],
    ['[ 1 ]', [1]],
    ['【1】', [1]],
    ['【1†source】', [1]],
    ['【2†L10-L15】', [2]],
    ['［１］', [1]],
    ['[[1]]', [1]],
    ['\\[1\\]', [1]],
    ['[Source 1]', [1]],
    ['[источник 2]', [2]],
    ['[Источник: 2]', [2]],
    ['[2024]', [2024]],
    ['[0]', [0]],
  ])('reads %s as a marker', (marker, numbers) => {
    expect(readWhole(`до${marker} после`)).toEqual([
      { type: 'text', text: 'до' },
      { type: 'marker', numbers },
      { type: 'text', text: ' после' },
    ]);
  });

  test.each([
    '[10 000] рублей',
    '[10,000]',
    '[1990–1995]',
    '[3-1]',
    '[0, 1]',
    '[a]',
    '[]',
    '[текст](https://example.com)',
    '[x] сделано',
    '[1',
    '[1\n]',
    'массив `array[0]` и ``a `b[1]` ``',
    '```ts\nconst a = b[1];\n```',
    '~~~\n[1]\n```\n[2]\n~~~',
    '```\nне закрыт [1]',
  ])('leaves %j alone', (text) => {
    expect(readWhole(text)).toEqual([{ type: 'text', text }]);
  });

  test('reads neighbouring markers one by one', () => {
    expect(readWhole('да[1][2].')).toEqual([
      { type: 'text', text: 'да' },
      { type: 'marker', numbers: [1] },
      { type: 'marker', numbers: [2] },
      { type: 'text', text: '.' },
    ]);
  });

  test('drops the address that a model put behind a marker', () => {
    expect(readWhole('Да [1](https://made-up.example/a_(b)?c=1). И [2](см. ниже)')).toEqual([
      { type: 'text', text: 'Да ' },
      { type: 'marker', numbers: [1] },
      { type: 'text', text: '. И ' },
      { type: 'marker', numbers: [2] },
      { type: 'text', text: '(см. ниже)' },
    ]);
  });

  test('still reads markers after a backtick that opens no code, and after a closed fence', () => {
    expect(readWhole('Знак ` и [1]\nдальше')).toEqual([
      { type: 'text', text: 'Знак ` и ' },
      { type: 'marker', numbers: [1] },
      { type: 'text', text: '\nдальше' },
    ]);
    expect(readWhole('```\nx[1]\n```\n[2]')).toEqual([
      { type: 'text', text: '```\nx[1]\n```\n' },
      { type: 'marker', numbers: [2] },
    ]);
  });

  test('lets text go at once and holds back only what may be a marker', () => {
    const reader = createMarkerReader();
    expect(reader.push('Модель вышла [')).toEqual([{ type: 'text', text: 'Модель вышла ' }]);
    expect(reader.push('см')).toEqual([]);
    expect(reader.push('отри')).toEqual([{ type: 'text', text: '[смотри' }]);
    expect(reader.push('] и [1')).toEqual([{ type: 'text', text: '] и ' }]);
    expect(reader.push(']')).toEqual([{ type: 'marker', numbers: [1] }]);
    expect(reader.push('.')).toEqual([{ type: 'text', text: '.' }]);
    expect(reader.flush()).toEqual([]);
  });

  test('gives the same segments however the text was cut, and loses no text', () => {
    fc.assert(
      fc.property(modelText, fc.array(fc.nat(7), { minLength: 1 }), (text, sizes) => {
        expect(readCut(text, sizes)).toEqual(readWhole(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('passes text without brackets through unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(5)), (text, sizes) => {
        const plain = text.replace(/[[\]【】［］]/gu, '');
        const segments = readCut(plain, sizes);
        expect(segments.map((segment) => segment.type === 'text' && segment.text).join('')).toBe(
          plain,
        );
      }),
    );
  });
});

/** Text made of the pieces that are hard to tell apart. */
const modelText = fc
  .array(
    fc.constantFrom(
      '[',
      ']',
      '[1]',
      '[2, 3]',
      '【1】',
      '【4†source】',
      '[^1]',
      '[[',
      ']]',
      '\\[',
      '\\]',
      '\\',
      '`',
      '``',
      '```',
      '~~~',
      '\n',
      '\n\n',
      ' ',
      '1',
      '2',
      ',',
      '-',
      '–',
      '†',
      '№',
      '(',
      ')',

      '(https://a.b/c',
      '(http',
      'source',
      'sou',
      'источник',
      'слово',
      'a',
      'и',
      '.',
      '［',
      '１',
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

function readWhole(text: string): Segment[] {
  const reader = createMarkerReader();
  return joinText([...reader.push(text), ...reader.flush()]);
}

function readCut(text: string, sizes: readonly number[]): Segment[] {
  const reader = createMarkerReader();
  const segments: Segment[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const size = (sizes[turn % Math.max(1, sizes.length)] ?? 0) + 1;
    segments.push(...reader.push(text.slice(at, at + size)));
    at += size;
  }
  return joinText([...segments, ...reader.flush()]);
}

function joinText(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (segment.type === 'text' && last?.type === 'text') {
      joined[joined.length - 1] = { type: 'text', text: last.text + segment.text };
    } else joined.push(segment);
  }
  return joined;
}
