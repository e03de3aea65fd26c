import { setTimeout as pause } from 'node:timers/promises';

import type { Metasearch, MetasearchResponse } from './search/metasearch.ts';
import type { SearchQuery } from './search/search-engine.ts';

/**
 * The same question in the language whose pages may know more, or null where that helps nobody.
 * Rejects when it cannot tell.
 */
export type TranslateQuery = (
  query: SearchQuery,
  options: { signal: AbortSignal },
) => Promise<SearchQuery | null>;

export interface SecondSearchOptions {
  translate: TranslateQuery;
  metasearch: Metasearch;
  signal: AbortSignal;
  /** How long the translation may take. */
  deadlineMs?: number;
  onFailure: (what: string, error: unknown) => void;
}

/** A search in the other language, on its way beside the first one. */
export interface SecondSearch {
  /** What was searched for and found. Null: nothing, it failed, or was late. Never rejects. */
  outcome: Promise<SecondLanguage | null>;
  /** Whether it is under way in the other language, so that waiting for it makes sense. */
  isTranslated(): boolean;
  giveUp(): void;
}

export interface SecondLanguage {
  query: SearchQuery;
  response: MetasearchResponse;
}

/** Costs nobody any time: whoever needs the outcome decides how long to wait for it. */
export function searchInSecondLanguage(
  query: SearchQuery,
  { translate, metasearch, signal, deadlineMs = 2000, onFailure }: SecondSearchOptions,
): SecondSearch {
  const own = new AbortController();
  const both = AbortSignal.any([signal, own.signal]);
  const deadline = setTimeout(() => own.abort(), deadlineMs);
  let isTranslated = false;

  const search = async (): Promise<SecondLanguage | null> => {
    try {
      const translated = await translate(query, { signal: both });
      clearTimeout(deadline);
      both.throwIfAborted();
      if (translated === null) return null;
      isTranslated = true;
      return { query: translated, response: await metasearch.search(translated, { signal: both }) };
    } catch (error) {
      if (!both.aborted) onFailure('second language', error);
      return null;
    } finally {
      clearTimeout(deadline);
      isTranslated = false;
    }
  };

  return {
    outcome: search(),
    isTranslated: () => isTranslated,
    giveUp: () => own.abort(),
  };
}

export interface JoinOptions {
  /** Resolves when enough of the first language was read. */
  enough: Promise<void>;
  /** Whether that was nothing at all: then there is nobody to keep waiting. */
  isEmpty: () => boolean;
  /** Reads these pages until one has come or none will. */
  read: (addresses: readonly string[]) => Promise<void>;
  /** How long the second language is waited for once there is enough of the first. */
  patienceMs?: number;
  signal: AbortSignal;
}

/**
 * Reads what the second search finds beside the first language's pages. Resolves when there is enough
 * of the first, or little later, with what was searched for; null if it came to nothing in that time.
 */
export async function joinSecondLanguage(
  second: SecondSearch,
  { enough, isEmpty, read, patienceMs = 400, signal }: JoinOptions,
): Promise<SecondLanguage | null> {
  let found: SecondLanguage | null = null;
  let isOver = false;
  const join = async (): Promise<void> => {
    const outcome = await second.outcome;
    if (outcome === null || isOver) return;
    found = outcome;
    await read(outcome.response.results.map(({ url }) => url));
  };
  const joined = join();
  await enough;
  if (isEmpty()) await joined;
  // Who still looks for words to search with will not be done in time.
  else if (found !== null || second.isTranslated()) await atMost(patienceMs, joined, signal);
  isOver = true;
  second.giveUp();
  return found;
}

async function atMost(ms: number, work: Promise<void>, signal: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const time = pause(ms, undefined, { signal: AbortSignal.any([timer.signal, signal]) });
  await Promise.race([work, time.catch(() => {})]);
  timer.abort();
}
