import { createOpenAIClient } from '../../bot/connections/openai.ts';
import { createAsk } from '../../generation/answer/answer.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import { createExtractiveAnswerer } from '../../generation/answer/extractive-answerer.ts';
import { createModelAnswerer } from '../../generation/answer/model-answerer.ts';
import { createOpenAIModel } from '../../generation/models/openai-model.ts';
import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { createRetriever } from '../../retrieval/retrieve.ts';
import { createMetasearch } from '../../retrieval/search/metasearch.ts';
import { createSearxng } from '../../retrieval/search/searxng.ts';
import { MemoryIndex } from './memory-index.ts';

export interface ImpatientApp extends AsyncDisposable {
  ask: Ask;
  settled(): Promise<void>;
}

/** The parts that compose.ts puts together, with deadlines so short that a test can wait for them. */
export function startImpatientApp({
  searchUrl,
  hosts,
  modelUrl = null,
  deadlineMs = 150,
}: {
  searchUrl: string;
  /** `host:port`, separated by commas. */
  hosts: string;
  modelUrl?: string | null;
  /** For the search, the model's first token, and a stall of it. */
  deadlineMs?: number;
}): ImpatientApp {
  const fetcher = createPageFetcher({ userAgent: 'Istok', allowPrivateHosts: hosts.split(',') });
  const retriever = createRetriever({
    metasearch: createMetasearch({ engines: [createSearxng({ baseUrl: searchUrl })], deadlineMs }),
    fetchPage: (url, options) => fetcher.fetchPage(url, options),
    index: new MemoryIndex(),
    embedder: null,
  });
  const model =
    modelUrl === null
      ? null
      : createOpenAIModel({
          client: createOpenAIClient({ baseUrl: modelUrl, apiKey: null }),
          model: 'stub',
          contextTokens: 8192,
          deadlines: { firstTokenMs: deadlineMs, stallMs: deadlineMs },
        });
  return {
    ask: createAsk({
      retriever,
      modelAnswerer: model === null ? null : createModelAnswerer({ model }),
      extractiveAnswerer: createExtractiveAnswerer(),
    }),
    settled: () => retriever.settled(),
    [Symbol.asyncDispose]: () => fetcher.close(),
  };
}
