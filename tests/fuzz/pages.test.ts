import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { decodeText } from '../../retrieval/crawl/charset.ts';
import { detectType, isReadable } from '../../retrieval/crawl/content-type.ts';
import { PageError } from '../../retrieval/errors.ts';
import type { IndexedPage } from '../../retrieval/index/passage-index.ts';
import { createPageReader } from '../../retrieval/reading/page-reader.ts';
import { writePdf } from '../support/pdf-documents.ts';
import { fuzzRuns } from './fuzz-runs.ts';
import { mutations } from './mutations.ts';

const root = new URL('../../', import.meta.url);
const fixtures = new URL('tests/fixtures/extract/', root);

// What takes longer counts as a hang, and fails.
const reader = createPageReader({ pageMs: 2000 });
const { signal } = new AbortController();

// Its start is not a page's.
beforeAll(async () => {
  await outcomeOf(Buffer.from('<p>Волга впадает в Каспийское море.</p>'), 'text/html');
});

afterAll(() => reader.close());

const charsets = fc.constantFrom(
  ...'|; charset=utf-8|; charset=windows-1251|; charset=koi8-r|; charset=utf-16le|; charset=iso-2022-jp|; charset=nonsense|; charset="|; charset=ibm866'.split(
    '|',
  ),
);

describe('a page changed at random is read or refused for a reason, in two seconds', () => {
  const markup = readdirSync(fixtures)
    .filter((name) => name.endsWith('.html'))
    .map((name) => readFileSync(new URL(name, fixtures)));
  const tags =
    '<div>|</div>|<p>|<table><tr><td>|</td>|<pre>|<li>|<ul>|<h1>|<a href="/x">|<b><i>|<!--|-->|<script>|</script>|<script type="application/ld+json">{"articleBody":"|<style>|<template>|<svg>|<math>|<title>|</title>|<body>|</body>|<html>|<base href="//x">|<meta charset=utf-16>|<![CDATA[|<?xml ?>| class="share" class="comment"| id=a id=b|"|\'|>|<|&|&amp;|&#0;|&#x110000;|&#xd800;|\0|\r|\xa0|\xff\xfe|\xef\xbb\xbf';
  test('HTML', async () => {
    await expect(check('text/html', markup, tags.split('|'), 35)).resolves.toBeUndefined();
  });

  const text = ['README.md', 'CONTRIBUTING.md'].map((name) => readFileSync(new URL(name, root)));
  const marks =
    '```|~~~|# |###### |> > > |- |  - [x] |1. || a | b |\\|[a](|![|](http://x)|**|__|~~|`|<b>|&lt;|---|\n---\n|\n\n|\t|\0|\r|===|<!--';
  test('Markdown', async () => {
    await expect(check('text/markdown', text, marks.split('|'), 10)).resolves.toBeUndefined();
  });

  const values = [
    Buffer.from(readFileSync(new URL('package.json', root))),
    Buffer.from(JSON.stringify({ имя: 'Исток', scores: [0.5, null, true, { a: [{}, []] }] })),
  ];
  const json = '{|}|[|]|,|:|"|\\u0000|\\ud800|1e999|-0|null|[[|{"a":|"__proto__":|\0|\n';
  test('JSON', async () => {
    await expect(check('application/json', values, json.split('|'), 10)).resolves.toBeUndefined();
  });

  test('PDF', async () => {
    const text = 'The lighthouse was first lit in 1874. '.repeat(9);
    const documents = [
      await writePdf({ pages: [text], compress: false }),
      await writePdf({ pages: [text, text, ''] }),
    ];
    const words =
      'obj|endobj|stream|endstream|xref|trailer|startxref|%%EOF|<<|>>|/Length 999999999|/Kids [1 0 R]|/Count 99999999|/Filter /FlateDecode|1 0 R|BT|ET|(|)|[|]|\0|q |Do ';
    const checked = check('application/pdf', documents, words.split('|'), 15);
    await expect(checked).resolves.toBeUndefined();
  });
});

async function check(
  type: string,
  documents: readonly Buffer[],
  pieces: readonly string[],
  percent: number,
): Promise<void> {
  const changes = mutations({ pieces, donors: documents });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...documents),
      changes,
      charsets,
      async (document, change, charset) => {
        const fault = faultIn(await outcomeOf(change(document), type + charset));
        if (fault !== null) throw new Error(fault);
      },
    ),
    fuzzRuns(percent),
  );
}

function faultIn(outcome: IndexedPage | PageError): string | null {
  if (outcome instanceof PageError) {
    const isReason = /^(?!too complex)[a-zA-Z][^\n]{3,120}$/u.test(outcome.message);
    return isReason ? null : outcome.message;
  }
  const texts = outcome.passages.map(({ text }) => text);
  const words = outcome.passages.flatMap(({ title, site, heading }) => [title, site, heading]);
  if (texts.length === 0) return 'no passages';
  if (texts.some((text) => text.trim() === '')) return 'an empty passage';
  return [...texts, ...words].some((each) => each?.includes('\0')) ? 'a NUL' : null;
}

/** As the fetcher hands it to the reader. */
async function outcomeOf(bytes: Buffer, header: string): Promise<IndexedPage | PageError> {
  const contentType = detectType(header.split(';', 1)[0] ?? null, bytes);
  if (!isReadable(contentType)) return new PageError('unsupported type', { retryable: false });
  const page = {
    requestedUrl: 'https://a.example/page',
    url: 'https://a.example/page',
    contentType,
    text: contentType === 'application/pdf' ? '' : decodeText(bytes, header),
    bytes: new Uint8Array(bytes),
    etag: null,
    lastModified: null,
    fetchedAt: '2026-11-22T10:00:00.000Z',
    from: 'network' as const,
  };
  try {
    return await reader.read(page, { scope: 'public', signal });
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}
