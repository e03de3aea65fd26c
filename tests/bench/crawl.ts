import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { crawl } from '../../retrieval/crawl/crawl.ts';
import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { FetchedPage } from '../../retrieval/crawl/fetch-page.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import { createPageReader } from '../../retrieval/reading/page-reader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { faults, maxBytes } from './crawl/faults.ts';
import { pageTitle } from './crawl/page-text.ts';
import type { Violations } from './crawl/politeness-record.ts';
import { hostAddress, hostCount, planPages } from './crawl/site-plan.ts';
import type { PlannedPage } from './crawl/site-plan.ts';
import type { WebMessage, WebOptions } from './crawl/web-process.ts';
import { round } from './statistics.ts';

export interface CrawlFigures {
  pages: number;
  hosts: number;
  pagesRead: number;
  passages: number;
  seconds: number;
  pagesPerSecond: number;
  peakRssMb: number;
  /** After each quarter of the pages. */
  rssMbAtQuarters: number[];
  faults: number;
  /** Of these, as many as were reported exactly once and with the right reason. */
  faultsReported: number;
  /** Pages that are odd but readable: wrong charset, endless nesting. */
  oddPages: number;
  oddPagesRead: number;
  /** What went otherwise than the web was built to go, in words; the first ten. */
  surprises: string[];
  politenessViolations: number;
  violations: Violations;
  requests: number;
  /** Summed over pages, which overlap: the shares tell where a page's time goes. */
  secondsByStage: { fetching: number; reading: number; indexing: number };
}

/** Crawls a generated web of 3,000 pages, some of them faulty, from the sockets into an index. */
export async function runCrawlBench({
  log,
}: {
  log: (line: string) => void;
}): Promise<CrawlFigures> {
  const web = await startWeb({ minGapMs: MIN_GAP_MS });
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const reader = createPageReader();
  const fetcher = createPageFetcher({
    userAgent: 'IstokBench',
    timeoutMs: TIMEOUT_MS,
    maxBytes,
    minGapMs: MIN_GAP_MS,
    allowPrivateHosts: Array.from(
      { length: hostCount },
      (_, at) => `${hostAddress(at)}:${web.port}`,
    ),
  });
  const plan = planPages();
  const urlOf = ({ host, path }: PlannedPage): string =>
    `http://${hostAddress(host)}:${web.port}${path}`;
  const planned = new Map(plan.map((page) => [urlOf(page), page]));
  const told = new Map<string, string[]>();
  const titles = new Map<string, string>();
  const spentMs = { fetching: 0, reading: 0, indexing: 0 };
  const { signal } = new AbortController();

  // One after the other for each page, so that no more pages are in memory than are under way.
  const take = async (url: string): Promise<FetchedPage> => {
    const startedAt = performance.now();
    const fetched = await fetcher.fetchPage(url, { signal }).finally(() => {
      spentMs.fetching += performance.now() - startedAt;
    });
    const fetchedAt = performance.now();
    const page = await reader.read(fetched, { scope: 'public', signal }).finally(() => {
      spentMs.reading += performance.now() - fetchedAt;
    });
    const readAt = performance.now();
    await index.replacePage(page);
    spentMs.indexing += performance.now() - readAt;
    titles.set(url, page.passages[0]?.title ?? '');
    return { ...fetched, text: '', bytes: new Uint8Array() };
  };

  try {
    const startedAt = performance.now();
    const rssMbAtQuarters: number[] = [];
    let done = 0;
    const crawlHost = async (host: number): Promise<void> => {
      const urls = plan.filter((page) => page.host === host).map(urlOf);
      for await (const event of crawl(urls, { fetchPage: take, concurrency: 1, signal })) {
        if (event.type === 'not-read') {
          told.set(event.url, [...(told.get(event.url) ?? []), event.reason]);
        }
        done += 1;
        if (done % (plan.length / 4) === 0) {
          rssMbAtQuarters.push(round(process.memoryUsage.rss() / 1024 / 1024, 1));
          log(`${done} of ${plan.length} pages, ${rssMbAtQuarters.at(-1)} MB`);
        }
      }
    };
    await Promise.all(Array.from({ length: hostCount }, (_, host) => crawlHost(host)));
    const seconds = (performance.now() - startedAt) / 1000;
    const { passages } = await index.count();
    const { requests, violations } = await web.report();
    const faulty = plan.filter(({ fault }) => fault !== null && reasonOf(fault) !== null);
    const odd = plan.filter(({ fault }) => fault !== null && reasonOf(fault) === null);
    const surprises = [...planned].flatMap(([url, page]) =>
      surpriseOf(page, told.get(url) ?? [], titles.get(url)),
    );
    const surprised = new Set(surprises.map(({ page }) => page));
    return {
      pages: plan.length,
      hosts: hostCount,
      pagesRead: titles.size,
      passages,
      seconds: round(seconds, 1),
      pagesPerSecond: round(plan.length / seconds, 1),
      peakRssMb: round(process.resourceUsage().maxRSS / 1024, 1),
      rssMbAtQuarters,
      faults: faulty.length,
      faultsReported: faulty.filter((page) => !surprised.has(page)).length,
      oddPages: odd.length,
      oddPagesRead: odd.filter((page) => !surprised.has(page)).length,
      surprises: surprises.slice(0, 10).map(({ words }) => words),
      politenessViolations: Object.values(violations).reduce((sum, each) => sum + each, 0),
      violations,
      requests,
      secondsByStage: {
        fetching: round(spentMs.fetching / 1000, 1),
        reading: round(spentMs.reading / 1000, 1),
        indexing: round(spentMs.indexing / 1000, 1),
      },
    };
  } finally {
    await fetcher.close();
    await reader.close();
    await index.close();
    web.end();
  }
}

