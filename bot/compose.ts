import { join } from 'node:path';

import type { Logger } from 'pino';

import { createAsk } from '../generation/answer/answer.ts';
import type { Ask } from '../generation/answer/answer-event.ts';
import { createCheck } from '../generation/check/check-claims.ts';
import type { Check } from '../generation/check/check-event.ts';
import type { Answerer } from '../generation/answer/answerer.ts';
import { createQuestionCompleter } from '../generation/answer/complete-question.ts';
import { createDirectAnswerer } from '../generation/answer/direct/direct-answerer.ts';
import { createExtractiveAnswerer } from '../generation/answer/extractive-answerer.ts';
import { createModelAnswerer } from '../generation/answer/model-answerer.ts';
import { createModelJudge } from '../generation/answer/model-judge.ts';
import { createQueryTranslator } from '../generation/answer/translate-query.ts';
import { createPageFetcher } from '../retrieval/crawl/fetch-page.ts';
import { createPageCache } from '../retrieval/crawl/page-cache.ts';
import { openPageStore } from '../retrieval/crawl/page-store.ts';
import type { ReaderService } from '../retrieval/crawl/reader-service.ts';
import { createReaderService } from '../retrieval/crawl/reader-service.ts';
import type { Embedder } from '../retrieval/embed/embedder.ts';
import { createFileLibrary } from '../retrieval/files/file-library.ts';
import type { FileLibrary } from '../retrieval/files/file-library.ts';
import type { PassageIndex } from '../retrieval/index/passage-index.ts';
import { createPageReader } from '../retrieval/reading/page-reader.ts';
import { createReaderCache } from '../retrieval/reading/reader-cache.ts';
import { readWithService } from '../retrieval/reading/read-with-service.ts';
import { createRetriever } from '../retrieval/retrieve.ts';
import { createMetasearch } from '../retrieval/search/metasearch.ts';
import { createHttpReranker } from '../retrieval/rerank/http-reranker.ts';
import type { Reranker } from '../retrieval/rerank/reranker.ts';
import type { SearchEngine } from '../retrieval/search/search-engine.ts';
import { preferredBy } from '../retrieval/sources/preferred.ts';
import { createSearxng } from '../retrieval/search/searxng.ts';
import { createWikipedia } from '../retrieval/search/wikipedia.ts';
import type { Config } from './config.ts';
import type { GigaChatConnection } from './connections/gigachat.ts';
import { openGigaChat } from './connections/open-gigachat.ts';
import { openDigest } from './digest/open-digest.ts';
import type { OpenedDigest } from './digest/open-digest.ts';
import { openEmbedder } from './open-embedder.ts';
import { openIndex } from './open-index.ts';
import type { OpenIndexOptions } from './open-index.ts';
import { openModels } from './open-models.ts';
import type { Health } from './operator/health.ts';
import { openSources } from './sources/open-sources.ts';
import type { SourcesDesk } from './sources/sources-desk.ts';
import { countFetches, readKeptStats } from './operator/kept-stats.ts';
import type { KeptStats } from './operator/kept-stats.ts';
import { observeIndex, observeSearch } from './operator/observe.ts';

export interface ComposedApp {
  ask: Ask;
  check: Check;
  index: PassageIndex;
  sources: SourcesDesk;
  files: FileLibrary;
  /** What posts for the channel are made with; null where there is no channel. */
  digest: OpenedDigest | null;
  /** What is kept of the web. @throws {IndexError} */
  readKept(): Promise<KeptStats>;
  /** Resolves when no page of an earlier question is still on its way into the index. */
  settled(): Promise<void>;
  /** Cuts what is being fetched, keeps what was acknowledged. */
  close(): Promise<void>;
}

export type ChooseWriter = (known: { model: Answerer | null; quotes: Answerer }) => Answerer | null;

export interface ComposeOptions extends Partial<Pick<OpenIndexOptions, 'move'>> {
  logger: Logger;
  health?: Health;
  /** Who writes the answers, null for quotes; the model that the settings name, if there is one. */
  chooseWriter?: ChooseWriter;
}

/**
 * The one place that chooses implementations. `health` hears what works and what fails.
 * @throws {IndexError} when the data folder cannot serve.
 */
export async function compose(
  config: Config,
  {
    logger,
    health = UNWATCHED,
    move = 'nothing',
    chooseWriter = ({ model }) => model,
  }: ComposeOptions,
): Promise<ComposedApp> {
  await using opening = new AsyncDisposableStack();
  const gigachat = await openGigaChat(config);
  if (gigachat !== null) opening.defer(() => gigachat.close());
  const embeddings = await openEmbedder(config, { logger, health, gigachat });
  opening.defer(() => embeddings.close());
  const { embedder, uncached } = embeddings;
  const opened = await openIndex(config, { logger, move, embedder });
  opening.defer(() => opened.close());
  const parts = { logger, health, embedder, uncached, gigachat, chooseWriter };
  const app = await composeAround(opened.index, config, parts);
  // Whatever fails before this closes what is open: an index's threads keep the process alive.
  const open = opening.move();
  return {
    ...app,
    async close() {
      await app.close();
      await open.disposeAsync();
    },
  };
}

