import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extractTextPage } from '../../retrieval/extract/extract-page.ts';
import { checkScorer } from './extraction-scorer-check.ts';
import { compareShingles, sameWords, summarise } from './extraction-scorer.ts';
import type { ExtractionFigures, ShingleCounts } from './extraction-scorer.ts';

export interface ExtractorFigures extends ExtractionFigures {
  pages: number;
  /** The fastest of `passes` over all pages, of extraction alone: no file is read or scored in it. */
  pagesPerSecond: number;
  /** The most memory the process has held until this extractor was through. */
  peakRssMb: number;
}

export interface ExtractionBench extends ExtractorFigures {
  peers: Record<string, ExtractorFigures>;
}

/**
 * Reads the pages of the article extraction benchmark and scores what was read of them, here and by
 * peers. Throws where the scorer disagrees with the scores that come with the data.
 */
export async function measureExtraction({
  dataFolder,
  log,
}: {
  dataFolder: string;
  log: (line: string) => void;
}): Promise<ExtractionBench> {
  const truths = await readTruths(dataFolder);
  log(await checkScorer({ dataFolder, truths }));
  // A process's memory peak never falls. So this extractor goes first, with nothing of a peer loaded
  // yet; what a peer's peak says is how much the process held by its end.
  const own = await measure({ dataFolder, truths, extract: readOwn });
  const { readByReadability } = await import('./extraction-peers.ts');
  const readability = await measure({ dataFolder, truths, extract: readByReadability });
  return { ...own, peers: { 'readability+linkedom': readability } };
}

function readOwn(html: string, url: string): string {
  const { blocks } = extractTextPage({
    url,
    contentType: 'text/html',
    text: html,
    fetchedAt: new Date().toISOString(),
    lastModified: null,
  });
  return blocks.map(({ text }) => text).join('\n');
}

async function measure({
  dataFolder,
  truths,
  extract,
}: {
  dataFolder: string;
  truths: Truths;
  extract: (html: string, url: string) => string;
}): Promise<ExtractorFigures> {
  let scored: Scored[] = [];
  let fastest = Infinity;
  // What else the machine is doing slows a pass down; nothing makes one too fast.
  for (let pass = 0; pass < passes; pass += 1) {
    scored = [];
    let milliseconds = 0;
    for (const [id, { articleBody, url }] of Object.entries(truths)) {
      const html = gunzipSync(await readFile(join(dataFolder, 'html', `${id}.html.gz`))).toString();
      const start = performance.now();
      const predicted = extract(html, url);
      milliseconds += performance.now() - start;
      const exact = sameWords(predicted, articleBody);
      scored.push({ ...compareShingles(predicted, articleBody), exact });
    }
    fastest = Math.min(fastest, milliseconds);
  }
  return {
    pages: scored.length,
    ...summarise(scored),
    pagesPerSecond: (scored.length / fastest) * 1000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

const passes = 3;

type Scored = ShingleCounts & { exact: boolean };

export type Truths = Record<string, { articleBody: string; url: string }>;

async function readTruths(dataFolder: string): Promise<Truths> {
  const text = await readFile(join(dataFolder, 'ground-truth.json'), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as Truths;
}
