import { expect, test } from 'vitest';

import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';

function rowsOf(cell: string): string[] {
  const { blocks } = extractTextPage({
    url: 'https://example.org/page',
    contentType: 'text/html',
    text: `<!doctype html><title>Lake</title><p>The lake lies in the north of the plain, between two ridges of hills.</p>
<table><tr><th>Name</th><td>Lake</td></tr><tr><th>Rivers</th><td>${cell}</td></tr></table>`,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
  return blocks.filter(({ kind }) => kind === 'table-row').map(({ text }) => text);
}

test.each([
  ['items', '<ul><li>Vyga</li><li>Sosnovka</li></ul>', 'Vyga, Sosnovka'],
  ['items without ends', '<ul><li>Vyga<li>Sosnovka</ul>', 'Vyga, Sosnovka'],
  ['items with signs of their own', '<ul><li>Vyga;</li><li>Sosnovka.</li></ul>', 'Vyga; Sosnovka.'],
  ['one item', '<ul><li>Vyga</li></ul>', 'Vyga'],
  [
    'items after words',
    'in all: <ul><li>Vyga</li><li>Sosnovka</li></ul>',
    'in all: Vyga, Sosnovka',
  ],
  ['items within items', '<ul><li>Vyga<ul><li>Sosnovka</li></ul></li></ul>', 'Vyga, Sosnovka'],
  ['paragraphs', '<p>Vyga</p><p>Sosnovka</p>', 'Vyga Sosnovka'],
  ['lines', 'Vyga<br>Sosnovka', 'Vyga Sosnovka'],
])('a cell of %s says where one ends', (_what, cell, text) => {
  expect(rowsOf(cell)).toEqual(['Name | Lake', `Rivers | ${text}`]);
});
