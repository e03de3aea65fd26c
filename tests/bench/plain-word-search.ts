/** BM25 over words as they stand, with no stemming: a search engine that is neither good nor bad. */
export interface PlainWordSearch {
  /** Ids of the pages that share a word with the query, best first; those left out are not found. */
  search(query: string, options: { limit: number; without?: ReadonlySet<string> }): string[];
}

export function createPlainWordSearch(
  pages: readonly { id: string; text: string }[],
  { k1 = 1.2, b = 0.75 } = {},
): PlainWordSearch {
  const documents = pages.map(({ id, text }) => ({ id, counts: countWords(text) }));
  const lengths = documents.map(({ counts }) => [...counts.values()].reduce((a, c) => a + c, 0));
  const averageLength = lengths.reduce((a, c) => a + c, 0) / Math.max(1, lengths.length);
  const frequencies = new Map<string, number>();
  for (const { counts } of documents) {
    for (const word of counts.keys()) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  const idf = (word: string): number => {
    const frequency = frequencies.get(word) ?? 0;
    return Math.log((documents.length - frequency + 0.5) / (frequency + 0.5) + 1);
  };

  return {
    search(query, { limit, without = new Set() }) {
      const words = [...countWords(query).keys()];
      return documents
        .map(({ id, counts }, at) => {
          const norm = k1 * (1 - b + (b * (lengths[at] ?? 0)) / averageLength);
          const score = words.reduce((sum, word) => {
            const count = counts.get(word) ?? 0;
            return sum + (count === 0 ? 0 : (idf(word) * count * (k1 + 1)) / (count + norm));
          }, 0);
          return { id, score };
        })
        .filter(({ id, score }) => score > 0 && !without.has(id))
        .sort((one, other) => other.score - one.score)
        .slice(0, limit)
        .map(({ id }) => id);
    },
  };
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
