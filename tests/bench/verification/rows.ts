import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A claim beside the text that it is said to come from. */
export interface VerificationRow {
  source: string;
  claim: string;
  isAttributable: boolean;
  /** Whether anything may be fitted on it. */
  isForFitting: boolean;
}

interface StoredRow {
  source: string;
  claim: string;
  label: 'Fully attributable' | 'Not fully attributable' | 'Generic';
  src: string;
  orig_split: string;
}

/** The rows of BEGIN, those that claim nothing (`Generic`) left out. */
export function readVerificationRows(dataFolder: string): VerificationRow[] {
  return readFileSync(join(dataFolder, 'begin_en.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): StoredRow => JSON.parse(line))
    .filter(({ label }) => label !== 'Generic')
    .map((row) => ({
      source: row.source,
      claim: row.claim,
      isAttributable: row.label === 'Fully attributable',
      isForFitting: row.orig_split === 'dev' && row.src === 'wow',
    }));
}
