import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Block } from '../../../retrieval/passage.ts';
import { chunkBlocks } from '../../../retrieval/text/chunk.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const countWords = (text: string): number => text.match(/\S+/gu)?.length ?? 0;
const bare = (parts: readonly { text: string }[]): string =>
  parts
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/gu, '');
const sentence = (words: number, first = 'Раз'): string => `${first}${' два'.repeat(words - 1)}.`;

describe('passages', () => {
  it('are sentences of about the target, blocks apart by a line break', () => {
    const blocks = [paragraph('Раз два. Три четыре.'), paragraph('Пять шесть. Семь восемь.')];
    expect(chunkBlocks(blocks, { targetWords: 6, maxWords: 10 })).toEqual([
      { heading: null, place: null, text: 'Раз два. Три четыре.\nПять шесть.' },
      { heading: null, place: null, text: 'Семь восемь.' },
    ]);
  });

  it('go a little over the target rather than leave a stump', () => {
    const blocks = [paragraph([sentence(9), sentence(2), sentence(9)].join(' '))];
    const chunks = chunkBlocks(blocks, { targetWords: 10, maxWords: 20 });
    expect(chunks.map(({ text }) => countWords(text))).toEqual([11, 9]);
  });

  it('begin anew at a heading and carry it', () => {
    const blocks: Block[] = [
      paragraph('Вступление.'),
      { kind: 'heading', text: 'История' },
      paragraph('Было.'),
      { kind: 'heading', text: 'География' },
      { kind: 'heading', text: 'Реки' },
      paragraph('Течёт.'),
    ];
    expect(chunkBlocks(blocks)).toEqual([
      { heading: null, place: null, text: 'Вступление.' },
      { heading: 'История', place: null, text: 'Было.' },
      { heading: 'Реки', place: null, text: 'Течёт.' },
    ]);
  });

  it('keep the lines of code and of tables', () => {
    const blocks: Block[] = [
      paragraph('Пример:'),
      { kind: 'code', text: 'if (a) {\n  b();\n}' },
      { kind: 'table-row', text: 'Волга | 3530' },
      { kind: 'table-row', text: 'Ока | 1500' },
    ];
    expect(chunkBlocks(blocks)).toEqual([
      {
        heading: null,
        place: null,
        text: 'Пример:\nif (a) {\n  b();\n}\nВолга | 3530\nОка | 1500',
      },
    ]);
  });

  it('are none of no blocks, and of headings alone', () => {
    expect(chunkBlocks([])).toEqual([]);
    expect(chunkBlocks([{ kind: 'heading', text: 'Реки' }])).toEqual([]);
  });
});

const rows = (...texts: string[]): Block[] => texts.map((text) => ({ kind: 'table-row', text }));
const models = Array.from({ length: 9 }, (_, at) => `Модель ${at} | ${at} млрд | MIT`);
const item = (text: string): Block => ({ kind: 'list-item', text });
const line = (at: number): string => `let value${at} = ${at};`;
const onPages = (text: string, from: number, to = from): Block => ({
  kind: 'paragraph',
  text,
  place: { unit: 'page', from, to },
});

describe('a table', () => {
  it('has the row that names its columns again in each passage that goes on with it', () => {
    const header = 'Название | Параметры | Лицензия';
    const chunks = chunkBlocks(rows(header, ...models), { targetWords: 30, maxWords: 40 });
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text } of chunks) {
      expect(text.split('\n')[0]).toBe(header);
      expect(countWords(text)).toBeLessThanOrEqual(40);
    }
    const told = chunks.flatMap(({ text }) => text.split('\n').slice(1));
    expect(told).toEqual(models);
  });

  it('repeats no row that says something itself', () => {
    const facts = ['Длина | 3530 км', 'Исток | Волговерховье', 'Устье | Каспийское море'];
    const chunks = chunkBlocks(rows(...facts), { targetWords: 4, maxWords: 8 });
    expect(chunks.flatMap(({ text }) => text.split('\n'))).toEqual(facts);
  });

  it('does not lend its columns to the table after the next paragraph', () => {
    const one = rows('Имя | Год | Город', 'А | 1 | Б', 'В | 2 | Г');
    const chunks = chunkBlocks(
      [...one, paragraph('Иное.'), ...rows('Раз | 5', 'Два | 6', 'Три | 7')],
      {
        targetWords: 5,
        maxWords: 6,
      },
    );
    const last = chunks.at(-1)?.text ?? '';
    expect(last).toContain('Три | 7');
    expect(last).not.toContain('Город');
  });

  it('keeps its sentence of introduction and its columns together', () => {
    const blocks = [
      paragraph(`${sentence(20)} Модели сведены ниже:`),
      ...rows('Название | Параметры | Лицензия', ...models),
    ];
    const chunks = chunkBlocks(blocks, { targetWords: 24, maxWords: 60 });
    expect(chunks[1]?.text).toMatch(
      /^Модели сведены ниже:\nНазвание \| Параметры \| Лицензия\nМодель 0/u,
    );
  });
});

