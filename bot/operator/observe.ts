import type { ChatModel } from '../../generation/models/chat-model.ts';
import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { IndexError, SearchError } from '../../retrieval/errors.ts';
import type { AnsweringIndex } from '../../retrieval/index/passage-index.ts';
import type { Metasearch } from '../../retrieval/search/metasearch.ts';

import type { Health, Part } from './health.ts';

/** The same search: it works when any engine has answered. */
export function observeSearch(metasearch: Metasearch, health: Health): Metasearch {
  return {
    async search(query, options) {
      const response = await metasearch.search(query, options);
      if (response.failed) {
        const sentence = response.degraded.join('; ');
        health.failed('search', new SearchError(sentence, { retryable: true }));
      } else {
        health.worked('search');
      }
      return response;
    },
  };
}

/** The same model: it works when it ends its answer, or when enough of it was read. */
export function observeModel(model: ChatModel, health: Health): ChatModel {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    async *stream(messages, options) {
      let hasWritten = false;
      let hasFailed = false;
      try {
        for await (const event of model.stream(messages, options)) {
          hasWritten ||= event.type === 'text-delta' || event.type === 'finish';
          yield event;
        }
      } catch (error) {
        hasFailed = true;
        if (!options.signal.aborted) health.failed('model', error);
        throw error;
      } finally {
        if (hasWritten && !hasFailed) health.worked('model');
      }
    },
  };
}

/** The same embedder. */
export function observeEmbedder(embedder: Embedder, health: Health): Embedder {
  const watch = watcher('embeddings', health);
  return {
    get model() {
      return embedder.model;
    },
    embedPassages: (texts, options) =>
      texts.length === 0
        ? embedder.embedPassages(texts, options)
        : watch(() => embedder.embedPassages(texts, options), options.signal),
    embedQuery: (text, options) => watch(() => embedder.embedQuery(text, options), options.signal),
  };
}

/** The same index. That it refuses the vectors of another model is no fault: words are left. */
export function observeIndex(index: AnsweringIndex, health: Health): AnsweringIndex {
  const write = watcher('index-writing', health);
  const read = watcher('index-reading', health);
  return {
    replacePage(page) {
      const hasVectors = page.passages.some(({ dense }) => dense !== null);
      return write(() => index.replacePage(page), undefined, hasVectors ? isRefusal : undefined);
    },
    query(query) {
      const hasVector = query.dense !== null;
      return read(() => index.query(query), undefined, hasVector ? isRefusal : undefined);
    },
    readPage: (page) => read(() => index.readPage(page)),
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof IndexError && !error.retryable;
}

function watcher(part: Part, health: Health) {
  return async function watch<Result>(
    call: () => Promise<Result>,
    signal?: AbortSignal,
    isNoFault: (error: unknown) => boolean = () => false,
  ): Promise<Result> {
    try {
      const result = await call();
      health.worked(part);
      return result;
    } catch (error) {
      if (signal?.aborted !== true && !isNoFault(error)) health.failed(part, error);
      throw error;
    }
  };
}
