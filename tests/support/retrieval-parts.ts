import type { FetchedPage, PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import type { Retrieval, RetrievalEvent, Retriever } from '../../retrieval/retrieve.ts';
import type { Metasearch, MetasearchResponse } from '../../retrieval/search/metasearch.ts';

/** A search that always finds these pages, and remembers what it was asked. */
export function scriptedSearch(
  urls: readonly string[],
  over: Partial<MetasearchResponse> = {},
): Metasearch & { queries: string[] } {
  const queries: string[] = [];
  return {
    queries,
    async search({ text }, { signal }) {
      signal.throwIfAborted();
      queries.push(text);
      const results = urls.map((url) => ({ url, title: '', snippet: '', publishedAt: null }));
      return { results, degraded: [], failed: false, ...over };
    },
  };
}

/** Text of a page, a failure, or a page that is awaited; a page that is not there is a 404. */
export type ScriptedPage = string | PageError | Promise<string>;

/** Fetches from memory. A page that is awaited is given up as soon as the signal aborts. */
export function scriptedFetch(
  pages: Readonly<Record<string, ScriptedPage>>,
): PageFetcher['fetchPage'] & { fetched: string[] } {
  const fetched: string[] = [];
  const fetchPage: PageFetcher['fetchPage'] = async (url, { signal }) => {
    fetched.push(url);
    const page = pages[url] ?? new PageError('HTTP 404', { retryable: false });
    if (page instanceof PageError) throw page;
    return fetchedPage(url, await unlessAborted(page, signal));
  };
  return Object.assign(fetchPage, { fetched });
}

/** What a retrieval comes to, and the events before. */
export async function retrieveAll(
  retriever: Retriever,
  question: string,
  {
    signal = new AbortController().signal,
    ...asked
  }: { signal?: AbortSignal; searchFor?: string; except?: readonly string[] } = {},
): Promise<Retrieval & { events: RetrievalEvent[] }> {
  const events: RetrievalEvent[] = [];
  for await (const event of retriever.retrieve(
    { question, language: 'ru', ...asked },
    { signal },
  )) {
    events.push(event);
  }
  const last = events.at(-1);
  if (last?.type !== 'retrieved') throw new Error('nothing was retrieved');
  return { ...last.retrieval, events };
}

export function texts(passages: readonly RankedPassage[]): string[] {
  return passages.map(({ text }) => text);
}

function fetchedPage(url: string, text: string): FetchedPage {
  return {
    requestedUrl: url,
    url,
    contentType: 'text/plain',
    text,
    bytes: new TextEncoder().encode(text),
    etag: null,
    lastModified: null,
    fetchedAt: '2026-11-22T10:00:00.000Z',
    from: 'network',
  };
}

async function unlessAborted<T>(value: T | Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([value, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
