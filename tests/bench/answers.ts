import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AnswerEvent, AnswerReport } from '../../generation/answer/answer-event.ts';
import { compose, type ComposedApp } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { reword } from '../../retrieval/search/reword.ts';
import { startServer, type LoopbackServer } from '../support/loopback-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createPlainWordSearch } from './plain-word-search.ts';
import { mean, median, quantile, share } from './statistics.ts';

interface RetrievalFile {
  paras: { id: string; text: string }[];
  queries: { id: string; q: string; rel: string[]; answer?: string }[];
}

/**
 * The whole pipeline, extractive: each paragraph of a retrieval file is a page on a host of its own,
 * a search stub finds eight of them by plain words, and every question is asked of an empty index,
 * once with its pages on the web and once with them taken off.
 */
export async function runAnswersBench({
  dataFolder,
  log,
}: {
  dataFolder: string;
  log: (line: string) => void;
}): Promise<object> {
  const figures: Record<string, object> = {};
  for (const file of readdirSync(dataFolder).filter((name) => name.endsWith('.json'))) {
    const data: RetrievalFile = JSON.parse(readFileSync(join(dataFolder, file), 'utf8'));
    if (!data.queries.some((query) => query.answer !== undefined)) continue;
    const name = file.replace(/\.json$/u, '');
    figures[name] = await measure(data, (line) => log(`${name}: ${line}`));
  }
  if (Object.keys(figures).length === 0) throw new Error(`no file with answers in ${dataFolder}`);
  return figures;
}

async function measure(data: RetrievalFile, log: (line: string) => void): Promise<object> {
  await using web = await startWeb(data);
  await using folder = await temporaryFolder();
  const app = await compose(
    readConfig({
      SEARXNG_URL: web.searchUrl,
      WIKIPEDIA: 'off',
      DATA_DIR: folder.path,
      CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts.join(','),
    }),
    { logger: createLogger({ level: 'error', secrets: [] }) },
  );
  try {
    const questions = data.queries.filter((query) => query.answer !== undefined);
    // The first questions of a process pay for compiling the code; they are asked again below.
    for (const query of questions.slice(0, 20)) await ask(app, query.q);

    const asked: Outcome[] = [];
    for (const query of questions) {
      web.takeOff([]);
      const on = await ask(app, query.q);
      web.takeOff(query.rel);
      const off = await ask(app, query.q);
      asked.push({ ...query, answer: query.answer ?? '', on, off, found: web.found(query) });
      if (asked.length % 100 === 0) log(`${asked.length} of ${questions.length} questions`);
    }
    return summarize(asked, web);
  } finally {
    await app.close();
  }
}

interface Asked {
  status: AnswerEvent['type'];
  report: AnswerReport;
  ms: number;
}

interface Outcome {
  q: string;
  rel: string[];
  answer: string;
  on: Asked;
  off: Asked;
  /** Whether the search returns a page that answers. */
  found: boolean;
}

async function ask(app: ComposedApp, question: string): Promise<Asked> {
  // Nothing of an earlier question may help or arrive late.
  await app.settled();
  await app.index.clear();
  const startedAt = performance.now();
  const signal = new AbortController().signal;
  for await (const event of app.ask({ question, length: 'short' }, { signal })) {
    if (event.type === 'answered' || event.type === 'declined') {
      return { status: event.type, report: event.report, ms: performance.now() - startedAt };
    }
    if (event.type === 'failed') throw event.error;
  }
  throw new Error('no final event');
}

