import { SearchError } from '../errors.ts';
import { gather } from './gather.ts';
import type { Outcome } from './gather.ts';
import { mergeResults } from './merge-results.ts';
import type { SearchEngine, SearchQuery, SearchResponse, SearchResult } from './search-engine.ts';

export interface MetasearchOptions {
  engines: readonly SearchEngine[];
  /** How long the slowest engine may take. */
  deadlineMs?: number;
  /** How long the rest is still waited for once there are results enough. */
  graceMs?: number;
  /** Results of all engines so far, repeats included, after which the grace begins. */
  enoughResults?: number;
  /** For the log: the failure with its cause. */
  onFailure?: (engine: string, error: unknown) => void;
}

export interface MetasearchResponse {
  /** Best first, one a page. Empty with `failed` false means that the web has nothing. */
  results: SearchResult[];
  /** What did not work, or only in part, one plain sentence each that starts with the engine. */
  degraded: string[];
  /** No engine answered, or there is none. */
  failed: boolean;
}

export interface Metasearch {
  /** Never rejects because of an engine; rejects with the signal's reason when that aborts. */
  search(query: SearchQuery, options: { signal: AbortSignal }): Promise<MetasearchResponse>;
}

/** All engines at once under one deadline, merged by page; a slow one holds nobody up. */
export function createMetasearch({
  engines,
  deadlineMs = 4500,
  graceMs = 300,
  enoughResults = 8,
  onFailure = () => {},
}: MetasearchOptions): Metasearch {
  const isEnough = (responses: SearchResponse[]): boolean =>
    responses.reduce((sum, { results }) => sum + results.length, 0) >= enoughResults;

  return {
    async search(query, { signal }) {
      if (engines.length === 0) {
        return { results: [], degraded: ['search: no engine is configured'], failed: true };
      }
      const outcomes = await gather(
        engines.map((engine) => (enginesSignal) => engine.search(query, { signal: enginesSignal })),
        { deadlineMs, graceMs, isEnough, signal },
      );
      const degraded = engines.flatMap(({ name }, index) => {
        const outcome = outcomes[index];
        if (outcome?.status === 'failed') onFailure(name, outcome.error);
        return outcome === undefined ? [] : complaints(name, outcome, deadlineMs);
      });
      return {
        results: mergeResults(
          outcomes.map((outcome) => (outcome.status === 'done' ? outcome.value.results : [])),
        ),
        degraded,
        failed: outcomes.every((outcome) => outcome.status !== 'done'),
      };
    },
  };
}

function complaints(name: string, outcome: Outcome<SearchResponse>, deadlineMs: number): string[] {
  if (outcome.status === 'done') return outcome.value.warnings;
  if (outcome.status === 'late') {
    return outcome.reason === 'deadline'
      ? [`${name}: no answer within ${deadlineMs} ms`]
      : [`${name}: slower than the others, not waited for`];
  }
  // Anything but a SearchError is a fault of ours, whose text was not written to be shown.
  return [
    outcome.error instanceof SearchError ? outcome.error.message : `${name}: the search failed`,
  ];
}
