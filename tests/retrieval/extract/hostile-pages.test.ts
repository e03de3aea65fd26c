import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';

const sentence = 'A sentence about the weather, long enough to be read as running text. ';

function read(text: string, contentType = 'text/html'): ExtractedPage {
  return extractTextPage({
    url: 'https://example.org/page',
    contentType,
    text,
    fetchedAt: '2026-11-22T12:00:00.000Z',
    lastModified: null,
  });
}

describe('a hostile page is read within two seconds and without a crash', () => {
  test.each([
    ['100,000 nested elements', `${'<div>'.repeat(100_000)}${sentence}`],
    ['nesting that is hidden from a count', `${'<b><!--</b>-->'.repeat(100_000)}${sentence}`],
    ['end tags that match nothing', `${'<div>'.repeat(100_000)}${'</b>'.repeat(300_000)}`],
    ['a million links', '<a href="x">y</a>'.repeat(1_000_000)],
    ['unclosed links', '<a href=x>y'.repeat(300_000)],
    ['unclosed scripts', '<script>'.repeat(250_000)],
    ['unclosed comments', '<!--'.repeat(500_000)],
    ['half a million paragraphs', '<p>a'.repeat(500_000)],
    ['line breaks only', ' <br> '.repeat(300_000)],
    ['one parent of many clutter names', `<p>${'<i class=share>a</i>'.repeat(90_000)}`],
    ['nested tables', `${'<table><tr><td>'.repeat(85)}${sentence.repeat(10_000)}`],
    ['a huge attribute', `<div class="${'x '.repeat(1_000_000)}">${sentence}</div>`],
    ['a long run of spaces in code', `<pre>${' '.repeat(1_900_000)}x</pre>`],
    ['end tags that the parser does not heed', '<optgroup><button><i></optgroup>'.repeat(50_000)],
    ['tags inside titles', '<i><title></i><title></title>'.repeat(50_000)],
    ['tags that end themselves in formulas', '<b><math><a/><b></a>'.repeat(37_000)],
    ['800,000 attributes', `<div ${'a="b" '.repeat(800_000)}>${sentence}</div>`],
    ['5 MB of an attribute', `<p id="${'q'.repeat(5_000_000)}">${sentence}</p>`],
    ['NUL bytes only', '\0'.repeat(2_000_000)],
    ['angle brackets only', '<'.repeat(2_000_000)],
    [
      'an article in structured data that nests',
      `<script type="application/ld+json">{"@type":"Article","articleBody":"${'<div>'.repeat(190_000)}${sentence}"}</script>`,
    ],
    ['structured data that nests', `<script type="application/ld+json">${'['.repeat(1_000_000)}`],
  ])('%s', (_, html) => {
    const start = process.threadCpuUsage();
    const page = read(html);
    expect(spentMs(start)).toBeLessThan(2000);
    expect(page.blocks.every(({ text }) => text !== '')).toBe(true);
  });

  test.each([
    ['Markdown with runs of spaces', 'text/markdown', `#${' '.repeat(1000)}`.repeat(1000)],
    ['Markdown with open links', 'text/markdown', '[a]('.repeat(400_000)],
    ['JSON that nests', 'application/json', '[1,'.repeat(300_000)],
    ['a long JSON list', 'application/json', JSON.stringify(Array.from({ length: 200_000 }))],
  ])('%s', (_, contentType, text) => {
    const start = process.threadCpuUsage();
    expect(read(text, contentType).needsBrowser).toBe(false);
    expect(spentMs(start)).toBeLessThan(2000);
  });

  test('what is said at the bottom of deep nesting is still read', () => {
    const text = sentence.repeat(5).trim();
    expect(read(`${'<div>'.repeat(100_000)}<p>${text}</p>`).blocks).toEqual([
      { kind: 'paragraph', text },
    ]);
  });

  test('text without a body is read', () => {
    expect(read(sentence.repeat(3)).blocks).toHaveLength(1);
  });

  test.each([
    ['a head without an end', '<html><head><title>Lake</title>'],
    ['a head without a page', '<!doctype html><head><meta charset=utf-8><title>Lake</title>'],
    ['nothing but a title', '<!doctype html><title>Lake</title>'],
    ['a page that nothing begins', '<html><head><title>Lake</title></head>'],
    ['text in its head', '<html><head><title>Lake</title>Some words.<meta name=a content=b>'],
    ['a title after its text began', '<html><head><p>Some words.</p><title>Lake</title>'],
  ])('text without a body is read after %s', (_, start) => {
    const { title, blocks } = read(
      `${start}<p>${sentence.repeat(3)}</p><p>${sentence.repeat(4)}</p>`,
    );
    expect(title).toBe('Lake');
    expect(blocks.slice(-2).map(({ text }) => text)).toEqual([
      sentence.repeat(3).trim(),
      sentence.repeat(4).trim(),
    ]);
  });

  test('half a million words after an open head are no matter', () => {
    const { blocks } = read(`<head><title>Lake</title>${'<br>word'.repeat(200_000)}`);
    expect(blocks.length).toBeGreaterThan(0);
  });

  test('NUL bytes are not part of the text', () => {
    expect(read(`<p>\0${sentence}\0${sentence}</p>`).blocks[0]?.text).toBe(
      `${sentence}${sentence}`.trim(),
    );
  });

  test('an element may have the name of what every object has', () => {
    const text = sentence.repeat(5).trim();
    expect(read(`<constructor><p>${text}</p></constructor>`).blocks).toEqual([
      { kind: 'paragraph', text },
    ]);
  });

  test('an empty page has no blocks', () => {
    expect(read('').blocks).toEqual([]);
  });

  test('any order of tags, attributes and text gives blocks of folded text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'<div>|</div>|<p>|</p>|<table>|<tr>|<td>|</table>|<pre>|</pre>|<li>|<ul>|<h1>|<br>|<!--|-->|<script>|</script>|<a href="/x">|</a>|<b class="share"|>|"|\'|&amp;|&#0;|\0|<body>|</html>|<title>|<svg>'.split(
          '|',
        ),
      ),
      fc.string({ maxLength: 20 }),
      fc.constant(sentence),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { blocks } = read(pieces.join(''));
        const folded = blocks.filter(({ kind }) => kind !== 'code');
        expect(blocks.filter(({ text }) => text === '' || text.includes('\0'))).toEqual([]);
        expect(folded.filter(({ text }) => /\s{2}|^\s|\s$/u.test(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** What this thread was at work: whatever else runs on the machine does not count. */
function spentMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
