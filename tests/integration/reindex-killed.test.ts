import { expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { createLogger } from '../../bot/logger.ts';
import { openIndex } from '../../bot/open-index.ts';
import { openSourceStore } from '../../retrieval/sources/source-store.ts';
import { startServer } from '../support/loopback-server.ts';
import { startQdrant } from '../support/qdrant/start-qdrant.ts';
import type { QdrantCall } from '../support/qdrant/start-qdrant.ts';
import { runToKill } from '../support/run-to-kill.ts';
import { articlePage } from '../support/scripted-web.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Something that the program does and the test sees, with what has been done to the source then. */
type Step = 'reads' | 'stages' | 'has-staged' | 'commits' | 'has-committed';

const kills = [
  // The site is asked for its rules and its map first.
  ...[1, 2, 3, 5, 7].map((round) => ({
    engine: 'the embedded index',
    step: 'reads' as const,
    page: '',
    round,
  })),
  // However many pages are staged at once.
  ...['new 10', 'new 12', 'new 14', 'new 16', 'new 19'].flatMap((page) =>
    (['stages', 'has-staged'] as const).map((step) => ({ engine: 'Qdrant', step, page, round: 1 })),
  ),
  // There is one commit a run: killed there, five times each.
  ...[1, 2, 3, 4, 5].flatMap((time) =>
    (['commits', 'has-committed'] as const).map((step) => ({
      engine: 'Qdrant',
      step,
      page: '',
      round: 1,
      time,
    })),
  ),
];

test.concurrent.each(kills)(
  'npm run reindex over $engine, killed when it $step $page ($round), serves a source whole and goes on',
  { timeout: 120_000 },
  async ({ engine, step, page, round }) => {
    await using site = await startSite();
    await using qdrant = await startQdrant();
    await using folder = await temporaryFolder();
    const settings = {
      DATA_DIR: folder.path,
      WIKIPEDIA: 'off',
      SEARXNG_URL: 'http://127.0.0.1:9',
      CRAWL_ALLOW_PRIVATE_HOSTS: new URL(site.url).host,
      QDRANT_URL: engine === 'Qdrant' ? qdrant.url : '',
    };
    const command = { file: 'bot/cli/reindex.ts', settings };
    await readOnce(settings, `${site.url}/sitemap.xml`);
    expect(await served(settings)).toEqual(before);

    site.renew();
    let left = round;
    const killed = await runToKill({
      ...command,
      onStart(kill) {
        const happens = (what: Step, said = ''): void => {
          if (what !== step || !said.includes(page)) return;
          left -= 1;
          if (left === 0) kill();
        };
        site.watch(() => happens('reads'));
        qdrant.watch((call, when) => {
          const what = stepOf(call, when);
          if (what !== null) happens(what, JSON.stringify(call.body));
        });
      },
    });
    expect(killed.signal).toBe('SIGKILL');
    // A step that has been asked for is taken, whether or not somebody waits for the answer.
    const possible =
      step === 'has-committed' ? [anew] : step === 'commits' ? [before, anew] : [before];
    expect(possible).toContainEqual(await served(settings));

    giveTurnBack(folder.path);
    const again = await runToKill(command);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(await served(settings)).toEqual(anew);
  },
);

const logger = createLogger({ level: 'error', secrets: [], destination: { write: () => {} } });

const before = Array.from({ length: 12 }, (_, id) => `old ${id + 10}`);
const anew = [
  'new 10',
  'new 11',
  'new 12',
  'new 13',
  'new 14',
  'new 15',
  'new 16',
  'new 17',
].concat(['new 18', 'new 19', 'old 21']);

function ignore(): void {}

/** Twelve pages; when it is renewed, ten are changed, one is gone and the last is as it was. */
async function startSite() {
  let pages = before;
  let watcher = ignore;
  const server = await startServer((request, response) => {
    watcher();
    const path = request.url ?? '/';
    const { host } = request.headers;
    if (path === '/sitemap.xml') {
      const places = pages.map((page) => `<url><loc>http://${host}/${page.slice(4)}</loc></url>`);
      return void response.end(`<urlset>${places.join('')}</urlset>`);
    }
    const page = pages.find((one) => path === `/${one.slice(4)}`);
    if (page === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return void response.end(articlePage(page));
  });
  return {
    url: server.url,
    renew: () => void (pages = anew),
    watch: (next: () => void) => void (watcher = next),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function stepOf({ route, body }: QdrantCall, when: 'before' | 'after'): Step | null {
  const text = JSON.stringify(body);
  if (route === 'PUT /collections/istok/points' && text.includes('"passage"')) {
    return when === 'before' ? 'stages' : 'has-staged';
  }
  if (route === 'POST /collections/istok/points/batch' && text.includes('"gone":["')) {
    return when === 'before' ? 'commits' : 'has-committed';
  }
  return null;
}

async function readOnce(settings: Record<string, string>, address: string): Promise<void> {
  const app = await compose(readConfig(settings), { logger });
  app.sources.store.add({ kind: 'sitemap', address });
  const { signal } = new AbortController();
  const [result] = await app.sources.reindexer.run(null, { signal });
  expect(result).toMatchObject({ outcome: 'done' });
  await app.close();
}

/** As half a minute later, when the program that was killed no longer counts as reading. */
function giveTurnBack(folder: string): void {
  const store = openSourceStore({ folder });
  store.takeTurn('later', new Date(Date.now() + 60_000));
  store.giveTurnBack('later');
  store.close();
}

/** Titles of the pages that a program would find. */
async function served(settings: Record<string, string>): Promise<string[]> {
  const { index, close } = await openIndex(readConfig(settings), {
    logger,
    move: 'nothing',
    embedder: null,
  });
  const { pages } = await index.readPages({ cursor: null, limit: 100 });
  await close();
  return pages.map(({ passages }) => passages[0]?.title ?? '').toSorted();
}
