import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extractPage } from '../../retrieval/extract/extract-page.ts';
import { compareShingles, sameWords, summarise } from './extraction-scorer.ts';
import type { ExtractionFigures } from './extraction-scorer.ts';

export interface ExtractionBench extends ExtractionFigures {
  pages: number;
  pagesPerSecond: number;
  peakRssMb: number;
}

/** Reads the pages of the article extraction benchmark and scores what was read of them. */
export async function runExtractionBench({
  dataFolder,
}: {
  dataFolder: string;
}): Promise<ExtractionBench> {
  const truths = Object.entries(await readTruths(dataFolder));
  const scored = [];
  let milliseconds = 0;
  for (const [id, { articleBody, url }] of truths) {
    const packed = await readFile(join(dataFolder, 'html', `${id}.html.gz`));
    const text = gunzipSync(packed).toString('utf8');
    const start = performance.now();
    const { blocks } = extractPage({
      url,
      contentType: 'text/html',
      text,
      fetchedAt: new Date().toISOString(),
      lastModified: null,
    });
    milliseconds += performance.now() - start;
    const predicted = blocks.map((block) => block.text).join('\n');
    scored.push({
      ...compareShingles(predicted, articleBody),
      exact: sameWords(predicted, articleBody),
    });
  }
  return {
    pages: truths.length,
    ...summarise(scored),
    pagesPerSecond: (truths.length / milliseconds) * 1000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function readTruths(
  dataFolder: string,
): Promise<Record<string, { articleBody: string; url: string }>> {
  const text = await readFile(join(dataFolder, 'ground-truth.json'), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as Record<string, { articleBody: string; url: string }>;
}