function summarize(asked: readonly Outcome[], web: Web): object {
  const answered = asked.filter(({ on }) => on.status === 'answered');
  const rightPage = ({ on, rel }: Outcome): boolean =>
    rel.includes(web.pageOf(on.report.sources[0]?.url ?? ''));
  const quotes = answered.flatMap(({ on }) =>
    on.report.sentences.flatMap(({ quotes }) =>
      quotes.map(({ source, quote }) => ({ quote, url: on.report.sources[source - 1]?.url ?? '' })),
    ),
  );
  const times = asked.map(({ on }) => on.ms);
  const findable = asked.filter(({ found }) => found);
  return {
    questions: asked.length,
    answerContainsGold: share(asked, ({ on, answer }) => holds(plain(on.report.answer), answer)),
    goldInFirstSentence: share(asked, ({ on, answer }) =>
      holds(on.report.sentences[0]?.text ?? '', answer),
    ),
    medianSentences: median(answered.map(({ on }) => on.report.sentences.length)),
    meanSentences: mean(answered.map(({ on }) => on.report.sentences.length)),
    meanCharacters: mean(answered.map(({ on }) => plain(on.report.answer).length)),
    citedRightPage: share(asked, rightPage),
    quotes: quotes.length,
    quoteExact: share(quotes, ({ quote, url }) => quote !== '' && web.textOf(url).includes(quote)),
    // Answerable means: the search returns the page. It is no fault to decline without it.
    falselyDeclined: share(findable, ({ on }) => on.status === 'declined'),
    rightlyDeclined: share(asked, ({ off }) => off.status === 'declined'),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    // Beside the promised figures: what bounds them, and whether our own quotes pass our own check.
    sentencesSupported: share(
      answered.flatMap(({ on }) => on.report.sentences),
      ({ verdict }) => verdict === 'supported',
    ),
    // Pages of this data hardly speak of the same things: nearly every one of these is a false alarm.
    disagreements: answered.reduce((sum, { on }) => sum + on.report.disagreements.length, 0),
    searchFound: share(asked, ({ found }) => found),
    searchFoundInOtherWords: share(asked, ({ q, found, rel }) => {
      return found || web.found({ q: reword(q) ?? q, rel });
    }),
    declinedOfAll: share(asked, ({ on }) => on.status === 'declined'),
    citedRightPageOfAnswered: share(answered, rightPage),
    pagesReadMedian: median(asked.map(({ on }) => 8 - on.report.notRead.length)),
  };
}

function plain(answer: string): string {
  return answer.replace(/\s*\[\d+\]/gu, '');
}

/** As SQuAD compares: without case and punctuation. */
function holds(text: string, gold: string): boolean {
  return ` ${comparable(text)} `.includes(comparable(gold));
}

function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

interface Web extends AsyncDisposable {
  searchUrl: string;
  /** `host:port` of every page's host. */
  hosts: string[];
  takeOff(ids: readonly string[]): void;
  found(query: { q: string; rel: string[] }): boolean;
  /** The paragraph's id; '' when it is none. */
  pageOf(url: string): string;
  /** A page's text as a browser would show it. */
  textOf(url: string): string;
}

const resultsOfSearch = 8;

async function startWeb({ paras }: RetrievalFile): Promise<Web> {
  const stub = createPlainWordSearch(paras);
  const off = new Set<string>();
  const servers: LoopbackServer[] = [];
  const urls = new Map<string, string>();
  const texts = new Map<string, { id: string; text: string }>();
  for (const [at, { id, text }] of paras.entries()) {
    const host = `127.${20 + Math.floor(at / 62_500)}.${Math.floor(at / 250) % 250}.${(at % 250) + 2}`;
    const server = await startServer(
      (request, response) => {
        const isPage = request.url === '/page' && !off.has(id);
        response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
        response.end(isPage ? pageOfText(text) : '<h1>404</h1>');
      },
      { host },
    );
    servers.push(server);
    urls.set(id, `${server.url}/page`);
    texts.set(`${server.url}/page`, { id, text: text.replace(/\s+/gu, ' ').trim() });
  }
  const search = await startServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://search').searchParams.get('q') ?? '';
    const results = stub
      .search(query, { limit: resultsOfSearch, without: off })
      .map((id) => ({ url: urls.get(id), title: '', content: '' }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ query, results }));
  });

  return {
    searchUrl: search.url,
    hosts: servers.map(({ host, port }) => `${host}:${port}`),
    takeOff(ids) {
      off.clear();
      for (const id of ids) off.add(id);
    },
    found: ({ q, rel }) =>
      stub.search(q, { limit: resultsOfSearch }).some((id) => rel.includes(id)),
    pageOf: (url) => texts.get(url)?.id ?? '',
    textOf: (url) => texts.get(url)?.text ?? '',
    async [Symbol.asyncDispose]() {
      await Promise.all([search, ...servers].map((server) => server.close()));
    },
  };
}

function pageOfText(text: string): string {
  const paragraph = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><html><head><meta charset="utf-8"><title></title></head>
<body><nav><a href="/">1</a> <a href="/2">2</a></nav>
<main><article><p>${paragraph}</p></article></main>
<footer><a href="/3">3</a></footer></body></html>`;
}
