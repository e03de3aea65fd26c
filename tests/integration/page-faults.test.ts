import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { encodeText } from '../support/charset-encoder.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb, Site } from '../support/loopback-web.ts';
import { webPages } from '../support/web-pages.ts';

const sends =
  (
    status: number,
    headers: Record<string, string>,
    content: string | Uint8Array = '',
  ): LoopbackHandler =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(content);
  };

const html = { 'content-type': 'text/html; charset=utf-8' };

/** Writes on until nobody listens. */
const endless =
  (chunk: string | Buffer, pauseMs: number): LoopbackHandler =>
  (_request, response) => {
    response.writeHead(200, html);
    const timer = setInterval(() => response.write(chunk), pauseMs);
    response.on('close', () => clearInterval(timer));
  };

const unreadable: [string, Site, string | RegExp][] = [
  ['is not there', sends(404, html, '<h1>404</h1>'), 'HTTP 404'],
  ['is gone', sends(410, html), 'HTTP 410'],
  ['wants a sign-in', sends(401, html, '<form></form>'), 'HTTP 401'],
  ['asks too much of', sends(429, html, 'slow down'), 'HTTP 429'],
  ['breaks down', sends(500, html, 'oops'), 'HTTP 500'],
  ['never answers', () => {}, 'timeout'],
  [
    'stops after its head',
    (_request, response) => {
      response.writeHead(200, html);
      response.write('<!doctype html>');
    },
    'sent too slowly',
  ],
  ['comes drop by drop', endless('.', 20), 'sent too slowly'],
  ['never ends', endless('<p>Волга</p>'.repeat(1000), 1), 'too large'],
  [
    'says that it is too large',
    sends(200, { ...html, 'content-length': '900000' }, '<p>'),
    'too large',
  ],
  ['is too large', sends(200, html, '<p>Волга</p>'.repeat(40_000)), 'too large'],
  [
    'is a gzip bomb',
    sends(200, { ...html, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(50_000_000, 'a'))),
    'compressed beyond the limit',
  ],
  [
    'has damaged compression',
    sends(200, { ...html, 'content-encoding': 'gzip' }, 'this is no gzip'),
    'damaged compression',
  ],
  [
    'cuts the connection',
    (_request, response) => {
      response.writeHead(200, { ...html, 'content-length': '5000' });
      response.write('<!doctype html><p>Вол', () => response.destroy());
    },
    'connection cut',
  ],
  [
    'is a picture',
    sends(200, { 'content-type': 'image/png' }, '\x89PNG\r\n'),
    'unsupported content type image/png',
  ],
  [
    'is a picture that is called a page',
    sends(200, html, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
    'unsupported content type image/png',
  ],
  ['is empty', sends(200, html), 'empty page'],
  ['is blank', sends(200, html, ' \n\t '), 'empty page'],
  [
    'has no text',
    '<!doctype html><html><body><img src="/a.png"><script>1</script></body></html>',
    'no text found on the page',
  ],
  [
    'is filled in by scripts',
    '<!doctype html><html><head><title>App</title><script src="/app.js"></script></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>',
    'needs a browser to be read',
  ],
  [
    'redirects to itself',
    (request, response) => void response.writeHead(302, { location: request.url ?? '/' }).end(),
    'redirect loop',
  ],
  [
    'redirects for ever',
    (request, response) =>
      void response
        .writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1 || 1}` })
        .end(),
    'too many redirects',
  ],
  [
    'redirects into our network',
    sends(302, { location: 'http://10.0.0.1/' }),
    'not a public address',
  ],
  [
    'redirects to the metadata of the cloud',
    sends(301, { location: 'http://169.254.169.254/latest/' }),
    'not a public address',
  ],
  [
    'redirects to a port of ours',
    sends(307, { location: 'http://127.0.0.1:22/' }),
    'port 22 not allowed',
  ],
  ['redirects out of the web', sends(302, { location: 'file:///etc/passwd' }), 'not a web address'],
  [
    'is closed to robots',
    { page: webPages.volga, robots: sends(200, {}, 'User-agent: *\nDisallow: /') },
    'forbidden by robots.txt',
  ],
  [
    'cannot say what robots may read',
    { page: webPages.volga, robots: sends(500, {}) },
    'robots.txt could not be read',
  ],
  [
    'never says what robots may read',
    { page: webPages.volga, robots: () => {} },
    'robots.txt could not be read',
  ],
];

const volga = webPages.volga.replace('<meta charset="utf-8">', '').replaceAll('²', '2');

const readable: [string, LoopbackHandler][] = [
  [
    'windows-1251 that nobody labels',
    sends(200, { 'content-type': 'text/html' }, encodeText(volga, 'windows-1251')),
  ],
  ['windows-1251 that is called utf-8', sends(200, html, encodeText(volga, 'windows-1251'))],
  [
    'windows-1251 that is called latin-1',
    sends(
      200,
      { 'content-type': 'text/html; charset=iso-8859-1' },
      encodeText(volga, 'windows-1251'),
    ),
  ],
  [
    'koi8-r that nobody labels',
    sends(200, { 'content-type': 'text/html' }, encodeText(volga.replaceAll('—', '-'), 'koi8-r')),
  ],
  ['NUL bytes in its words', sends(200, html, webPages.volga.replaceAll('Волг', 'В\0олг'))],
  ['100,000 nested elements', sends(200, html, `${'<i>'.repeat(100_000)}${webPages.volga}`)],
  [
    'elements that never close',
    sends(200, html, webPages.volga.replaceAll(/<\/(?:p|article|main|body|html|footer)>/gu, '')),
  ],
  [
    'a word of 50,000 letters beside the answer',
    sends(
      200,
      html,
      webPages.volga.replace('</article>', `<p>Длина Волги ${'км'.repeat(25_000)}.</p></article>`),
    ),
  ],
  ['a wrong type', sends(200, { 'content-type': 'text/plain' }, webPages.volga)],
  ['no type', sends(200, {}, webPages.volga)],
  ['compression', sends(200, { ...html, 'content-encoding': 'gzip' }, gzipSync(webPages.volga))],
  [
    'another place to be at',
    (request, response) =>
      request.url === '/page'
        ? void response.writeHead(302, { location: encodeURI('/другая страница') }).end()
        : sends(200, html, webPages.volga)(request, response),
  ],
];

let web: LoopbackWeb<string>;
let app: AppUnderTest;
beforeAll(async () => {
  const sites = [...unreadable, ...readable].map(([name, site]) => [name, site] as const);
  web = await startLoopbackWeb({ ...Object.fromEntries(sites), good: webPages.volga });
  app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    CRAWL_TIMEOUT_MS: '300',
    CRAWL_MAX_BYTES: '400000',
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await app.settled();
  await app.index.clear();
});

const question = 'Какова длина Волги?';

describe.each(unreadable)('a page that %s', (name, _site, reason) => {
  test('is named with its reason, and another page answers', async () => {
    web.found = [web.url(name), web.url('good')];
    const { ending, report, reply } = await askToTheEnd(app.ask, question);
    expect(ending.type).toBe('answered');
    expect(report.notRead).toEqual([{ url: web.url(name), reason }]);
    expect(report.degraded).toEqual([]);
    expect(report.answer).toContain('3530 км');
    expect(report.sources.map(({ url }) => url)).toEqual([web.url('good')]);
    expect(reply).not.toContain(reason);
  });

  test('and is the only one leaves the reader an honest sentence', async () => {
    web.found = [web.url(name)];
    const { ending, report, reply } = await askToTheEnd(app.ask, question);
    expect(ending).toMatchObject({ type: 'declined', reason: 'nothing-read' });
    expect(report.notRead).toEqual([{ url: web.url(name), reason }]);
    expect(report.degraded).toEqual([]);
    expect(reply).toBe('Страницы нашлись, но прочесть их не удалось. Попробуйте чуть позже.');
  });
});

test('eight pages that cannot be read are named together', async () => {
  const names = unreadable.slice(0, 8).map(([name]) => name);
  web.found = names.map((name) => web.url(name));
  const { ending, report, ms } = await askToTheEnd(app.ask, question);
  expect(ending).toMatchObject({ type: 'declined', reason: 'nothing-read' });
  expect(new Set(report.notRead.map(({ url }) => url))).toEqual(new Set(web.found));
  expect(ms).toBeLessThan(2000);
});

test('pages that robots may not read are not asked for', async () => {
  web.found = [web.url('is closed to robots')];
  await askToTheEnd(app.ask, question);
  expect(web.visits('is closed to robots')).toEqual([]);
});

test('private addresses among the results are not asked for', async () => {
  const addresses = [
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'http://192.168.0.1:8080/',
    'http://[::1]/',
    'http://[fd00::1]/',
  ];
  web.found = [...addresses, web.url('good')];
  const { ending, report } = await askToTheEnd(app.ask, question);
  expect(ending.type).toBe('answered');
  expect(new Map(report.notRead.map(({ url, reason }) => [url, reason]))).toEqual(
    new Map(addresses.map((url) => [url, 'not a public address'])),
  );
});

test.each(readable)('a page with %s is answered from all the same', async (name) => {
  web.found = [web.url(name)];
  const { ending, report } = await askToTheEnd(app.ask, question);
  expect(report.notRead).toEqual([]);
  expect(ending.type).toBe('answered');
  expect(report.answer).toContain('Длина Волги составляет 3530 км');
  expect(report.answer.length).toBeLessThan(1000);
  expect(report.sentences.every(({ verdict }) => verdict === 'supported')).toBe(true);
});
