import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { createLocales } from '../locales/locale.ts';
import { start } from '../start.ts';
import type { Compose, StartOptions } from '../start.ts';

import { createDemoChats } from './demo-chats.ts';
import { decideOnFirstDrafts } from './demo-editor.ts';
import { startDemoServer } from './demo-server.ts';
import { startFakeTelegram } from './fake-telegram/start-fake-telegram.ts';
import { lieSequence, lyingWhenTold } from './liar.ts';
import type { Liar, LyingOptions } from './liar.ts';
import { isNetworkReachable } from './network.ts';
import { composeWithNews } from './news-from-the-start.ts';
import { createPageApi } from './page-api.ts';
import { createPageFiles } from './page-files.ts';
import { atReadingPace } from './reading-pace.ts';
import { createDemoSearch } from './web/demo-search.ts';
import { createDemoWeb } from './web/demo-web.ts';
import type { DemoWeb } from './web/demo-web.ts';
import { createDemoServices } from './web/services/demo-services.ts';
import type { DemoServices } from './web/services/demo-services.ts';
import { SUGGESTED_CHECKS, SUGGESTED_QUESTIONS } from './web/suggested-questions.ts';

export interface StartDemoOptions {
  /** Of the operator: a model, embeddings and how much is logged are taken from it. */
  config: Config;
  compose: Compose;
  stdout: Pick<Writable, 'write'>;
  /** Aborted by a signal to stop. */
  signal: AbortSignal;
  /** Default: that of the settings. 0 takes any that is free. */
  port?: number;
  checkNetwork?: () => Promise<boolean>;
  /** Of the lies that the page's switch asks for. */
  random?: () => number;
  /** Of quotes, which would come all at once. */
  wordsPerSecond?: number;
  /** Milliseconds before the channel's first round. */
  newsAfterMs?: number;
  logDestination?: StartOptions['logDestination'];
  /** Told where the page is, as soon as it can be opened. */
  onOpen?: (url: string) => void;
}

/**
 * Runs the bot on an emulated Telegram with a chat page, over a small web of its own, until it is told
 * to stop. Whatever it keeps goes away at the end.
 * @throws {DemoError} when the port cannot be had, or what keeps the bot from running.
 */
export async function startDemo({
  config,
  compose,
  stdout,
  signal,
  port = config.port,
  checkNetwork = isNetworkReachable,
  wordsPerSecond = 25,
  newsAfterMs = 4_000,
  random = lieSequence(),
  logDestination,
  onOpen = () => {},
}: StartDemoOptions): Promise<void> {
  // Asked for first and awaited last: what comes between takes as long.
  const networkCheck = checkNetwork();
  await using server = await startDemoServer({ port });
  const dataDir = await mkdtemp(join(tmpdir(), 'istok-demo-'));
  await using cleaning = new AsyncDisposableStack();
  cleaning.defer(() => rm(dataDir, { recursive: true, force: true }));

  const locales = createLocales();
  const services = createDemoServices({ port: () => server.port });
  const web = withServices(createDemoWeb({ port: () => server.port }), services);
  await using telegram = await startFakeTelegram({ bot: BOT, limits: 'telegram' });
  const suggestions = [...SUGGESTED_QUESTIONS, ...SUGGESTED_CHECKS];
  const liar: Liar = { isOn: false };
  using chats = createDemoChats({ telegram, locales, suggestions, liar });
  cleaning.defer(decideOnFirstDrafts({ telegram, chatId: chats.editor('ru').id }));
  server.open({
    web,
    search: createDemoSearch(web),
    files: createPageFiles(),
    chats,
    api: createPageApi({ telegram, chats, liar }),
  });

  const url = `http://127.0.0.1:${server.port}`;
  const demoConfig = {
    ...readConfig({
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      SEARXNG_URL: `${url}/searxng`,
      WIKIPEDIA: (await networkCheck) ? 'on' : 'off',
      CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts.map((host) => `${host}:${server.port}`).join(','),
      DATA_DIR: dataDir,
      ADMIN_IDS: String(chats.editor('ru').id),
      CHANNEL_ID: String(chats.channel.id),
      DIGEST_MAX_PER_DAY: '4',
      DIGEST_INCLUDE: services.include.join(','),
      HUGGINGFACE_BASE_URL: services.settings.huggingFaceBaseUrl,
      ARXIV_BASE_URL: services.settings.arxivBaseUrl,
      ARXIV_QUERIES: services.settings.arxivQueries.join(','),
      GITHUB_BASE_URL: services.settings.githubBaseUrl,
      GITHUB_REPOSITORIES: services.settings.githubRepositories.join(','),
      FEEDS: services.settings.feeds.join(','),
    }),
    model: config.model,
    gigachat: config.gigachat,
    contextTokens: config.contextTokens,
    verifyModel: config.verifyModel,
    embeddings: config.embeddings,
    // The terminal is for the address of the page; what fails is told in the chat, too.
    logLevel: config.logLevel ?? 'error',
  };

  const hasToken = config.telegram.token !== null;
  for (const { t } of [locales.ru, locales.en]) {
    stdout.write(`${t(hasToken ? 'demo-running' : 'demo-no-token', { url })}\n`);
  }
  onOpen(url);
  await start({
    config: demoConfig,
    compose: composeWithNews(
      composeLying(
        // A model writes at a pace of its own.
        config.model === null && config.gigachat === null
          ? composeAtPace(compose, wordsPerSecond)
          : compose,
        { liar, random },
      ),
      { afterMs: newsAfterMs },
    ),
    token: telegram.token,
    signal,
    // Whoever taps wants to see it.
    publishing: { minGapMs: 1_000 },
    ...(logDestination !== undefined && { logDestination }),
  });
}

const BOT = { first_name: 'Исток', username: 'istok_bot', supports_inline_queries: true };

/** One web of pages and of the services that releases are looked for at. */
function withServices(web: DemoWeb, services: DemoServices): DemoWeb {
  return {
    hosts: [...web.hosts, ...services.hosts],
    get pages() {
      return web.pages;
    },
    handles: (host) => web.handles(host) || services.hosts.includes(host.replace(/:\d*$/u, '')),
    handle(request, response) {
      if (services.handles(request)) services.handle(request, response);
      else web.handle(request, response);
    },
  };
}

function composeLying(compose: Compose, lying: LyingOptions): Compose {
  return (config, options) =>
    compose(config, {
      ...options,
      chooseWriter: ({ model, quotes }) => lyingWhenTold(model ?? quotes, lying),
    });
}

function composeAtPace(compose: Compose, wordsPerSecond: number): Compose {
  return async (config, options) => {
    const app = await compose(config, options);
    return { ...app, ask: atReadingPace(app.ask, { wordsPerSecond }) };
  };
}
