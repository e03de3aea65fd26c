import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runExtractionBench } from './extraction.ts';

const paragraph =
  'The ferry to Borg was late on Monday, because the wind had turned, and nobody on the pier minded. ';
const text = `${paragraph.repeat(4).trim()}\n${paragraph.repeat(5).trim()}`;
const html = `<html><head><title>Ferry</title></head><body><main><p>${text.replace('\n', '</p>\n<p>')}</p></main></body></html>`;

test('pages are scored for this extractor and for its peer, and the scorer is checked first', async () => {
  await using folder = await temporaryFolder();
  await layOut(folder.path, { tp_fp_fn: { a: [1, 0, 0] }, accuracy: { a: 1 } });
  const lines: string[] = [];
  const figures = await runExtractionBench({
    dataFolder: folder.path,
    log: (line) => lines.push(line),
  });
  const perfect = { pages: 1, f1: 1, precision: 1, recall: 1, accuracy: 1 };
  expect(figures).toMatchObject({
    ...perfect,
    pagesPerSecond: expect.any(Number) as number,
    peakRssMb: expect.any(Number) as number,
    peers: { 'readability+linkedom': perfect },
  });
  expect(lines).toEqual(['The scorer agrees with the benchmark’s own scores on 1 pages.']);
});

test('a scorer that disagrees with the benchmark stops everything', async () => {
  await using folder = await temporaryFolder();
  await layOut(folder.path, { tp_fp_fn: { a: [0.5, 0.5, 0] }, accuracy: { a: 0 } });
  const bench = runExtractionBench({ dataFolder: folder.path, log: () => undefined });
  await expect(bench).rejects.toThrow(
    'The scorer gives [1,0,0,1] where the benchmark gives [0.5,0.5,0,0]: page a.',
  );
});

async function layOut(folder: string, scores: object): Promise<void> {
  await mkdir(join(folder, 'html'));
  await writeFile(join(folder, 'html', 'a.html.gz'), gzipSync(html));
  const truths = { a: { articleBody: text, url: 'https://example.org/ferry' } };
  await writeFile(join(folder, 'ground-truth.json'), JSON.stringify(truths));
  const check = { output: { a: { articleBody: text } }, ...scores };
  await writeFile(join(folder, 'scorer_check_readability_js.json'), JSON.stringify(check));
}
