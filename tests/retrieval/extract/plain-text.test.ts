import { describe, expect, test } from 'vitest';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';

function read(text: string, contentType: string, url = 'https://example.org/notes'): ExtractedPage {
  const fetchedAt = '2026-11-22T12:00:00.000Z';
  return extractTextPage({ url, contentType, text, fetchedAt, lastModified: null });
}

/** `1-2 paragraph: text`, a line a block. */
function placed({ blocks }: ExtractedPage): string[] {
  return blocks.map(({ kind, text, place }) => `${place?.from}-${place?.to} ${kind}: ${text}`);
}

test('plain text becomes paragraphs, its first short line the title', () => {
  const page = read('Заметки\r\n\r\nПервая строка\r\nи вторая.\r\n\r\n\r\nКонец.', 'text/plain');
  expect(page.title).toBe('Заметки');
  expect(page.language).toBe('ru');
  expect(page.blocks).toEqual([
    { kind: 'paragraph', text: 'Заметки', place: { unit: 'line', from: 1, to: 1 } },
    { kind: 'paragraph', text: 'Первая строка и вторая.', place: { unit: 'line', from: 3, to: 4 } },
    { kind: 'paragraph', text: 'Конец.', place: { unit: 'line', from: 7, to: 7 } },
  ]);
});

test('underlined lines are headings, and what stands behind a mark is an item', () => {
  const text = 'Состав\n======\nМука и вода:\n- мука\n  ржаная\n2. вода\n— Соль? — спросил он.';
  expect(placed(read(text, 'text/plain'))).toEqual([
    '1-1 heading: Состав',
    '3-3 paragraph: Мука и вода:',
    '4-5 list-item: мука ржаная',
    '6-6 list-item: 2. вода',
    '7-7 paragraph: — Соль? — спросил он.',
  ]);
});

test('a line that was ended on purpose is a paragraph, one that was wrapped is none', () => {
  const facts = 'Зеркало: 127 см.\nНочей наблюдений за год: 214.\nВход по субботам: 350 рублей.';
  expect(placed(read(facts, 'text/plain'))).toEqual([
    '1-1 paragraph: Зеркало: 127 см.',
    '2-2 paragraph: Ночей наблюдений за год: 214.',
    '3-3 paragraph: Вход по субботам: 350 рублей.',
  ]);
  const wrapped =
    'Обсерватория на холме открылась в 1961 году. Её\nосновала Вера Лужина, и первые три года она\nработала одна.';
  expect(placed(read(wrapped, 'text/plain'))).toHaveLength(1);
});

test('a book that sets its first lines in has its paragraphs', () => {
  const text = '    Первый абзац\nкончается здесь.\n    Второй абзац\nи его конец.';
  expect(placed(read(text, 'text/plain'))).toEqual([
    '1-2 paragraph: Первый абзац кончается здесь.',
    '3-4 paragraph: Второй абзац и его конец.',
  ]);
});

test('long lines are paragraphs of their own', () => {
  const line = 'Длинная строка, какие пишут редакторы с переносом по ширине окна. '
    .repeat(4)
    .trim();
  expect(read(`${line}\n${line}`, 'text/plain').blocks).toHaveLength(2);
});

test('HTML under a plain or missing label is read as HTML', () => {
  const html = '<!DOCTYPE html><title>Hours</title><p>Open <b>daily</b>.</p>';
  expect(read(html, '').blocks).toEqual([{ kind: 'paragraph', text: 'Open daily.' }]);
  expect(read(html, 'text/plain').title).toBe('Hours');
});

describe('Markdown', () => {
  test('keeps headings, lists, tables, quotations and code', () => {
    const page = read(
      [
        '---\ntitle: Tiny model\nlicense: mit\n---',
        '# Tiny-1B',
        'A **small** model for [Russian](https://example.org/ru)\nand English text.',
        '![logo](logo.png)',
        'Results\n-------',
        '| task | score |\n| :--- | ---: |\n| XNLI | 71.2 |',
        '- first\n- [x] second `code`',
        '> Quoted\n> twice.',
        '```python\nif a:\n    run()\n```',
        'snake_case_name stays &amp; <b>markup</b> goes.',
      ].join('\n\n'),
      'text/markdown',
    );
    expect(page.title).toBe('Tiny model');
    expect(placed(page)).toEqual([
      '6-6 heading: Tiny-1B',
      '8-9 paragraph: A small model for Russian and English text.',
      '13-13 heading: Results',
      '16-16 table-row: task | score',
      '18-18 table-row: XNLI | 71.2',
      '20-20 list-item: first',
      '21-21 list-item: second code',
      '23-24 quotation: Quoted twice.',
      '27-28 code: if a:\n    run()',
      '31-31 paragraph: snake_case_name stays & markup goes.',
    ]);
    expect(page.blocks[8]).toHaveProperty('codeLanguage', 'python');
  });

  test('knows tables without outer bars, comments, references and front matter of TOML', () => {
    const page = read(
      [
        '+++\ntitle = "Hours"\n+++',
        'day | open\n--- | ---\nMon | 9-5',
        '<!-- not\nshown -->\nSee [the plan][1].',
        '[1]: https://example.org/plan',
        'a | b is no table',
      ].join('\n\n'),
      'text/markdown',
    );
    expect(page.title).toBe('Hours');
    expect(placed(page)).toEqual([
      '5-5 table-row: day | open',
      '7-7 table-row: Mon | 9-5',
      '11-11 paragraph: See the plan.',
      '15-15 paragraph: a | b is no table',
    ]);
  });

  test('is known by its file name too', () => {
    const page = read('# Title\n\ntext', 'text/plain', 'https://example.org/README.md');
    expect(page.blocks[0]).toMatchObject({ kind: 'heading', text: 'Title' });
    expect(page.title).toBe('Title');
  });
});

