import type { Dispatcher } from 'undici';
import { SearchError } from '../errors.ts';
import { withDeadline } from './deadline.ts';
import { gather } from './gather.ts';
import type { Outcome } from './gather.ts';
import { createHostTurns, systemClock } from './host-turns.ts';
import type { Clock } from './host-turns.ts';
import { searchMediaWiki } from './mediawiki.ts';
import type { MediaWiki } from './mediawiki.ts';
import type { SearchEngine, SearchQuery, SearchResult } from './search-engine.ts';
import { searchTerms } from './search-terms.ts';

export interface WikipediaOptions {
  /** `{lang}` stands for the wiki's language. */
  baseUrl?: string;
  languages?: readonly WikiLanguage[];
  /** Must name the bot and a contact: https://meta.wikimedia.org/wiki/User-Agent_policy */
  userAgent: string;
  dispatcher?: Dispatcher;
  /** Over everything: waiting for a turn, pauses the wiki asks for, the second, looser question. */
  timeoutMs?: number;
  /** How long the other wiki is waited for once there are results enough. */
  graceMs?: number;
  maxBytes?: number;
  clock?: Clock;
}

export type WikiLanguage = 'ru' | 'en';

/**
 * Wikipedia in several languages at once; results alternate, those in the question's language
 * first. One wiki that fails is a warning.
 */
export function createWikipedia({
  baseUrl = 'https://{lang}.wikipedia.org',
  languages = ['ru', 'en'],
  userAgent,
  dispatcher,
  timeoutMs = 4000,
  graceMs = 400,
  maxBytes = 2_000_000,
  clock = systemClock,
}: WikipediaOptions): SearchEngine {
  const name = 'wikipedia';
  const turns = createHostTurns(clock);
  const wikis = languages.map((language) => ({
    language,
    label: languages.length > 1 ? `${name} (${language})` : name,
    baseUrl: baseUrl.replaceAll('{lang}', language).replace(/\/+$/u, ''),
    userAgent,
    maxBytes,
    dispatcher,
    turns,
    clock,
  }));

  return {
    name,
    async search(query, { signal }) {
      signal.throwIfAborted();
      const terms = searchTerms(query.text);
      if (terms.length === 0) return { results: [], warnings: [] };
      const ordered = wikis.toSorted((a, b) => rank(a.language, query) - rank(b.language, query));
      const outcomes = await gather(
        ordered.map((wiki) => async (tasksSignal) => {
          const results = await searchWiki(wiki, query, terms, tasksSignal, timeoutMs);
          return { wiki, results };
        }),
        {
          // Each wiki has a deadline of its own, which says which wiki it was.
          deadlineMs: timeoutMs * 2,
          graceMs,
          // Only the wiki of the question's language may end the wait: the other never cuts it off.
          isEnough: (answers) =>
            answers.some(({ wiki }) => wiki === ordered[0]) &&
            answers.flatMap(({ results }) => results).length >= enoughResults,
          signal,
        },
      );
      const failures = failuresOf(name, ordered, outcomes);
      if (failures.length === outcomes.length) throw allFailed(name, failures);
      return {
        results: interleave(outcomes.map((it) => (it.status === 'done' ? it.value.results : []))),
        warnings: failures.map((failure) => failure.message),
      };
    },
  };
}

const enoughResults = 5;
const tooFewResults = 3;

interface Wiki extends MediaWiki {
  language: WikiLanguage;
}

/** The wiki of the question's language first; for another language, the one with most articles. */
function rank(language: WikiLanguage, { language: asked }: SearchQuery): number {
  return language === (asked === 'other' ? 'en' : asked) ? 0 : 1;
}

/**
 * CirrusSearch finds pages that hold every word. Where a question's words find next to nothing in
 * its own language, pages with most of them follow. In the other language that would find chance
 * words, so there only strict matches count, for the names that are written in its letters.
 */
async function searchWiki(
  wiki: Wiki,
  query: SearchQuery,
  terms: readonly string[],
  signal: AbortSignal,
  timeoutMs: number,
): Promise<SearchResult[]> {
  const onTimeout = (): SearchError =>
    new SearchError(`${wiki.label}: no answer within ${timeoutMs} ms`, { retryable: true });
  return withDeadline({ timeoutMs, signal, onTimeout }, async (deadline) => {
    const deadlineAt = wiki.clock.now() + timeoutMs;
    const ask = (srsearch: string): Promise<SearchResult[]> =>
      searchMediaWiki(wiki, { srsearch, deadlineAt, signal: deadline });

    const isForeign = query.language !== 'other' && query.language !== wiki.language;
    const strict = await ask((isForeign ? inLettersOf(wiki.language, terms) : terms).join(' '));
    if (isForeign || terms.length < 2 || strict.length >= tooFewResults) return strict;
    const known = new Set(strict.map((result) => result.url));
    const loose = await ask(terms.join(' OR '));
    return [...strict, ...loose.filter((result) => !known.has(result.url))];
  });
}

function inLettersOf(language: WikiLanguage, terms: readonly string[]): readonly string[] {
  const letters = language === 'ru' ? /\p{Script=Cyrillic}/u : /\p{Script=Latin}/u;
  const own = terms.filter((term) => letters.test(term));
  return own.length > 0 ? own : terms;
}

function failuresOf(
  name: string,
  wikis: readonly Wiki[],
  outcomes: readonly Outcome<unknown>[],
): SearchError[] {
  return outcomes.flatMap((outcome, index) => {
    if (outcome.status === 'done') return [];
    const label = wikis[index]?.label ?? name;
    if (outcome.status === 'late') {
      return [
        new SearchError(`${label}: slower than the other, not waited for`, { retryable: true }),
      ];
    }
    if (outcome.error instanceof SearchError) return [outcome.error];
    return [
      new SearchError(`${label}: the search failed`, { retryable: false, cause: outcome.error }),
    ];
  });
}

function allFailed(name: string, failures: readonly SearchError[]): SearchError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const reasons = failures.map((failure) => failure.message.replace(`${name} `, ''));
  return new SearchError(`${name}: no wiki answered: ${reasons.join('; ')}`, {
    retryable: failures.some((failure) => failure.retryable),
    cause: new AggregateError(failures),
  });
}

function interleave(lists: readonly SearchResult[][]): SearchResult[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  ).flat();
}
