import { isIP } from 'node:net';

import type { Logger } from 'pino';

import type { PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { isPublicAddress } from '../../retrieval/crawl/public-address.ts';
import {
  hostAndPort,
  parseHostsAndPorts,
  parseWebAddress,
} from '../../retrieval/crawl/web-address.ts';
import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { PageError } from '../../retrieval/errors.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import type { PageReader } from '../../retrieval/reading/page-reader.ts';
import { createDiscovery } from '../../retrieval/sources/discover/discover-pages.ts';
import type { ReindexResult } from '../../retrieval/sources/reindex.ts';
import { createReindexer } from '../../retrieval/sources/reindexer.ts';
import { SourceError } from '../../retrieval/sources/source.ts';
import { openSourceStore } from '../../retrieval/sources/source-store.ts';

import type { SourcesDesk } from './sources-desk.ts';

export interface OpenSourcesOptions {
  /** Where the list of sources lies. */
  folder: string;
  index: PassageIndex;
  fetchPage: PageFetcher['fetchPage'];
  read: PageReader['read'];
  embedder: Embedder | null;
  /** `host:port` that may be read although not public. */
  allowPrivateHosts: readonly string[];
  logger: Logger;
  /** Between two looks at what is due. */
  lookEveryMs?: number;
}

/** Opens the list of sources with what reads them. */
export function openSources({
  folder,
  index,
  fetchPage,
  read,
  embedder,
  allowPrivateHosts,
  logger,
  lookEveryMs = 60_000,
}: OpenSourcesOptions): SourcesDesk {
  const store = openSourceStore({ folder, onProblem: (sentence) => logger.error(sentence) });
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const allowed = parseHostsAndPorts(allowPrivateHosts);
  const reindexer = createReindexer({
    store,
    index,
    discover: createDiscovery(),
    fetchPage,
    read,
    embedder,
    stopping: stopping.signal,
  });
  let looking: NodeJS.Timeout | undefined;

  /** Sources that were read again because the index had lost them: once, whatever came of it. */
  const readAgain = new Set<string>();

  /** A damaged index was set aside, or another one is used: when they are due may be a day off. */
  const findLost = async (): Promise<string[]> => {
    const counts = await index.countBySource();
    if (counts.size > 0) return [];
    return store
      .list()
      .filter(({ id, paused }) => !paused && !readAgain.has(id) && store.pages(id).size > 0)
      .map(({ id }) => id);
  };

  const readLostOrDue = async (): Promise<ReindexResult[]> => {
    const { signal } = stopping;
    const lost = await findLost();
    if (lost.length === 0) return reindexer.runDue({ signal });
    const results = await reindexer.run(lost, { signal });
    for (const id of lost) readAgain.add(id);
    return results;
  };

  const look = async (): Promise<void> => {
    try {
      for (const { source, outcome, error } of await readLostOrDue()) {
        if (outcome === 'failed')
          logger.warn({ source: source.id }, `a source was not read: ${error}`);
      }
    } catch (error) {
      if (error instanceof SourceError && error.reason === 'busy') return;
      logger.error({ err: error }, 'the sources could not be read');
    }
  };
  const follow = <Result>(run: Promise<Result>): Promise<Result> => {
    const settled = run.catch(() => {}).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return run;
  };

  return {
    store,
    reindexer: {
      run: (ids, options) => follow(reindexer.run(ids, options)),
      runDue: (options) => follow(reindexer.runDue(options)),
      cancel: () => reindexer.cancel(),
    },
    countBySource: () => index.countBySource(),
    async remove(id) {
      await index.deleteSource(id);
      store.remove(id);
    },
    refuseAddress(address) {
      try {
        const url = parseWebAddress(address, { allowPrivateHosts: allowed });
        const host = url.hostname.replaceAll(/^\[|\]$/gu, '');
        if (allowed.has(hostAndPort(url))) return null;
        if (isIP(host) !== 0 && !isPublicAddress(host)) return 'not-public';
        return /(?:^|\.)(?:localhost|local|internal)\.?$/u.test(host) ? 'not-public' : null;
      } catch (error) {
        if (error instanceof PageError) return 'not-an-address';
        throw error;
      }
    },
    look: () => follow(look()),
    keepFresh() {
      void follow(look());
      looking = setInterval(() => void follow(look()), lookEveryMs);
    },
    async close() {
      clearInterval(looking);
      stopping.abort();
      await Promise.all(underWay);
      store.close();
    },
  };
}
