import type { Language } from '../passage.ts';

export interface SearchQuery {
  text: string;
  language: Language;
}

/** A hint where to read: only pages that were read may be cited, so a snippet never is. */
export interface SearchResult {
  /** An http or https address as the engine gave it. */
  url: string;
  /** Plain text; may be empty. */
  title: string;
  /** Plain text without markup; may be empty. */
  snippet: string;
  /** ISO 8601, or null when the engine said nothing that can be understood. */
  publishedAt: string | null;
}

export interface SearchResponse {
  /** Best first. Empty means that the web has nothing, never that the engine failed. */
  results: SearchResult[];
  /** What worked only in part, one plain sentence each: `searxng: brave did not answer (timeout)`. */
  warnings: string[];
}

/** A search engine. The contract every implementation passes is tests/contracts/search-engine.ts. */
export interface SearchEngine {
  /** Short and lower-case, as it appears in `degraded`: `searxng`. */
  readonly name: string;
  /** @throws {SearchError} with one plain sentence that starts with the engine's name. */
  search(query: SearchQuery, options: { signal: AbortSignal }): Promise<SearchResponse>;
}
