import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { encodeText } from '../support/charset-encoder.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { writePdf } from '../support/pdf-documents.ts';
import { webPages } from '../support/web-pages.ts';

type Content = string | Uint8Array | (() => Promise<Uint8Array>);

const html = 'text/html; charset=utf-8';
const pdf = 'application/pdf';
const fact = 'The Ossel lighthouse was first lit in 1874 and its tower is 31 metres tall.';
const filler = 'Ships took their bearing from it, and a keeper wound its clockwork twice a night. ';
const article = `<h1>The Ossel lighthouse</h1><p>${fact}</p><p>${filler.repeat(5)}</p>`;
const russian = webPages.volga.replaceAll('²', '2');

/** Each is asked for what it says, beside a page that says something else. */
const readable: [name: string, type: string, Content, question: string, answer: string][] = [
  ['100,000 nested elements', html, `${'<div>'.repeat(100_000)}${article}`, 'ossel', '1874'],
  [
    '100,000 nested elements around each other',
    html,
    `${'<div>'.repeat(100_000)}${article}${'</div>'.repeat(100_000)}`,
    'ossel',
    '1874',
  ],
  ['a million links', html, `${article}${'<a href=x>y</a>'.repeat(1_000_000)}`, 'ossel', '1874'],
  ['no body', html, `<title>Ossel</title>${article}`, 'ossel', '1874'],
  ['no markup at all', html, `${fact} ${filler}`, 'ossel', '1874'],
  ['a wrong charset label', html, encodeText(russian, 'windows-1251'), 'volga', '3530'],
  [
    'a wrong charset label of the same alphabet',
    'text/html; charset=koi8-r',
    encodeText(russian.replaceAll('utf-8', ''), 'windows-1251'),
    'volga',
    '3530',
  ],
  ['NUL bytes', html, article.replaceAll('lighthouse', 'light\0house'), 'ossel', '1874'],
  ['a PDF', pdf, () => writePdf({ pages: ['', `${fact} ${filler}`] }), 'ossel', '1874'],
];

const unreadable: [name: string, type: string, Content, reason: string][] = [
  [
    'more NUL bytes than text has',
    html,
    article.replaceAll(/[aeot]/gu, '\0'),
    'unsupported content type application/octet-stream',
  ],
  [
    'a PDF whose end is missing',
    pdf,
    async () => {
      const whole = await writePdf({ pages: [`${fact} ${filler}`] });
      return whole.subarray(0, whole.length - 200);
    },
    'damaged PDF',
  ],
  ['an encrypted PDF', pdf, () => writePdf({ pages: [fact], password: 'secret' }), 'encrypted PDF'],
  ['a scanned PDF', pdf, () => writePdf({ pages: ['', ''] }), 'scanned PDF without text'],
  [
    'a damaged PDF',
    pdf,
    async () => (await writePdf({ pages: [fact] })).subarray(0, 300),
    'damaged PDF',
  ],
  [
    'a PDF of 3,000 pages',
    pdf,
    () => writePdf({ pages: Array.from({ length: 3000 }, (_, at) => `Page ${at}. ${fact}`) }),
    'PDF of 3000 pages is too long',
  ],
  ['a PDF in name alone', pdf, '%PDF-1.7\n', 'damaged PDF'],
  [
    'a million links and nothing else',
    html,
    '<a href=x></a>'.repeat(1_000_000),
    'no text found on the page',
  ],
];

const questions: Record<string, string> = {
  ossel: 'When was the Ossel lighthouse first lit?',
  volga: 'Какова длина Волги?',
};

let web: LoopbackWeb<string>;
let app: AppUnderTest;

beforeAll(async () => {
  const sites: Record<string, string | LoopbackHandler> = { neighbour: webPages.penicillin };
  for (const [name, type, content] of [...readable, ...unreadable]) {
    const body = typeof content === 'function' ? await content() : content;
    sites[name] = (_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    };
  }
  web = await startLoopbackWeb(sites);
  app = await composeApp({
    SEARXNG_URL: web.searchUrl,
    CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
    CRAWL_MAX_BYTES: '20000000',
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

describe('beside its neighbour', () => {
  test.each(readable)('a page with %s is read', async (name, _type, _content, asked, answer) => {
    web.found = [web.url(name), web.url('neighbour')];
    const { report } = await askToTheEnd(app.ask, questions[asked] ?? '');
    expect(report.notRead).toEqual([]);
    expect(report.answer).toContain(answer);
    expect(report.answer).not.toContain('\0');
    await expectNeighbour();
  });

  test.each(unreadable)('%s: named with its reason', async (name, _type, _content, reason) => {
    web.found = [web.url(name), web.url('neighbour')];
    const { report } = await askToTheEnd(app.ask, 'Who discovered penicillin?');
    expect(report.notRead).toEqual([{ url: web.url(name), reason }]);
    expect(report.answer).toContain('Fleming');
    expect(report.degraded).toEqual([]);
  });
});

/** It is in the index, whatever stood beside it. */
async function expectNeighbour(): Promise<void> {
  await app.settled();
  web.found = [];
  const { report } = await askToTheEnd(app.ask, 'Who discovered penicillin?');
  expect(report.answer).toContain('Fleming');
}
