import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import { createPageReader } from '../../retrieval/reading/page-reader.ts';
import { createDiscovery } from '../../retrieval/sources/discover/discover-pages.ts';
import { createReindexer } from '../../retrieval/sources/reindexer.ts';
import { openSourceStore } from '../../retrieval/sources/source-store.ts';
import { analyzeQuery } from '../../retrieval/text/analyze.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { quantile, round } from './statistics.ts';

const hosts = 50;
const questionEveryMs = 100;

export interface ReindexFigures {
  pages: number;
  seconds: number;
  pagesPerSecond: number;
  questions: number;
  /** Questions that the index could not answer. */
  failed: number;
  /** Questions whose passages came from two versions of the source. */
  sawBoth: number;
  questionP50Ms: number;
  questionP95Ms: number;
  peakRssMb: number;
}

/**
 * A source of many pages on 50 loopback hosts is read, changes on every page, and is read anew while
 * ten questions a second are asked of the index. Each page says which version it is, so that a
 * half-built index would show.
 */
export async function runReindexBench({
  pages = 3000,
  log,
}: {
  pages?: number;
  log: (line: string) => void;
}): Promise<ReindexFigures> {
  await using folder = await temporaryFolder();
  await using web = await startVersionedWeb(pages);
  const index = await openEmbeddedIndex({ folder: folder.path });
  const store = openSourceStore({ folder: folder.path });
  const pageReader = createPageReader();
  const fetcher = createPageFetcher({
    userAgent: 'Istok',
    allowPrivateHosts: web.hosts,
    minGapMs: 20,
    timeoutMs: 60_000,
    maxBytes: 50_000_000,
  });
  const reindexer = createReindexer({
    store,
    index,
    discover: createDiscovery(),
    fetchPage: (url, options) => fetcher.fetchPage(url, options),
    read: (page, options) => pageReader.read(page, options),
    embedder: null,
    concurrency: 32,
  });
  const { id } = store.add({ kind: 'sitemap', address: web.sitemap, limits: { pages } });
  const { signal } = new AbortController();
  const [first] = await reindexer.run([id], { signal });
  log(`first reading: ${JSON.stringify(first?.counts)} in ${Math.round(first?.seconds ?? 0)} s`);

  web.version = 2;
  const done = new AbortController();
  const asking = askAllAlong(index, done.signal);
  const [second] = await reindexer.run([id], { signal });
  await pause(1000);
  done.abort();
  const asked = await asking;
  log(`second reading: ${JSON.stringify(second?.counts)} ${second?.error ?? ''}`);
  await fetcher.close();
  await pageReader.close();
  store.close();
  await index.close();
  const seconds = second?.seconds ?? 0;
  return {
    pages: second?.counts.changed ?? 0,
    seconds: round(seconds, 1),
    pagesPerSecond: round(pages / seconds, 1),
    questions: asked.times.length,
    failed: asked.failed,
    sawBoth: asked.sawBoth,
    questionP50Ms: quantile(asked.times, 0.5),
    questionP95Ms: quantile(asked.times, 0.95),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function askAllAlong(index: PassageIndex, until: AbortSignal) {
  const times: number[] = [];
  let failed = 0;
  let sawBoth = 0;
  const query = { ...analyzeQuery('какая версия страницы'), dense: null, limit: 96 };
  const ask = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      const { terms } = await index.query({ ...query, scopes: ['public'] });
      const versions = new Set(terms.map(({ passage }) => /версии (\d)/u.exec(passage.text)?.[1]));
      if (versions.size !== 1) sawBoth += 1;
    } catch {
      failed += 1;
    }
    times.push(performance.now() - startedAt);
  };
  const asks: Promise<void>[] = [];
  while (!until.aborted) {
    asks.push(ask());
    await pause(questionEveryMs);
  }
  await Promise.all(asks);
  return { times, failed, sawBoth };
}

interface VersionedWeb extends AsyncDisposable {
  version: number;
  sitemap: string;
  /** `host:port` of each. */
  hosts: string[];
}

async function startVersionedWeb(pages: number): Promise<VersionedWeb> {
  const servers: Server[] = [];
  const addresses: string[] = [];
  for (let host = 0; host < hosts; host += 1) {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (path === '/robots.txt') return void response.writeHead(404).end();
      if (path === '/sitemap.xml') return void response.end(sitemapOf(addresses, pages));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return void response.end(pageOf(path, web.version));
    });
    server.listen(0, `127.77.0.${host + 2}`);
    await once(server, 'listening');
    const { address, port } = server.address() as AddressInfo;
    servers.push(server);
    addresses.push(`${address}:${port}`);
  }
  const web: VersionedWeb = {
    version: 1,
    sitemap: `http://${addresses[0]}/sitemap.xml`,
    hosts: addresses,
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return web;
}

/** Pages take turns among the hosts, as politeness would have it. */
function sitemapOf(addresses: readonly string[], pages: number): string {
  const urls = Array.from(
    { length: pages },
    (_, at) => `<url><loc>http://${addresses[at % addresses.length]}/page-${at}</loc></url>`,
  );
  return `<?xml version="1.0"?><urlset>${urls.join('')}</urlset>`;
}

function pageOf(path: string, version: number): string {
  const sentence = `Страница ${path.slice(1)} рассказывает о реке в версии ${version}. `;
  const paragraphs = Array.from(
    { length: 6 },
    (_, at) => `<p>${sentence}Это абзац ${at}, и версия страницы в нём та же. ${sentence}</p>`,
  );
  return `<html lang="ru"><head><title>${path}</title></head><body><article><h1>${path}</h1>${paragraphs.join('')}</article></body></html>`;
}
