import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { splitSentences } from '../../../retrieval/text/sentences.ts';

export interface SourcePassage {
  id: string;
  language: 'ru' | 'en';
  text: string;
  sentences: string[];
}

const files = [
  { name: 'xquad_ru', language: 'ru' },
  { name: 'xquad_en', language: 'en' },
  { name: 'danetqa_ru', language: 'ru' },
] as const;

/** The passages of each retrieval file, in its order. */
export function readSourcePassages(dataFolder: string): Map<string, SourcePassage[]> {
  return new Map(
    files.map(({ name, language }) => {
      const data: { paras: { id: string; text: string }[] } = JSON.parse(
        readFileSync(join(dataFolder, `${name}.json`), 'utf8'),
      );
      const passages = data.paras.map(({ id, text }) => {
        const plain = text.replace(/\s+/gu, ' ').trim();
        const sentences = splitSentences(plain).map((sentence) => sentence.text);
        return { id, language, text: plain, sentences };
      });
      return [name, passages];
    }),
  );
}
