import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareShingles, sameWords } from './extraction-scorer.ts';
import type { Truths } from './extraction-figures.ts';

/**
 * Scores the predictions that come with the benchmark again and compares each page with the score
 * that its authors' own program gave it. Throws on the first page that differs; else resolves to a
 * sentence that says what was compared.
 */
export async function checkScorer({
  dataFolder,
  truths,
}: {
  dataFolder: string;
  truths: Truths;
}): Promise<string> {
  const file = join(dataFolder, 'scorer_check_readability_js.json');
  if (!existsSync(file)) return 'The scorer was not checked: no scores come with this data.';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const known = JSON.parse(await readFile(file, 'utf8')) as KnownScores;
  let compared = 0;
  for (const [id, [tp, fp, fn]] of Object.entries(known.tp_fp_fn)) {
    const truth = truths[id]?.articleBody;
    if (truth === undefined) continue;
    const predicted = known.output[id]?.articleBody ?? '';
    const counts = compareShingles(predicted, truth);
    const accuracy = sameWords(predicted, truth) ? 1 : 0;
    const isSame =
      Math.abs(counts.tp - tp) < 1e-9 &&
      Math.abs(counts.fp - fp) < 1e-9 &&
      Math.abs(counts.fn - fn) < 1e-9 &&
      accuracy === known.accuracy[id];
    if (!isSame) {
      const ours = JSON.stringify([counts.tp, counts.fp, counts.fn, accuracy]);
      const theirs = JSON.stringify([tp, fp, fn, known.accuracy[id]]);
      throw new Error(`The scorer gives ${ours} where the benchmark gives ${theirs}: page ${id}.`);
    }
    compared += 1;
  }
  if (compared === 0) throw new Error(`No page of ${file} is one of the benchmark.`);
  return `The scorer agrees with the benchmark’s own scores on ${compared} pages.`;
}

interface KnownScores {
  output: Record<string, { articleBody: string }>;
  tp_fp_fn: Record<string, [tp: number, fp: number, fn: number]>;
  accuracy: Record<string, number>;
}
