import { canonicalUrl } from '../text/canonical-url.ts';
import type { SearchResult } from './search-engine.ts';

/**
 * One list out of several, each best first: by reciprocal rank, so that a page which two engines
 * found comes before one that one of them put first. Of equals, earlier lists go first. A page keeps
 * the address and words of its best place; what they lack comes from its other ones.
 * Cormack, Clarke, Büttcher: Reciprocal Rank Fusion, SIGIR 2009.
 */
export function mergeResults(lists: readonly (readonly SearchResult[])[]): SearchResult[] {
  const pages = new Map<string, MergedPage>();
  for (const list of lists) {
    const seen = new Set<string>();
    for (const result of list) {
      const key = pageKey(result.url);
      // An engine that repeats a page does not vote twice.
      if (key === null || seen.has(key)) continue;
      seen.add(key);
      const rank = seen.size;
      const page = pages.get(key);
      pages.set(key, page === undefined ? firstSeen(result, rank) : seenAgain(page, result, rank));
    }
  }
  return [...pages.values()]
    .sort((a, b) => b.score - a.score || a.bestRank - b.bestRank)
    .map((page) => page.result);
}

interface MergedPage {
  result: SearchResult;
  bestRank: number;
  score: number;
}

const rankConstant = 60;

function firstSeen(result: SearchResult, rank: number): MergedPage {
  return { result, bestRank: rank, score: 1 / (rankConstant + rank) };
}

function seenAgain(page: MergedPage, result: SearchResult, rank: number): MergedPage {
  const [better, other] = rank < page.bestRank ? [result, page.result] : [page.result, result];
  return {
    result: {
      url: better.url,
      title: better.title || other.title,
      snippet: better.snippet || other.snippet,
      publishedAt: better.publishedAt ?? other.publishedAt,
    },
    bestRank: Math.min(rank, page.bestRank),
    score: page.score + 1 / (rankConstant + rank),
  };
}

/** Within one search, http or https and `www.` or none are the same page. */
function pageKey(address: string): string | null {
  try {
    return canonicalUrl(address).replace(/^https?:\/\/(?:www\.)?/u, '');
  } catch {
    return null;
  }
}