describe('JSON', () => {
  test('gives one line a value, under its names', () => {
    const page = read(
      '{"model":{"name":"Исток","sizes":[1,7]},"open":true,"note":null}',
      'application/json; charset=utf-8',
      'https://example.org/model.json',
    );
    expect(page.title).toBe('model.json');
    expect(page.blocks.map(({ text }) => text)).toEqual([
      'model.name: Исток',
      'model.sizes: 1',
      'model.sizes: 7',
      'open: true',
    ]);
  });

  test('that is damaged is shown as it is', () => {
    expect(placed(read('{"a": 1', 'application/json'))).toEqual(['1-1 code: {"a": 1']);
  });

  test('of a document a line keeps its lines', () => {
    const text = '{"id":1,"text":"раз"}\n{"id":2,"text":"два"}\nбитая строка\n';
    const page = read(text, 'text/plain', 'https://example.org/data.jsonl');
    expect(placed(page)).toEqual([
      '1-1 list-item: id: 1',
      '1-1 list-item: text: раз',
      '2-2 list-item: id: 2',
      '2-2 list-item: text: два',
      '3-3 list-item: битая строка',
    ]);
  });
});

describe('source code', () => {
  const python = [
    'import os',
    'import sys',
    '',
    'LIMIT = 12',
    '',
    'def load(path):',
    '    # Reads a file.',
    '',
    '    return open(path).read()',
    '',
    'class Store:',
    '    pass',
  ].join('\n');

  test('is cut at what stands at the margin, with its lines and its language', () => {
    const page = read(python, 'text/plain', 'https://example.org/load.py');
    expect(page.title).toBe('load.py');
    expect(placed(page)).toEqual([
      '1-2 code: import os\nimport sys',
      '4-4 code: LIMIT = 12',
      '6-9 code: def load(path):\n    # Reads a file.\n\n    return open(path).read()',
      '11-12 code: class Store:\n    pass',
    ]);
    expect(new Set(page.blocks.map(({ codeLanguage }) => codeLanguage))).toEqual(
      new Set(['python']),
    );
  });

  test('is known by how it looks, and prose is not taken for it', () => {
    expect(read(python, 'text/plain').blocks[0]?.kind).toBe('code');
    const prose = 'If we go there; then what? For all I know, nothing.\n'.repeat(6);
    expect(read(prose, 'text/plain').blocks[0]?.kind).toBe('paragraph');
  });
});

describe('a table of values', () => {
  test('has its columns named above its rows', () => {
    const csv = 'город;жителей\n"Нижний; Новгород";1213477\nТверь;"416 000\n(2021)"\n';
    expect(placed(read(csv, 'text/csv'))).toEqual([
      '1-1 heading: город | жителей',
      '2-2 table-row: Нижний; Новгород | 1213477',
      '3-4 table-row: Тверь | 416 000 (2021)',
    ]);
  });
});

describe('the first row of a table', () => {
  test.each<[what: string, csv: string, rows: string[]]>([
    [
      'that is like the others is a row',
      'Москва,13000000\nКазань,1300000\nСочи,400000\n',
      [
        '1-1 table-row: Москва | 13000000',
        '2-2 table-row: Казань | 1300000',
        '3-3 table-row: Сочи | 400000',
      ],
    ],
    [
      'of figures is a row',
      '1,2,3\n4,5,6\n',
      ['1-1 table-row: 1 | 2 | 3', '2-2 table-row: 4 | 5 | 6'],
    ],
    [
      'that may be either is both',
      'Лужина,Вера,астроном\nБродов,Илья,сторож\n',
      [
        '1-1 heading: Лужина | Вера | астроном',
        '1-1 table-row: Лужина | Вера | астроном',
        '2-2 table-row: Бродов | Илья | сторож',
      ],
    ],
  ])('%s', (_what, csv, rows) => {
    expect(placed(read(csv, 'text/csv'))).toEqual(rows);
  });
});

describe('a million lines are bounded', () => {
  test.each([
    ['text/plain', 'https://example.org/a.log', 'line of a log\n'],
    ['text/plain', 'https://example.org/a.py', 'x = 1\n'],
    ['text/csv', 'https://example.org/a.csv', '1,2,3\n'],
    ['text/csv', 'https://example.org/quoted.csv', '"1,2\n'],
    ['text/markdown', 'https://example.org/a.md', '- item\n'],
    ['application/json', 'https://example.org/a.jsonl', '{"a":1}\n'],
    ['application/json', 'https://example.org/a.json', '[\n'],
  ])('%s at %s', (type, url, line) => {
    const text = line.repeat(1_000_000);
    const start = performance.now();
    const { blocks } = read(text, type, url);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(blocks.length).toBeLessThanOrEqual(35_000);
    expect(blocks.length).toBeGreaterThan(0);
  });
});

test('what is no text has no blocks', () => {
  expect(read('\u0089PNG', 'image/png').blocks).toEqual([]);
});