async function composeAround(
  index: PassageIndex,
  config: Config,
  {
    logger,
    health,
    embedder,
    uncached,
    gigachat,
    chooseWriter,
  }: {
    logger: Logger;
    health: Health;
    embedder: Embedder | null;
    uncached: Embedder | null;
    gigachat: GigaChatConnection | null;
    chooseWriter: ChooseWriter;
  },
): Promise<ComposedApp> {
  const models = await openModels(config, { health, gigachat });
  const pageStore = openPageStore({
    file: join(config.dataDir, 'pages.sqlite'),
    onProblem: (sentence, error) => logger.warn({ err: error }, sentence),
  });
  const pageCache = createPageCache({ store: pageStore, maxBytes: config.crawl.maxBytes });
  const fetcher = createPageFetcher({
    userAgent: config.crawl.userAgent,
    timeoutMs: config.crawl.timeoutMs,
    maxBytes: config.crawl.maxBytes,
    allowPrivateHosts: config.crawl.allowPrivateHosts,
    cache: pageCache,
  });
  const onFailure = (what: string, error: unknown): void =>
    logger.warn({ err: error, what }, 'something did not work');
  const pageReader = createPageReader();
  const readerService = chooseReaderService(config);
  const read =
    readerService === null
      ? pageReader.read
      : readWithService(pageReader.read, readerService, {
          cache: createReaderCache({ cache: pageCache }),
        });
  const { fetchPage, count } = countFetches((url, options) => fetcher.fetchPage(url, options));
  const sources = openSources({
    folder: config.dataDir,
    index,
    fetchPage,
    read,
    embedder,
    allowPrivateHosts: config.crawl.allowPrivateHosts,
    logger,
  });
  const retriever = createRetriever({
    isPreferred: preferredBy(sources.store),
    metasearch: observeSearch(
      createMetasearch({ engines: chooseEngines(config), onFailure }),
      health,
    ),
    fetchPage,
    pageReader: { read, warm: pageReader.warm },
    index: observeIndex(index, health),
    embedder,
    reranker: chooseReranker(config),
    translate: models.aside === null ? null : createQueryTranslator({ model: models.aside }),
    onFailure,
  });
  const fileReader = createPageReader(FILE_READING);
  const files = createFileLibrary({
    index: { ...observeIndex(index, health), deleteScope: (scope) => index.deleteScope(scope) },
    read: fileReader.read,
    embedder: uncached,
    onFailure,
  });
  const secondOpinion = models.verify === null ? null : createModelJudge({ model: models.verify });
  const check = createCheck({ retriever, secondOpinion, onFailure });
  const quotes = createExtractiveAnswerer();
  const { chat, aside } = models;
  const model = chat === null ? null : createModelAnswerer({ model: chat });
  const ask = createAsk({
    retriever,
    modelAnswerer: chooseWriter({ model, quotes }),
    extractiveAnswerer: quotes,
    directAnswerer: chat === null ? null : createDirectAnswerer({ model: chat }),
    completeQuestion: aside === null ? null : createQuestionCompleter({ model: aside, onFailure }),
    secondOpinion,
    onFailure,
  });
  const digest =
    config.channel === null
      ? null
      : openDigest(config, { folder: config.dataDir, model: aside, logger });
  return {
    ask,
    check,
    digest,
    index,
    sources,
    files,
    readKept: () =>
      readKeptStats({
        index,
        sources: sources.store.list().length,
        folder: config.dataDir,
        count,
      }),
    settled: () => retriever.settled(),
    async close() {
      await digest?.close();
      await sources.close();
      await fetcher.close();
      await retriever.settled();
      await readerService?.close();
      await pageReader.close();
      await fileReader.close();
      pageStore.close();
    },
  };
}

function chooseEngines({ search, crawl }: Config): SearchEngine[] {
  const engines: SearchEngine[] = [];
  if (search.searxngUrl !== null) engines.push(createSearxng({ baseUrl: search.searxngUrl }));
  if (search.wikipedia) {
    engines.push(createWikipedia({ baseUrl: search.wikipediaBaseUrl, userAgent: crawl.userAgent }));
  }
  return engines;
}

function chooseReaderService({ crawl }: Config): ReaderService | null {
  const { readerBaseUrl: baseUrl, timeoutMs, maxBytes, allowPrivateHosts } = crawl;
  if (baseUrl === null) return null;
  // It has to fetch the page as well, and then to let its scripts run.
  return createReaderService({ baseUrl, timeoutMs: timeoutMs * 2, maxBytes, allowPrivateHosts });
}

function chooseReranker({ rerank }: Config): Reranker | null {
  return rerank === null ? null : createHttpReranker(rerank);
}

/** A file may be much longer than a page, and its sender waits for it; few come at once. */
const FILE_READING = { threads: 1, pageMs: 45_000, maxHeapMb: 700 };

/** For programs that have no operator to tell. */
const UNWATCHED: Health = { worked() {}, failed() {} };