describe('what introduces', () => {
  it('a list stays with its first items', () => {
    const blocks = [paragraph(`${sentence(10)} Нужны:`), item('мука белая,'), item('сахар.')];
    const chunks = chunkBlocks(blocks, { targetWords: 11, maxWords: 20 });
    expect(chunks.map(({ text }) => text.split('\n').at(0))).toEqual([sentence(10), 'Нужны:']);
    expect(chunks[1]?.text).toBe('Нужны:\nмука белая,\nсахар.');
  });

  it('code stays above it, though it ends with a full stop', () => {
    const code: Block = { kind: 'code', text: 'npm ci\nnpm start\nnpm run demo' };
    const blocks = [paragraph(sentence(9)), paragraph('Так оно запускается.'), code];
    const chunks = chunkBlocks(blocks, { targetWords: 12, maxWords: 20 });
    expect(chunks.map(({ text }) => text)).toEqual([
      sentence(9),
      'Так оно запускается.\nnpm ci\nnpm start\nnpm run demo',
    ]);
  });

  it('stays behind where both together would be too long', () => {
    const blocks = [paragraph(`${sentence(8)} Нужны:`), item(sentence(10))];
    const chunks = chunkBlocks(blocks, { targetWords: 9, maxWords: 10 });
    expect(chunks.map(({ text }) => countWords(text))).toEqual([9, 10]);
  });
});

describe('code', () => {
  it('stays whole up to the longest passage', () => {
    const text = Array.from({ length: 8 }, (_, at) => line(at)).join('\n');
    const chunks = chunkBlocks([paragraph(sentence(5)), { kind: 'code', text }], {
      targetWords: 10,
      maxWords: 32,
    });
    expect(chunks.at(-1)?.text).toContain(text);
  });

  it('beyond that is cut between its lines', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `  ${line(at)}`);
    const chunks = chunkBlocks([{ kind: 'code', text: lines.join('\n') }], {
      targetWords: 20,
      maxWords: 32,
    });
    expect(chunks.flatMap(({ text }) => text.split('\n')).map((each) => each.trim())).toEqual(
      lines.map((each) => each.trim()),
    );
  });
});

describe('the place of a passage', () => {
  it('reaches from its first page to its last', () => {
    const chunks = chunkBlocks([onPages('Раз два.', 3), onPages('Три.', 4, 5)]);
    expect(chunks.map(({ place }) => place)).toEqual([{ unit: 'page', from: 3, to: 5 }]);
  });

  it('begins anew with the next passage', () => {
    const blocks = [onPages('Раз два.', 1), onPages('Три четыре.', 2)];
    const chunks = chunkBlocks(blocks, { targetWords: 2, maxWords: 3 });
    expect(chunks.map(({ place }) => place?.from)).toEqual([1, 2]);
  });
});

describe('what is too long', () => {
  it('is cut between words where it is a sentence', () => {
    const chunks = chunkBlocks([paragraph(sentence(25))], { targetWords: 10, maxWords: 10 });
    expect(chunks.map(({ text }) => countWords(text))).toEqual([10, 10, 5]);
  });

  it('is cut anywhere where it is one word', () => {
    const chunks = chunkBlocks([paragraph('я'.repeat(50_000))]);
    expect(chunks.map(({ text }) => text).join('')).toBe('я'.repeat(50_000));
    expect(Math.max(...chunks.map(({ text }) => text.length))).toBeLessThan(5000);
  });

  it('is never cut within a character', () => {
    const text = `a${'😀'.repeat(20_000)}`;
    const chunks = chunkBlocks([paragraph(text)]);
    expect(chunks.every((chunk) => chunk.text.isWellFormed())).toBe(true);
    expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
  });
});

describe('whatever the blocks', () => {
  const kinds = fc.constantFrom('paragraph', 'list-item', 'table-row', 'code', 'quotation');
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(fc.constantFrom('Река', 'a', '.', ' ', '\n', '«Да».', 'т. д.', '1.', 'я'.repeat(90)), {
        maxLength: 40,
      })
      .map((pieces) => pieces.join(' ')),
  );
  const blocks = fc.array(fc.record({ kind: kinds, text: texts }) as fc.Arbitrary<Block>, {
    maxLength: 8,
  });
  const limits = fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }))
    .map(([targetWords, more]) => ({ targetWords, maxWords: targetWords + more }));

  it('no passage is empty or exceeds the limit, and no word is lost', () => {
    fc.assert(
      fc.property(blocks, limits, (given, options) => {
        const chunks = chunkBlocks(given, options);
        for (const { text } of chunks) {
          expect(text.trim()).not.toBe('');
          expect(countWords(text)).toBeLessThanOrEqual(options.maxWords);
        }
        expect(bare(chunks)).toBe(bare(given));
      }),
    );
  });
});
