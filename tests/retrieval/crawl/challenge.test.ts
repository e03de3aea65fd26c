import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, test } from 'vitest';

import { isChallengePage } from '../../../retrieval/crawl/challenge.ts';
import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import { startServer } from '../../support/loopback-server.ts';

const signal = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Sent {
  status: number;
  body: string | Buffer;
  headers?: Record<string, string>;
}

async function reasonFor({ status, body, headers = {} }: Sent): Promise<string> {
  const site = await startServer(({ url }, response) => {
    if (url === '/robots.txt') return void response.writeHead(404).end();
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
    return void response.end(body);
  });
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    minGapMs: 0,
    allowPrivateHosts: [`${site.host}:${site.port}`],
  });
  closers.push(
    async () => site[Symbol.asyncDispose](),
    () => fetcher.close(),
  );
  return fetcher.fetchPage(`${site.url}/page`, { signal }).then(
    ({ text }) => text,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

const script = '<script src="/c/orchestrate.js"></script>';
const check = `<!doctype html><title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>${script}`;
const needsBrowser = 'needs a browser to be read';

describe('a refusal that asks for a browser says so', () => {
  test.each<[string, Sent]>([
    ['a check with 403', { status: 403, body: check }],
    ['a check with 503', { status: 503, body: check }],
    [
      'a check that is packed',
      { status: 403, body: gzipSync(check), headers: { 'content-encoding': 'gzip' } },
    ],
    [
      'a check of the connection',
      {
        status: 403,
        body: `<title>DDoS-Guard</title><h1>Checking your browser before accessing lakes.example</h1><p>It may take up to 5 seconds.</p>${script}`,
      },
    ],
    [
      'a captcha with 429',
      {
        status: 429,
        body: '<title>Ой!</title><form action="/check"><p>Подтвердите, что запросы отправляли вы, а не робот</p><input type="submit"></form>',
      },
    ],
    ['nothing but a script', { status: 403, body: `<html><head>${script}</head><body></body>` }],
    [
      'the word of a gateway in a header',
      { status: 403, body: '', headers: { 'cf-mitigated': 'challenge' } },
    ],
    [
      'the word of another one',
      { status: 405, body: 'x', headers: { 'x-amzn-waf-action': 'captcha' } },
    ],
  ])('%s', async (_what, sent) => {
    expect(await reasonFor(sent)).toBe(needsBrowser);
  });
});

describe('any other refusal stays one', () => {
  const denied = '<h1>Access denied</h1><p>You may not see this page.</p>';
  test.each<[string, Sent, string]>([
    ['of a server', { status: 403, body: '<h1>403 Forbidden</h1><hr>nginx' }, 'HTTP 403'],
    ['without a page', { status: 503, body: '' }, 'HTTP 503'],
    [
      'with scripts of its own',
      { status: 403, body: `<title>Access denied</title>${denied}${script}` },
      'HTTP 403',
    ],
    [
      'to somebody who is not signed in',
      { status: 401, body: `<html><body>${script}</body>` },
      'HTTP 401',
    ],
    [
      'as data',
      { status: 403, body: '{"error":"captcha"}', headers: { 'content-type': 'application/json' } },
      'HTTP 403',
    ],
    ['of a page that is gone', { status: 404, body: `<html><body>${script}</body>` }, 'HTTP 404'],
    [
      'that packs badly',
      { status: 403, body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
      'HTTP 403',
    ],
    [
      'with a long page about checks',
      {
        status: 503,
        body: `<title>Maintenance</title>${script}<p>${'We are at work on the shop and will be back soon. Checking your browser is not needed. '.repeat(20)}</p>`,
      },
      'HTTP 503',
    ],
  ])('%s', async (_what, sent, reason) => {
    expect(await reasonFor(sent)).toBe(reason);
  });

  test('whose page never ends is told without waiting for it', async () => {
    const closed = Promise.withResolvers<void>();
    await using site = await startServer(({ url }, response) => {
      if (url === '/robots.txt') return void response.writeHead(404).end();
      response.writeHead(403, { 'content-type': 'text/html' });
      response.write('<p>');
      return void response.on('close', () => closed.resolve());
    });
    await using fetcher = {
      ...createPageFetcher({
        userAgent: 'Istok/test',
        timeoutMs: 30_000,
        minGapMs: 0,
        allowPrivateHosts: [`${site.host}:${site.port}`],
      }),
      async [Symbol.asyncDispose]() {
        await this.close();
      },
    };
    await expect(fetcher.fetchPage(`${site.url}/page`, { signal })).rejects.toThrow(/^HTTP 403$/u);
    await closed.promise;
  });
});

test.each([
  ['tags without end', '<title '.repeat(40_000)],
  ['scripts without end', '<script>'.repeat(32_000)],
  ['comments without end', '<!--'.repeat(64_000)],
  ['brackets', '<'.repeat(256_000)],
])('%s hold nobody up', (_what, html) => {
  const startedAt = performance.now();
  isChallengePage(html);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
