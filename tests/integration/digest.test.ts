import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import pino from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';

import { runDigest } from '../../bot/cli/run-digest.ts';
import { readConfig } from '../../bot/config.ts';
import { createDemoWeb } from '../../bot/demo/web/demo-web.ts';
import { createDemoServices } from '../../bot/demo/web/services/demo-services.ts';
import { openDigest } from '../../bot/digest/open-digest.ts';
import type { PreparedDigest } from '../../bot/digest/prepare-digest.ts';
import { createLocales } from '../../bot/locales/locale.ts';
import { openDatabase, StateError } from '../../bot/state/database.ts';
import { createDigestPosts } from '../../bot/state/digest-posts.ts';
import { startServer } from '../support/loopback-server.ts';
import { MemoryOutput } from '../support/memory-output.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();

async function startServices() {
  let port = 0;
  const web = createDemoWeb({ port: () => port });
  const services = createDemoServices({ port: () => port });
  const server = createServer((request, response) => {
    if (services.handles(request)) services.handle(request, response);
    else web.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  const { settings, include } = services;
  const hosts = [...web.hosts, ...services.hosts].map((host) => `${host}:${port}`);
  return {
    port,
    environment: {
      CRAWL_ALLOW_PRIVATE_HOSTS: hosts.join(','),
      HUGGINGFACE_BASE_URL: settings.huggingFaceBaseUrl,
      ARXIV_BASE_URL: settings.arxivBaseUrl,
      ARXIV_QUERIES: settings.arxivQueries.join(','),
      GITHUB_BASE_URL: settings.githubBaseUrl,
      GITHUB_REPOSITORIES: settings.githubRepositories.join(','),
      FEEDS: settings.feeds.join(','),
      DIGEST_INCLUDE: include.join(','),
      DIGEST_MAX_PER_DAY: '20',
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function dryRun(environment: Record<string, string>, args = ['--dry-run']) {
  await using folder = await temporaryFolder();
  const [stdout, stderr] = [new MemoryOutput(), new MemoryOutput()];
  const prepared: PreparedDigest[] = [];
  const code = await runDigest({
    open() {
      const digest = openDigest(readConfig(environment), {
        folder: folder.path,
        model: null,
        logger: pino({ level: 'silent' }),
      });
      return {
        ...digest,
        async prepare(options) {
          const made = await digest.prepare(options);
          prepared.push(made);
          return made;
        },
      };
    },
    openQueue: () => Promise.reject(new Error('a dry run has no queue')),
    args,
    locale: createLocales().ru,
    stdout,
    stderr,
    signal,
  });
  return { code, prepared: prepared[0], out: stdout.text, errors: stderr.text };
}

describe('npm run digest -- --dry-run on the services of the demo', () => {
  let outcome: Awaited<ReturnType<typeof dryRun>>;

  beforeAll(async () => {
    await using services = await startServices();
    outcome = await dryRun(services.environment);
  });

  test('prints one post for each of the ten systems, and fails at nothing', () => {
    const { code, prepared, out } = outcome;
    expect(code).toBe(0);
    expect(prepared?.drafts).toHaveLength(10);
    expect(new Set(prepared?.drafts.map(({ release }) => release.id)).size).toBe(10);
    expect(prepared?.notWritten).toEqual([]);
    expect(prepared?.sources.filter(({ failed }) => failed !== null)).toEqual([]);
    for (const { post } of prepared?.drafts ?? []) expect(out).toContain(post.title.text);
    expect(out).toContain('10 постов.');
  });

  test('with every link that the release has', () => {
    for (const { post, release } of outcome.prepared?.drafts ?? []) {
      const { github, huggingface, paper } = release.links;
      const named = [github, huggingface, paper].filter((link) => link !== null);
      const own = post.links.filter(({ label }) => label !== 'Источник');
      expect(own.map(({ url }) => url)).toEqual(named);
    }
  });

  test('without breaking a rule of the house, least of all by a figure that no source has', () => {
    const drafts = outcome.prepared?.drafts ?? [];
    expect(drafts.filter(({ post }) => post.brokenRules.length > 0)).toEqual([]);
    for (const { post } of drafts) {
      expect(post.text.length).toBeGreaterThanOrEqual(750);
      expect(post.text.length).toBeLessThanOrEqual(1900);
      expect(post.title.text.length).toBeLessThanOrEqual(77);
    }
  });

  test('with the dates that the pages give, and not those of the copies', () => {
    for (const { post } of outcome.prepared?.drafts ?? [])
      expect(post.text).not.toMatch(/ 202[6-9] года/u);
  });
});

test('a service that is down is told, and the others give what they have', async () => {
  await using services = await startServices();
  const environment = { ...services.environment, ARXIV_BASE_URL: 'http://127.0.0.1:1' };
  const { code, prepared, out } = await dryRun(environment);
  expect(code).toBe(1);
  expect(prepared?.drafts.length).toBeGreaterThan(3);
  expect(out).toMatch(/⚠️ arxiv.*/iu);
});

test('anything else is refused', async () => {
  expect(await dryRun({}, ['--send'])).toMatchObject({ code: 2, out: '' });
  expect((await dryRun({}, ['--dry-run', 'now'])).errors).toContain('Usage:');
});

test('feeds are asked whether they have changed, and what is not set any more is forgotten', async () => {
  await using folder = await temporaryFolder();
  const asked: (string | undefined)[] = [];
  await using feed = await startServer((request, response) => {
    if (request.url !== '/feed.xml') {
      response.writeHead(404).end();
      return;
    }
    asked.push(request.headers['if-none-match']);
    if (request.headers['if-none-match'] === '"one"') {
      response.writeHead(304, { etag: '"one"' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"one"' }).end(
      `<rss version="2.0"><channel><title>Acme</title><item><title>Одна</title>
        <link>https://acme.example/one</link></item></channel></rss>`,
    );
  });
  const gone = 'http://127.0.0.1:9';
  const prepare = async (feeds: string) => {
    const config = readConfig({
      FEEDS: feeds,
      CRAWL_ALLOW_PRIVATE_HOSTS: new URL(feed.url).host,
      HUGGINGFACE_BASE_URL: gone,
      CHANNEL_ID: '@model_news',
    });
    const logger = pino({ level: 'silent' });
    const digest = openDigest(config, { folder: folder.path, model: null, logger });
    try {
      const { sources } = await digest.prepare({ signal });
      const read = sources.filter(({ failed }) => failed === null).map(({ found }) => found);
      return { read, names: digest.releases.sources().map(({ name }) => name) };
    } finally {
      await digest.close();
    }
  };
  const address = `${feed.url}/feed.xml`;
  expect((await prepare(address)).read).toEqual([1]);
  const again = await prepare(address);
  expect(again.read).toEqual([1]);
  expect(again.names).toContain(`feed ${address}`);
  expect(asked).toEqual([undefined, '"one"']);
  expect((await prepare('')).names).not.toContain(`feed ${address}`);
});

describe('npm run digest', () => {
  test('fills the queue of the bot, each release once, and no more than a day takes', async () => {
    await using services = await startServices();
    await using folder = await temporaryFolder();
    const config = readConfig({ ...services.environment, CHANNEL_ID: '@model_news' });
    const { database } = openDatabase({ folder: folder.path });
    const posts = createDigestPosts(database);
    const run = async (maxPerDay: number) => {
      const [stdout, stderr] = [new MemoryOutput(), new MemoryOutput()];
      const code = await runDigest({
        open: () => {
          throw new Error('no dry run');
        },
        async openQueue() {
          const logger = pino({ level: 'silent' });
          const digest = openDigest(config, { folder: folder.path, model: null, logger });
          return {
            digest: {
              ...digest,
              prepare: (options) => digest.prepare({ ...options, isFirstRunSilent: false }),
            },
            posts,
            maxPerDay,
            timeZone: 'UTC',
            close: () => digest.close(),
          };
        },
        args: [],
        locale: createLocales().ru,
        stdout,
        stderr,
        signal,
      });
      return { code, out: stdout.text };
    };
    const first = await run(3);
    expect(first.code).toBe(0);
    expect(first.out).toContain('Они в очереди: бот покажет их админам.');
    expect(posts.count('draft')).toBe(3);
    expect((await run(3)).out).toContain('Нового нет.');
    expect(posts.count('draft')).toBe(3);
    await run(20);
    expect(posts.count('draft')).toBe(10);
    database.close();
  });

  test('says in a sentence that a running bot is to be asked', async () => {
    const stderr = new MemoryOutput();
    const code = await runDigest({
      open: () => {
        throw new Error('no dry run');
      },
      openQueue: () => Promise.reject(new StateError('The bot is running: ask it.')),
      args: [],
      locale: createLocales().ru,
      stdout: new MemoryOutput(),
      stderr,
      signal,
    });
    expect([code, stderr.text]).toEqual([1, 'The bot is running: ask it.\n']);
  });
});
