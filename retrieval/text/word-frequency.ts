import table from './word-frequencies.json' with { type: 'json' };

/**
 * Zipf frequency of a stem in general Russian or English: log10 of its occurrences in a billion
 * words, from 3 («теплообменник» and anything rarer) to about 7.5 («и»). Numbers and words of other
 * scripts count as rare.
 */
export function zipfFrequency(stem: string): number {
  return frequencies.get(stem) ?? rarestZipf;
}

/** The share of texts of `words` words that hold a stem at least once, above 0. */
export function shareOfTexts(stem: string, words: number): number {
  return 1 - (1 - 10 ** (zipfFrequency(stem) - 9)) ** words;
}

/** Of what is rarer than all that is known, and of what nobody has counted. */
export const rarestZipf = 3;

const frequencies = new Map<string, number>();
for (const levels of [table.ru, table.en]) {
  for (const [zipf, stems] of Object.entries(levels)) {
    for (const stem of stems.split(' ')) frequencies.set(stem, Number(zipf));
  }
}
