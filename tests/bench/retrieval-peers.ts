import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';

/** Numbers of texts, best first, each once; those that share nothing with the query are left out. */
export type PeerSearch = (query: string, limit: number) => number[];

/** What anyone would try first, computed here from nothing of ours: `name` → a search. */
export function createPeers(texts: readonly string[]): Record<string, PeerSearch> {
  const stems = createBm25(texts, (text) => plainWords(text).map(plainStem));
  const grams = createBm25(texts, (text) => plainWords(text).flatMap(fourGrams));
  return {
    plainWords: createBm25(texts, plainWords),
    snowballStems: stems,
    fourGrams: grams,
    rrfOfStemsAndFourGrams: fuseByRank([stems, grams]),
  };
}

/** Okapi BM25 with the usual k1 = 1.2 and b = 0.75; query tokens count once. */
function createBm25(texts: readonly string[], split: (text: string) => string[]): PeerSearch {
  const [k1, b] = [1.2, 0.75];
  const documents = texts.map(split);
  const total = documents.reduce((sum, tokens) => sum + tokens.length, 0);
  const postings = new Map<string, { document: number; weight: number }[]>();
  for (const [document, tokens] of documents.entries()) {
    const norm = k1 * (1 - b + (b * tokens.length * documents.length) / Math.max(1, total));
    for (const [token, count] of countAll(tokens)) {
      const weight = (count * (k1 + 1)) / (count + norm);
      postings.getOrInsertComputed(token, () => []).push({ document, weight });
    }
  }
  return (query, limit) => {
    const scores = new Map<number, number>();
    for (const token of new Set(split(query))) {
      const found = postings.get(token) ?? [];
      const idf = Math.log((texts.length - found.length + 0.5) / (found.length + 0.5) + 1);
      for (const { document, weight } of found) {
        scores.set(document, (scores.get(document) ?? 0) + weight * idf);
      }
    }
    return bestOf(scores, limit);
  };
}

/** Reciprocal rank fusion with k = 60, of the first hundred of each. */
function fuseByRank(searches: readonly PeerSearch[]): PeerSearch {
  return (query, limit) => {
    const scores = new Map<number, number>();
    for (const search of searches) {
      for (const [rank, document] of search(query, 100).entries()) {
        scores.set(document, (scores.get(document) ?? 0) + 1 / (61 + rank));
      }
    }
    return bestOf(scores, limit);
  };
}

function bestOf(scores: ReadonlyMap<number, number>, limit: number): number[] {
  return [...scores]
    .sort(([one, score], [other, otherScore]) => otherScore - score || one - other)
    .slice(0, limit)
    .map(([document]) => document);
}

function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function plainStem(word: string): string {
  if (/^[а-яё]+$/u.test(word)) return stemRussian(word);
  return /^[a-z]+$/u.test(word) ? stemEnglish(word) : word;
}

function fourGrams(word: string): string[] {
  const framed = ` ${word} `;
  const last = Math.max(0, framed.length - 4);
  return Array.from({ length: last + 1 }, (_, at) => framed.slice(at, at + 4));
}

function countAll(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
