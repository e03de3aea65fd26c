import { choosePassages } from './choose-passages.ts';
import type { PageFetcher } from './crawl/fetch-page.ts';
import type { Embedder } from './embed/embedder.ts';
import { EmbedError, IndexError, RerankError } from './errors.ts';
import type { AskedFiles } from './files/asked-files.ts';
import { retrieveFromFiles } from './files/retrieve-from-files.ts';
import { fuseArms } from './index/fuse.ts';
import type { AnsweringIndex, IndexedPassage, Scope } from './index/passage-index.ts';
import { createTolerantIndex } from './index/tolerant-index.ts';
import { asksAboutLinks, takeLinks } from './links.ts';
import type { Language, Passage, RankedPassage, ReadInPart, UnreadPage } from './passage.ts';
import type { PatienceOptions } from './patience.ts';
import { rankUnkept, withoutVectors } from './rank-unkept.ts';
import type { PageReader } from './reading/page-reader.ts';
import { rerank, RERANKED_AT_MOST } from './rerank/rerank.ts';
import type { Reranker } from './rerank/reranker.ts';
import { readPages } from './read-pages.ts';
import type { Reading } from './read-pages.ts';
import type { Metasearch } from './search/metasearch.ts';
import { joinSecondLanguage, searchInSecondLanguage } from './second-language.ts';
import type { TranslateQuery } from './second-language.ts';
import { createSiteBoilerplate } from './site-boilerplate.ts';
import { analyzeQuery } from './text/analyze.ts';
import { canonicalUrl } from './text/canonical-url.ts';
import { mergeNearDuplicates } from './text/near-duplicates.ts';

export interface RetrieverOptions {
  metasearch: Metasearch;
  fetchPage: PageFetcher['fetchPage'];
  /** By default pages are read in this thread. */
  pageReader?: Pick<PageReader, 'read' | 'warm'>;
  index: AnsweringIndex;
  embedder: Embedder | null;
  /** Puts the best passages in a better order where there is one. */
  reranker?: Reranker | null;
  /** Puts a question into the other language, where pages in that one may know more. */
  translate?: TranslateQuery | null;
  maxPages?: number;
  patience?: PatienceOptions;
  /** Passages handed to the answerer. */
  limit?: number;
  /** What stands a little higher, such as pages of an operator's sources. */
  isPreferred?: (passage: Passage) => boolean;
  /** Milliseconds since 1970: how new a page is. */
  clock?: () => number;
  /** Told what failed with its cause; readers never see it. */
  onFailure?: (what: string, error: unknown) => void;
}

export interface Retrieval {
  /** Best first, at most three a page and two pages a site (see choose-passages.ts). */
  passages: RankedPassage[];
  /** Pages that the search found or the question linked. */
  pagesFound: number;
  /** Of these, as many as were read in time. */
  pagesRead: number;
  /** No engine answered. */
  searchFailed: boolean;
  notRead: UnreadPage[];
  /** Addresses of all pages that it tried to read. */
  tried: string[];
  /** Pages that were read now, but not to their end, by address. */
  readInPart?: ReadonlyMap<string, ReadInPart>;
  /** One plain English sentence for each thing that did not work. */
  degraded: string[];
  timingsMs: { search: number; crawl: number; rank: number };
}

export type RetrievalEvent =
  | { type: 'reading'; pages: number }
  | { type: 'retrieved'; retrieval: Retrieval };

export interface Retriever {
  /**
   * Finds and reads pages and ranks their passages. Rejects only when the signal aborts, or when files
   * alone are asked and the index cannot read them.
   */
  retrieve(
    request: {
      question: string;
      language: Language;
      /** Whether whoever answers reads both languages. */
      bothLanguages?: boolean;
      /** Files of the chat that take part, or stand for everything else. */
      files?: AskedFiles | undefined;
      /** Pages that alone are asked, by their addresses: nothing is searched. */
      pages?: readonly string[] | undefined;
      /** What engines are asked instead of the question. */
      searchFor?: string | undefined;
      /** Addresses of pages that are not read, since they were tried before. */
      except?: readonly string[] | undefined;
    },
    options: { signal: AbortSignal },
  ): AsyncIterable<RetrievalEvent>;
  /** Resolves when no page of an earlier question is still on its way into the index. */
  settled(): Promise<void>;
}