const TIMEOUT_MS = 4000;
/** Between two requests to one host. */
const MIN_GAP_MS = 200;

function reasonOf(fault: string): string | null {
  return faults[fault]?.reason ?? null;
}

function surpriseOf(
  page: PlannedPage,
  reasons: readonly string[],
  title: string | undefined,
): { page: PlannedPage; words: string }[] {
  const { number, fault } = page;
  const expected = fault === null ? null : reasonOf(fault);
  const isRussian = fault === null ? undefined : faults[fault]?.isRussian;
  const rightTitle = pageTitle(number, isRussian === undefined ? {} : { isRussian });
  const isAsExpected =
    expected === null
      ? reasons.length === 0 && title === rightTitle
      : reasons.length === 1 && reasons[0] === expected && title === undefined;
  if (isAsExpected) return [];
  const outcome = title === undefined ? '' : ` and was read as «${title}»`;
  const words = `page ${number} (${fault ?? 'fine'}) told «${reasons.join('», «')}»${outcome}`;
  return [{ page, words }];
}

interface Web {
  port: number;
  report(): Promise<Extract<WebMessage, { kind: 'report' }>>;
  end(): void;
}

async function startWeb(options: WebOptions): Promise<Web> {
  const entry = fileURLToPath(new URL('./crawl/web-process.ts', import.meta.url));
  const child = fork(entry, [JSON.stringify(options)]);
  const { port } = await next(child, 'listening');
  return {
    port,
    report() {
      const report = next(child, 'report');
      child.send('report');
      return report;
    },
    end: () => void child.disconnect(),
  };
}

async function next<Kind extends WebMessage['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<WebMessage, { kind: Kind }>> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('the generated web ended');
  });
  try {
    const [message] = (await Promise.race([once(child, 'message'), exit])) as [WebMessage];
    if (message.kind !== kind) throw new Error(`the generated web said ${message.kind}`);
    return message as Extract<WebMessage, { kind: Kind }>;
  } finally {
    exit.catch(() => {});
    ended.abort();
  }
}
