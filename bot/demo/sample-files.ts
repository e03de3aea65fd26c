import { readFile } from 'node:fs/promises';

import type { PageLanguage, SampleFile } from './page/protocol.ts';

/** A file that a visitor of the demo can send without having one at hand. */
export async function readSample(
  sample: SampleFile,
  language: PageLanguage,
): Promise<{ name: string; content: Uint8Array }> {
  const { file, name } = SAMPLES[sample][language];
  return { name, content: await readFile(new URL(`samples/${file}`, import.meta.url)) };
}

const CODE = { file: 'clear-nights.py', name: 'clear-nights.py' };

const SAMPLES: Record<SampleFile, Record<PageLanguage, { file: string; name: string }>> = {
  document: {
    ru: { file: 'observatory.ru.md', name: 'обсерватория.md' },
    en: { file: 'observatory.en.md', name: 'observatory.md' },
  },
  code: { ru: CODE, en: CODE },
};