/** Searches, reads the best pages side by side, indexes them and ranks what they say. */
export function createRetriever({
  metasearch,
  fetchPage,
  pageReader,
  index,
  embedder,
  reranker = null,
  translate = null,
  maxPages = 8,
  patience,
  limit = 24,
  isPreferred,
  clock = Date.now,
  onFailure = () => {},
}: RetrieverOptions): Retriever {
  const underWay = new Set<Promise<void>>();
  const boilerplate = createSiteBoilerplate();
  const rankedAtMost = reranker === null ? limit : Math.max(limit, RERANKED_AT_MOST);

  return {
    async *retrieve(request, { signal }) {
      const { question, language, bothLanguages = false, files, pages } = request;
      const degraded = new Set<string>();
      const degrade = (what: string, error: unknown): void => {
        // What was cut short did not fail.
        if (signal.aborted) return;
        onFailure(what, error);
        degraded.add(sentenceFor(what, error));
      };
      if (files?.isAlone === true) {
        yield { type: 'retrieved', retrieval: await fromFiles(question, files) };
        return;
      }
      const { links, rest } = takeLinks(question);
      const kept = createTolerantIndex(index, { onRefusal: (error) => degrade('index', error) });
      const startedAt = performance.now();

      const searches = pages === undefined && !asksAboutLinks(question);
      const asksPages = pages !== undefined;
      const queryVector = searches ? embedQuery(rest) : null;
      const asked = { text: request.searchFor ?? rest, language };
      const second =
        searches && bothLanguages && translate !== null
          ? searchInSecondLanguage(asked, { translate, metasearch, signal, onFailure })
          : null;
      const found = searches
        ? await metasearch.search(asked, { signal })
        : { results: [], degraded: [], failed: false };
      for (const sentence of found.degraded) degraded.add(sentence);
      const searchedAt = performance.now();

      const wanted = pages ?? [...links, ...found.results.map((result) => result.url)];
      const urls = withoutPages(distinctPages(wanted), request.except ?? []);
      const chosen = urls.slice(0, maxPages);
      if (chosen.length > 0) {
        // Ready when the first page is: it takes a tenth of a second, and pages take longer.
        pageReader?.warm();
        yield { type: 'reading', pages: chosen.length };
      }
      signal.throwIfAborted();
      const read = pageReader?.read;
      const means = {
        fetchPage,
        read,
        index: kept,
        embedder,
        boilerplate,
        patience,
        signal,
        degrade,
        onFailure,
      };
      const readings: Reading[] = [];
      const begin = (pages: readonly string[], howPatient = patience): Reading => {
        const reading = readPages(pages, { ...means, patience: howPatient });
        underWay.add(reading.done);
        void reading.done.finally(() => underWay.delete(reading.done));
        readings.push(reading);
        return reading;
      };
      // Nothing stands for a page that was named.
      const { enough } = begin(
        chosen,
        asksPages ? { ...patience, enoughPages: chosen.length } : patience,
      );
      const other =
        second === null
          ? null
          : await joinSecondLanguage(second, {
              enough,
              isEmpty: () => passagesOf(chosen).length === 0,
              async read(addresses) {
                const more = distinctPages([...urls, ...addresses]).slice(urls.length);
                chosen.push(...more.slice(0, maxOtherPages));
                urls.push(...more);
                await begin(more.slice(0, maxOtherPages), {
                  ...patience,
                  enoughPages: 1,
                  leastMs: 0,
                }).enough;
              },
              signal,
            });
      await enough;
      signal.throwIfAborted();
      for (const sentence of other?.response.degraded ?? []) degraded.add(sentence);
      const notRead = readings.flatMap((reading) => reading.unread());
      const crawledAt = performance.now();

      // A question about the page itself has no words to rank by, and no other page answers it.
      const passages = await rankAll();
      signal.throwIfAborted();
      yield {
        type: 'retrieved',
        retrieval: {
          passages,
          pagesFound: urls.length,
          pagesRead: chosen.length - notRead.length,
          searchFailed: found.failed,
          notRead,
          tried: chosen,
          readInPart: new Map(readings.flatMap((reading) => [...reading.inPart()])),
          degraded: [...degraded],
          timingsMs: {
            search: searchedAt - startedAt,
            crawl: crawledAt - searchedAt,
            rank: performance.now() - crawledAt,
          },
        },
      };

      async function rankAll(): Promise<RankedPassage[]> {
        // What was known already has been ranked by the first search.
        if (request.searchFor !== undefined && chosen.length === 0) return [];
        if (!searches && !asksPages) return inOrder(links);
        return reorder(rest, asksPages ? rankAsked(rest) : await rank(rest));
      }

      function rankAsked(text: string): RankedPassage[] {
        const limited = { limit: rankedAtMost * 2 };
        const ranked = rankUnkept(passagesOf(chosen), analyzeQuery(text), limited);
        return mergeNearDuplicates(ranked).slice(0, rankedAtMost);
      }

      async function fromFiles(text: string, asked: AskedFiles): Promise<Retrieval> {
        const begunAt = performance.now();
        const passages = await retrieveFromFiles(text, asked, {
          index,
          embedder,
          limit,
          onEmbedFailure: (error) => degrade('embeddings', error),
          signal,
        });
        return {
          passages: asked.inOrder === true ? passages : await reorder(text, passages),
          pagesFound: asked.pages.length,
          pagesRead: asked.pages.length,
          searchFailed: false,
          notRead: [],
          tried: [],
          degraded: [...degraded],
          timingsMs: { search: 0, crawl: 0, rank: performance.now() - begunAt },
        };
      }

      async function embedQuery(text: string): Promise<Float32Array | null> {
        if (embedder === null) return null;
        try {
          return await embedder.embedQuery(text, { signal });
        } catch (error) {
          degrade('embeddings', error);
          return null;
        }
      }

      function passagesOf(pages: readonly string[]): IndexedPassage[] {
        return readings.flatMap((reading) => reading.passagesOf(pages));
      }

      async function rank(text: string): Promise<RankedPassage[]> {
        const questions = other === null ? [text] : [text, other.query.text];
        const lists = await Promise.all(questions.map(rankBy));
        return choose(text, mergeRanked(lists));
      }

      async function rankBy(text: string): Promise<RankedPassage[]> {
        const words = analyzeQuery(text);
        const scopes: Scope[] = ['public', ...(files?.pages ?? []).map(({ scope }) => scope)];
        const query = { ...words, dense: await queryVector, scopes };
        try {
          const hits = await kept.query({ ...query, limit: limit * 4 });
          const ranked = fuseArms(hits, { limit: Infinity, question: text });
          // What was just read answers, whether there is room on the disk for it or not.
          const unkept = readings.flatMap((reading) => reading.unkept());
          const stale = new Set(unkept.map(({ id }) => id));
          const known = ranked.filter(({ id }) => !stale.has(id));
          return [...rankUnkept(unkept, words, { limit: rankedAtMost }), ...known];
        } catch (error) {
          degrade('index', error);
          return rankUnkept(passagesOf(chosen), words, { limit: rankedAtMost * 2 });
        }
      }

      function choose(text: string, ranked: readonly RankedPassage[]): RankedPassage[] {
        const chosenPassages = choosePassages(ranked, {
          question: text,
          now: new Date(clock()),
          askedPages: new Set(links.map((link) => canonicalUrl(link))),
          ...(isPreferred === undefined ? {} : { isPreferred }),
          limit: rankedAtMost * 2,
        });
        // Copies of one text make room for what other pages say.
        return mergeNearDuplicates(chosenPassages).slice(0, rankedAtMost);
      }

      async function reorder(text: string, passages: RankedPassage[]): Promise<RankedPassage[]> {
        if (reranker === null) return passages;
        try {
          const ordered = await rerank(passages, { question: text, reranker, signal });
          return ordered.slice(0, limit);
        } catch (error) {
          degrade('reranker', error);
          return passages.slice(0, limit);
        }
      }

      function inOrder(pages: readonly string[]): RankedPassage[] {
        const passages = passagesOf(pages).slice(0, limit);
        return passages.map((passage) => ({ ...withoutVectors(passage), score: 0 }));
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Of a passage that both have, the better score counts: each list's best stand equal. */
function mergeRanked(lists: readonly (readonly RankedPassage[])[]): RankedPassage[] {
  const [only] = lists;
  if (lists.length === 1 && only !== undefined) return [...only];
  const merged = new Map<string, RankedPassage>();
  for (const passage of lists.flat()) {
    if (passage.score > (merged.get(passage.id)?.score ?? -Infinity)) {
      merged.set(passage.id, passage);
    }
  }
  return [...merged.values()].sort((one, other) => other.score - one.score);
}

/** Pages in the other language, beside those of the first. */
const maxOtherPages = 3;

function sentenceFor(what: string, error: unknown): string {
  const isOurs = [EmbedError, IndexError, RerankError].some((kind) => error instanceof kind);
  return isOurs && error instanceof Error ? withName(what, error.message) : `${what}: failed`;
}

function withName(name: string, message: string): string {
  return message.startsWith(`${name}:`) ? message : `${name}: ${message}`;
}

function withoutPages(addresses: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((address) => canonicalUrl(address)));
  return addresses.filter((address) => !known.has(canonicalUrl(address)));
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
