import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';
import { chunkBlocks } from '../../../retrieval/text/chunk.ts';

/** Kinds of pages that answers are read from most, as their generators mark them up. */
const names = [
  'model-card',
  'readme',
  'abstract',
  'paper',
  'blog-post',
  'encyclopedia',
  'documentation',
  'guide',
  'forum',
  'channel',
];

function readExpected(name: string): ExtractedPage {
  return JSON.parse(readFileSync(fileOf(`${name}.json`), 'utf8')) as ExtractedPage;
}

function readPage(name: string): ExtractedPage {
  return extractTextPage({
    url: readExpected(name).url,
    contentType: 'text/html; charset=utf-8',
    text: readFileSync(fileOf(`${name}.html`), 'utf8'),
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
}

function fileOf(name: string): URL {
  return new URL(`./pages/${name}`, import.meta.url);
}

describe.each(names)('the page %s', (name) => {
  test('comes out with all its blocks and nothing around them', () => {
    expect(readPage(name).blocks).toEqual(readExpected(name).blocks);
  });

  test('says its title, site, author, language and dates', () => {
    const { blocks: _blocks, ...page } = readPage(name);
    const { blocks: _expected, ...expected } = readExpected(name);
    expect(page).toEqual(expected);
  });
});

test('a passage from the middle of a table begins with the names of its columns', () => {
  const rows = Array.from(
    { length: 60 },
    (_, at) => `<tr><td>Model ${at}</td><td>${at} of a hundred questions</td></tr>`,
  );
  const page = extractTextPage({
    url: 'https://models.example/table',
    contentType: 'text/html',
    text: `<title>Models</title><table><tr><th>Name</th><th>Score</th></tr>${rows.join('')}</table>`,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
  const passages = chunkBlocks(page.blocks);
  expect(passages.length).toBeGreaterThan(2);
  for (const { text } of passages) expect(text.split('\n')[0]).toBe('Name | Score');
});

test('cells that span a thousand rows and columns do not multiply what they say', () => {
  const cell = `<td rowspan="1000" colspan="1000">${'x'.repeat(2000)}</td>`;
  const page = extractTextPage({
    url: 'https://models.example/table',
    contentType: 'text/html',
    text: `<table><tr><th>a</th><th>b</th></tr>${`<tr>${cell}<td>1</td></tr>`.repeat(1000)}</table>`,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
  const characters = page.blocks.reduce((sum, { text }) => sum + text.length, 0);
  expect(characters).toBeLessThan(2_500_000);
});
