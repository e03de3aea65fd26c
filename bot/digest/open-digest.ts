import { join } from 'node:path';

import type { Logger } from 'pino';

import { createDigestWriter } from '../../generation/digest/digest-writer.ts';
import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import { createSourceReader } from '../../generation/digest/source-page.ts';
import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { createPageCache } from '../../retrieval/crawl/page-cache.ts';
import { openPageStore } from '../../retrieval/crawl/page-store.ts';
import { openReleaseSources } from '../../retrieval/releases/open-sources.ts';
import { openReleaseStore } from '../../retrieval/releases/release-store.ts';
import type { ReleaseStore } from '../../retrieval/releases/release-store.ts';
import type { ChatModel } from '../../generation/models/chat-model.ts';
import type { Config } from '../config.ts';

import { prepareDigest } from './prepare-digest.ts';
import type { PreparedDigest, PrepareDigestOptions } from './prepare-digest.ts';

export interface OpenedDigest {
  /** @throws the signal's reason when it is aborted */
  prepare(
    options: Pick<PrepareDigestOptions, 'signal' | 'isFirstRunSilent' | 'isTaken' | 'atMost'>,
  ): Promise<PreparedDigest>;
  writer: DigestWriter;
  /** What is known of releases, and how their sources went. */
  releases: Pick<ReleaseStore, 'find' | 'sources'>;
  close(): Promise<void>;
}

export interface OpenDigestOptions {
  /** Where it is remembered what is known already. */
  folder: string;
  /** Writes the posts; null: they are written of facts alone. */
  model: ChatModel | null;
  logger: Logger;
}

/** All that digests are made with. @throws when what is remembered cannot be opened */
export function openDigest(
  { releases, crawl }: Config,
  { folder, model, logger }: OpenDigestOptions,
): OpenedDigest {
  const fetcher = createPageFetcher({
    userAgent: crawl.userAgent,
    timeoutMs: crawl.timeoutMs,
    maxBytes: crawl.maxBytes,
    allowPrivateHosts: crawl.allowPrivateHosts,
  });
  const { topics, include, exclude, maxPerDay, language, ...services } = releases;
  const pageStore = openPageStore({
    file: join(folder, 'feeds.sqlite'),
    maxBytes: 64_000_000,
    onProblem: (sentence, error) => logger.warn({ err: error }, sentence),
  });
  // Read again and again: a feed or a channel that has not changed need not come again.
  const listFetcher = createPageFetcher({
    userAgent: crawl.userAgent,
    timeoutMs: crawl.timeoutMs,
    maxBytes: crawl.maxBytes,
    allowPrivateHosts: crawl.allowPrivateHosts,
    cache: createPageCache({ store: pageStore, maxBytes: LONGEST_LIST_BYTES }),
  });
  const { sources, addresses } = openReleaseSources({
    ...services,
    fetchPage: listFetcher.fetchPage,
    userAgent: crawl.userAgent,
  });
  const names = new Set(sources.map(({ name }) => name));
  const onFailure = (what: string, error: unknown): void =>
    logger.warn({ err: error, what }, 'something did not work');
  const store = openReleaseStore({ folder, onProblem: (sentence) => logger.warn(sentence) });
  const writer = createDigestWriter({
    readSource: createSourceReader({ fetcher }),
    addresses,
    language,
    model,
    onFailure,
  });
  const wanted = { topics, include, exclude, maxPerDay };
  return {
    writer,
    releases: {
      find: (id) => store.find(id),
      // What is not set any more may still be remembered, and is nobody's concern.
      sources: () => store.sources().filter(({ name }) => names.has(name)),
    },
    prepare: (options) =>
      prepareDigest({ sources, addresses, store, writer, wanted, onFailure, ...options }),
    async close() {
      await fetcher.close();
      await listFetcher.close();
      pageStore.close();
      store.close();
    },
  };
}

/** What a feed may have at most, unpacked. */
const LONGEST_LIST_BYTES = 10_000_000;
