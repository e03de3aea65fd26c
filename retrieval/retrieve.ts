import { crawl } from './crawl/crawl.ts';
import type { PageFetcher } from './crawl/fetch-page.ts';
import type { Embedder } from './embed/embedder.ts';
import { EmbedError, IndexError, PageError } from './errors.ts';
import { fuseArms } from './index/fuse.ts';
import type { PassageIndex } from './index/passage-index.ts';
import { createTolerantIndex } from './index/tolerant-index.ts';
import { asksAboutLinks, takeLinks } from './links.ts';
import type { Language, RankedPassage, UnreadPage } from './passage.ts';
import { createPatience, type PatienceOptions } from './patience.ts';
import { readPage } from './read-page.ts';
import type { Metasearch } from './search/metasearch.ts';
import { analyzeQuery } from './text/analyze.ts';
import { canonicalUrl } from './text/canonical-url.ts';

export interface RetrieverOptions {
  metasearch: Metasearch;
  fetchPage: PageFetcher['fetchPage'];
  index: PassageIndex;
  embedder: Embedder | null;
  maxPages?: number;
  patience?: PatienceOptions;
  /** Passages handed to the answerer. */
  limit?: number;
  /** Told what failed with its cause; readers never see it. */
  onFailure?: (what: string, error: unknown) => void;
}

export interface Retrieval {
  /** Best first, at most three a page. */
  passages: RankedPassage[];
  /** Pages that the search found or the question linked. */
  pagesFound: number;
  /** Of these, as many as were read in time. */
  pagesRead: number;
  /** No engine answered. */
  searchFailed: boolean;
  notRead: UnreadPage[];
  /** One plain English sentence for each thing that did not work. */
  degraded: string[];
  timingsMs: { search: number; crawl: number; rank: number };
}

export type RetrievalEvent =
  | { type: 'reading'; pages: number }
  | { type: 'retrieved'; retrieval: Retrieval };

export interface Retriever {
  /** Finds and reads pages and ranks their passages. Rejects only when the signal aborts. */
  retrieve(
    request: { question: string; language: Language },
    options: { signal: AbortSignal },
  ): AsyncIterable<RetrievalEvent>;
  /** Resolves when no page of an earlier question is still on its way into the index. */
  settled(): Promise<void>;
}

