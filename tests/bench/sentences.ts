import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { splitSentences } from '../../retrieval/text/sentences.ts';

export interface SentenceFigures {
  /** Ends of sentences within paragraphs; a paragraph's own end is given and not counted. */
  boundaries: number;
  precision: number;
  recall: number;
  f1: number;
}

/**
 * Compares where sentences end with how the files' own paragraphs were split by others, and prints
 * each difference: in many of them the file is wrong.
 */
export async function runSentencesBench({
  dataFolder,
  log,
}: {
  dataFolder: string;
  log: (line: string) => void;
}): Promise<Record<string, SentenceFigures>> {
  const figures: Record<string, SentenceFigures> = {};
  for (const name of ['xquad_ru', 'xquad_en']) {
    const file = JSON.parse(await readFile(join(dataFolder, `${name}.json`), 'utf8')) as File;
    figures[name] = compare(file.paras, (line) => log(`${name} ${line}`));
  }
  return figures;
}

interface File {
  paras: { id: string; text: string; sents: string[] }[];
}

function compare(paragraphs: File['paras'], log: (line: string) => void): SentenceFigures {
  let [right, extra, missed] = [0, 0, 0];
  for (const { id, text, sents } of paragraphs) {
    const last = text.trimEnd().length;
    const expected = endsOf(text, sents);
    const found = new Set(splitSentences(text).map(({ end }) => end));
    for (const end of new Set([...expected, ...found])) {
      if (end >= last) continue;
      const around = `${id}: …${text.slice(Math.max(0, end - 50), end)} ⏐ ${text.slice(end, end + 40).trimStart()}…`;
      if (!expected.has(end)) extra += 1;
      else if (!found.has(end)) missed += 1;
      else right += 1;
      if (!expected.has(end)) log(`ends here, not in the file: ${around.replaceAll('\n', ' ')}`);
      if (!found.has(end)) log(`goes on here, not in the file: ${around.replaceAll('\n', ' ')}`);
    }
  }
  const precision = right / (right + extra);
  const recall = right / (right + missed);
  const f1 = (2 * precision * recall) / (precision + recall);
  return { boundaries: right + missed, precision, recall, f1 };
}

function endsOf(text: string, sentences: readonly string[]): Set<number> {
  const ends = new Set<number>();
  let at = 0;
  for (const sentence of sentences) {
    const from = text.indexOf(sentence.trim(), at);
    if (from === -1) continue;
    at = from + sentence.trim().length;
    ends.add(at);
  }
  return ends;
}
