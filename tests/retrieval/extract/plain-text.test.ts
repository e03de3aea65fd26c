import { describe, expect, test } from 'vitest';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';

function read(text: string, contentType: string, url = 'https://example.org/notes'): ExtractedPage {
  const fetchedAt = '2026-11-22T12:00:00.000Z';
  return extractTextPage({ url, contentType, text, fetchedAt, lastModified: null });
}

test('plain text becomes paragraphs, its first short line the title', () => {
  const page = read('Заметки\r\n\r\nПервая строка\r\nи вторая.\r\n\r\n\r\nКонец.', 'text/plain');
  expect(page.title).toBe('Заметки');
  expect(page.language).toBe('ru');
  expect(page.blocks).toEqual([
    { kind: 'paragraph', text: 'Заметки' },
    { kind: 'paragraph', text: 'Первая строка и вторая.' },
    { kind: 'paragraph', text: 'Конец.' },
  ]);
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
    expect(page.blocks).toEqual([
      { kind: 'heading', text: 'Tiny-1B' },
      { kind: 'paragraph', text: 'A small model for Russian and English text.' },
      { kind: 'heading', text: 'Results' },
      { kind: 'table-row', text: 'task | score' },
      { kind: 'table-row', text: 'XNLI | 71.2' },
      { kind: 'list-item', text: 'first' },
      { kind: 'list-item', text: 'second code' },
      { kind: 'quotation', text: 'Quoted twice.' },
      { kind: 'code', text: 'if a:\n    run()' },
      { kind: 'paragraph', text: 'snake_case_name stays & markup goes.' },
    ]);
  });

  test('is known by its file name too', () => {
    const page = read('# Title\n\ntext', 'text/plain', 'https://example.org/README.md');
    expect(page.blocks[0]).toEqual({ kind: 'heading', text: 'Title' });
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
    expect(read('{"a": 1', 'application/json').blocks).toEqual([{ kind: 'code', text: '{"a": 1' }]);
  });
});

test('what is no text has no blocks', () => {
  expect(read('\u0089PNG', 'image/png').blocks).toEqual([]);
});
