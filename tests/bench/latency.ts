import { setTimeout as pause } from 'node:timers/promises';

import { compose, type ComposedApp } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { startServer, type LoopbackServer } from '../support/loopback-server.ts';
import { startModelServer } from '../support/model-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { median, quantile, round } from './statistics.ts';

const searchMs = 300;
/** One page a host; the last never answers. */
const pageMs = [50, 100, 200, 400, 800, 1500, 3000, Infinity];
const modelFirstTokenMs = 400;
const tokensPerSecond = 50;
/** Search, the fifth page, the model's first token: nothing that reads five pages can be faster. */
const criticalPathMs = searchMs + (pageMs[4] ?? 0) + modelFirstTokenMs;
const questionsInTurn = 12;
const questionsAtOnce = 8;

/** The whole pipeline with a model, against a loopback web with set delays. */
export async function runLatencyBench({ log }: { log: (line: string) => void }): Promise<object> {
  await using web = await startSlowWeb();
  await using model = await startModelServer(() => ({
    kind: 'answer',
    text: 'The lighthouse was first lit in 1874 [1]. Its lamp was made of brass and glass [2]. It is open to visitors from May to September [3].',
    firstTokenMs: modelFirstTokenMs,
    tokensPerSecond,
  }));
  await using folder = await temporaryFolder();
  const app = await compose(
    readConfig({
      SEARXNG_URL: web.searchUrl,
      WIKIPEDIA: 'off',
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_MODEL: 'stub',
      DATA_DIR: folder.path,
      CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts.join(','),
    }),
    { logger: createLogger({ level: 'error', secrets: [] }) },
  );
  try {
    await timeQuestion(app, 0);
    const inTurn: Timed[] = [];
    for (let number = 1; number <= questionsInTurn; number += 1) {
      inTurn.push(await timeQuestion(app, number));
      log(`question ${number} of ${questionsInTurn}`);
    }
    const atOnce = await Promise.all(
      Array.from({ length: questionsAtOnce }, (_, number) => timeQuestion(app, 100 + number)),
    );
    const firstTokenMs = percentiles(inTurn.map((timed) => timed.firstTokenMs));
    return {
      criticalPathMs,
      firstTokenMs,
      totalMs: percentiles(inTurn.map((timed) => timed.totalMs)),
      atOnce: {
        questions: questionsAtOnce,
        firstTokenMs: percentiles(atOnce.map((timed) => timed.firstTokenMs)),
        totalMs: percentiles(atOnce.map((timed) => timed.totalMs)),
      },
      pagesRead: median(inTurn.map((timed) => timed.pagesRead)),
      ratioToLimit: round(firstTokenMs.p50 / criticalPathMs, 3),
    };
  } finally {
    await app.close();
  }
}

interface Timed {
  firstTokenMs: number;
  totalMs: number;
  pagesRead: number;
}

async function timeQuestion(app: ComposedApp, number: number): Promise<Timed> {
  const question = `When was lighthouse number ${number} first lit?`;
  const startedAt = performance.now();
  let firstTokenMs = 0;
  const signal = new AbortController().signal;
  for await (const event of app.ask({ question, length: 'short' }, { signal })) {
    if (event.type === 'text-delta' && firstTokenMs === 0) {
      firstTokenMs = performance.now() - startedAt;
    }
    if (event.type !== 'answered') {
      if (event.type === 'declined' || event.type === 'failed') throw new Error(event.type);
      continue;
    }
    if (event.report.modelFailed) throw new Error(event.report.degraded.join('; '));
    const totalMs = performance.now() - startedAt;
    return { firstTokenMs, totalMs, pagesRead: pageMs.length - event.report.notRead.length };
  }
  throw new Error('no final event');
}

function percentiles(values: readonly number[]): { p50: number; p95: number } {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

interface SlowWeb extends AsyncDisposable {
  searchUrl: string;
  hosts: string[];
}

async function startSlowWeb(): Promise<SlowWeb> {
  const servers: LoopbackServer[] = [];
  for (const [at, delayMs] of pageMs.entries()) {
    servers.push(
      await startServer(
        async (request, response) => {
          if (request.url === '/robots.txt') {
            response.writeHead(404).end();
            return;
          }
          if (delayMs === Infinity) return;
          await pause(delayMs);
          // Each question is to wait for its pages, not to find them in the cache.
          response.writeHead(200, {
            'content-type': 'text/html; charset=utf-8',
            'cache-control': 'no-store',
          });
          response.end(lighthousePage(at + 1));
        },
        { host: `127.30.0.${at + 2}` },
      ),
    );
  }
  const search = await startServer(async (_request, response) => {
    await pause(searchMs);
    const results = servers.map(({ url }, at) => ({ url: `${url}/page`, title: `${at}` }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ results }));
  });
  return {
    searchUrl: search.url,
    hosts: servers.map(({ host, port }) => `${host}:${port}`),
    async [Symbol.asyncDispose]() {
      await Promise.all([search, ...servers].map((server) => server.close()));
    },
  };
}

/** About 600 words with a usual page's clutter. */
function lighthousePage(number: number): string {
  const paragraphs = Array.from(
    { length: 12 },
    (_, at) => `<p>The lighthouse of bay ${number}-${at} was first lit in ${1860 + number + at}.
    Its lamp of brass and glass was made in a workshop nearby, and a keeper wound its clockwork twice
    a night. Ships that came round the cape took their bearing from it, and the log of the harbour
    says how many did each year. It is open to visitors from May to September.</p>`,
  ).join('\n');
  return `<!doctype html><html lang="en"><head><title>Lighthouse ${number}</title></head><body>
<nav><a href="/">Home</a><a href="/all">All lighthouses</a></nav><main><article>
<h1>Lighthouse ${number}</h1>${paragraphs}</article></main><footer><a href="/map">Map</a></footer></body></html>`;
}
