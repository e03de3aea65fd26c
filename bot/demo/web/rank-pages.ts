import { contentStems } from '../../../retrieval/text/stop-words.ts';
import { documentVector, queryVector } from '../../../retrieval/text/sparse-vector.ts';
import { tokenize } from '../../../retrieval/text/terms.ts';
import type { DemoWebPage } from './demo-web.ts';
import { chooseSnippet } from './snippet.ts';

export interface FoundPage {
  page: DemoWebPage;
  /** Words of the page around those of the question. */
  snippet: string;
  /** Above 0; comparable within one question. */
  score: number;
}

export interface RankingOptions {
  /** How often a title's words count. */
  titleWeight?: number;
  /**
   * Pages in another language than the one asked for are left out when one in that language scores at
   * least this share of the best: most engines would not have offered them.
   */
  enoughShare?: number;
  /** Pages below this share of the best one's score are left out: they share a word by chance. */
  leastShare?: number;
  limit?: number;
}

export type Rank = (query: string, options: { language: 'ru' | 'en' | null }) => FoundPage[];

/** BM25 over the stems of titles and texts. The pages are analysed once, at the first question. */
export function createRanking(
  pages: () => readonly DemoWebPage[],
  { titleWeight = 3, enoughShare = 0.5, leastShare = 0.2, limit = 10 }: RankingOptions = {},
): Rank {
  let documents: Map<number, number>[] | null = null;
  return (query, { language }) => {
    const known = pages();
    documents ??= analyze(known, titleWeight);
    const stems = contentStems(tokenize(query));
    const terms = [...queryVector(stems).indices];
    const rarity = new Map(terms.map((term) => [term, inverseFrequency(term, documents ?? [])]));
    const found = known.flatMap((page, at) => {
      const weights = documents?.[at];
      const score = terms.reduce(
        (sum, term) => sum + (rarity.get(term) ?? 0) * (weights?.get(term) ?? 0),
        0,
      );
      return score > 0 ? [{ page, score }] : [];
    });
    found.sort((one, other) => other.score - one.score);
    const best = found[0]?.score ?? 0;
    const own = found.filter(({ page }) => page.language === language);
    const offered = (own[0]?.score ?? 0) >= best * enoughShare ? own : found;
    const least = best * leastShare;
    const asked = new Set(stems);
    return offered
      .filter(({ score }) => score >= least)
      .slice(0, limit)
      .map(({ page, score }) => ({ page, score, snippet: chooseSnippet(page.text, asked) }));
  };
}

/** For each page the part of BM25 that needs no other page, by token id. */
function analyze(pages: readonly DemoWebPage[], titleWeight: number): Map<number, number>[] {
  const stems = pages.map(({ title, text }) => {
    const titleStems = contentStems(tokenize(title));
    const repeated = Array.from({ length: titleWeight }, () => titleStems).flat();
    return [...repeated, ...contentStems(tokenize(text))];
  });
  const words = stems.reduce((sum, one) => sum + one.length, 0);
  const averageLength = words / Math.max(1, pages.length);
  return stems.map((one) => {
    const { indices, values } = documentVector(one, { averageLength });
    return new Map(Array.from(indices, (id, at) => [id, values[at] ?? 0] as const));
  });
}

function inverseFrequency(term: number, documents: readonly Map<number, number>[]): number {
  const holders = documents.filter((weights) => weights.has(term)).length;
  return Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
}