/** Searches, reads the best pages side by side, indexes them and ranks what they say. */
export function createRetriever({
  metasearch,
  fetchPage,
  index,
  embedder,
  maxPages = 8,
  patience,
  limit = 24,
  onFailure = () => {},
}: RetrieverOptions): Retriever {
  const underWay = new Set<Promise<void>>();

  return {
    async *retrieve({ question, language }, { signal }) {
      const degraded = new Set<string>();
      const { links, rest } = takeLinks(question);
      const onRefusal = (error: unknown): void => degrade(degraded, 'index', error);
      const kept = createTolerantIndex(index, { onRefusal });
      const startedAt = performance.now();

      const searches = !asksAboutLinks(question);
      const queryVector = searches ? embedQuery(rest) : null;
      const found = searches
        ? await metasearch.search({ text: rest, language }, { signal })
        : { results: [], degraded: [], failed: false };
      for (const sentence of found.degraded) degraded.add(sentence);
      const searchedAt = performance.now();

      const urls = distinctPages([...links, ...found.results.map((result) => result.url)]);
      const chosen = urls.slice(0, maxPages);
      if (chosen.length > 0) yield { type: 'reading', pages: chosen.length };
      const reading = readAll(chosen, { kept, degraded, signal });
      await reading.enough;
      const notRead = reading.unread();
      const crawledAt = performance.now();

      // A question about the page itself has no words to rank by, and no other page answers it.
      const passages = searches ? await rank(rest) : reading.passagesOf(links).slice(0, limit);
      signal.throwIfAborted();
      yield {
        type: 'retrieved',
        retrieval: {
          passages,
          pagesFound: urls.length,
          pagesRead: chosen.length - notRead.length,
          searchFailed: found.failed,
          notRead,
          degraded: [...degraded],
          timingsMs: {
            search: searchedAt - startedAt,
            crawl: crawledAt - searchedAt,
            rank: performance.now() - crawledAt,
          },
        },
      };

      async function embedQuery(text: string): Promise<Float32Array | null> {
        if (embedder === null) return null;
        try {
          return await embedder.embedQuery(text, { signal });
        } catch (error) {
          degrade(degraded, 'embeddings', error);
          return null;
        }
      }

      async function rank(text: string): Promise<RankedPassage[]> {
        const { terms, grams } = analyzeQuery(text);
        const query = { terms, grams, dense: await queryVector, scopes: ['public' as const] };
        try {
          return fuseArms(await kept.query({ ...query, limit: limit * 4 }), { limit });
        } catch (error) {
          degrade(degraded, 'index', error);
          // What was just read still answers: in the order of the pages, without a ranking.
          return reading.passagesOf(chosen).slice(0, limit);
        }
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };

  /** Reads on in the background after `enough`: what lands later still enters the index. */
  function readAll(
    urls: readonly string[],
    {
      kept,
      degraded,
      signal,
    }: { kept: Pick<PassageIndex, 'replacePage'>; degraded: Set<string>; signal: AbortSignal },
  ) {
    const waiting = new Set(urls);
    const failures: UnreadPage[] = [];
    const read = new Map<string, RankedPassage[]>();
    const waits = createPatience(urls.length, patience);

    const take = async (fetched: Parameters<typeof readPage>[0]): Promise<void> => {
      const { requestedUrl } = fetched;
      try {
        const onEmbedFailure = (error: unknown): void => degrade(degraded, 'embeddings', error);
        const page = await readPage(fetched, { scope: 'public', embedder, onEmbedFailure, signal });
        read.set(
          requestedUrl,
          page.passages.map(({ terms: _terms, grams: _grams, dense: _dense, ...passage }) => ({
            ...passage,
            score: 0,
          })),
        );
        await kept.replacePage(page).catch((error: unknown) => degrade(degraded, 'index', error));
        waiting.delete(requestedUrl);
        waits.pageIn();
      } catch (error) {
        fail(requestedUrl, error instanceof PageError ? error.message : 'could not be read', error);
      }
    };

    const fail = (url: string, reason: string, error?: unknown): void => {
      if (error !== undefined && !(error instanceof PageError)) onFailure(`page ${url}`, error);
      waiting.delete(url);
      failures.push({ url, reason });
      waits.pageLost();
    };

    const work = async (): Promise<void> => {
      const taking: Promise<void>[] = [];
      for await (const event of crawl(urls, { fetchPage, signal })) {
        if (event.type === 'page') taking.push(take(event.page));
        else fail(event.url, event.reason);
      }
      await Promise.all(taking);
    };

    const done = work().catch((error: unknown) => onFailure('reading pages', error));
    underWay.add(done);
    void done.finally(() => {
      underWay.delete(done);
      waits.end();
    });

    return {
      enough: waits.enough,
      unread: (): UnreadPage[] => [
        ...failures,
        ...[...waiting].map((url) => ({ url, reason: 'not read in time' })),
      ],
      passagesOf: (wanted: readonly string[]): RankedPassage[] =>
        wanted.flatMap((url) => read.get(url) ?? []),
    };
  }

  function degrade(degraded: Set<string>, what: string, error: unknown): void {
    onFailure(what, error);
    const isOurs = error instanceof EmbedError || error instanceof IndexError;
    degraded.add(isOurs ? withName(what, error.message) : `${what}: failed`);
  }
}

function withName(name: string, message: string): string {
  return message.startsWith(`${name}:`) ? message : `${name}: ${message}`;
}

/** One address a page, the first that was given; what is no web address is left out. */
function distinctPages(addresses: readonly string[]): string[] {
  const pages = new Map<string, string>();
  for (const address of addresses) {
    if (!/^https?:/iu.test(address) || !URL.canParse(address)) continue;
    const canonical = canonicalUrl(address);
    if (!pages.has(canonical)) pages.set(canonical, address);
  }
  return [...pages.values()];
}
