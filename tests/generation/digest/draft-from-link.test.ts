import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftFromLink, type LinkDraft } from '../../../generation/digest/draft-from-link.ts';
import { createSourceReader, type ReadSource } from '../../../generation/digest/source-page.ts';
import { createPageFetcher, type PageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import type { ServiceAddresses } from '../../../retrieval/releases/addresses.ts';
import { startServer, type LoopbackServer } from '../../support/loopback-server.ts';
import { CARDS } from './cards.ts';
import { NOW } from './read-cards.ts';

let hub: LoopbackServer;
let fetcher: PageFetcher;
let readSource: ReadSource;
let addresses: ServiceAddresses;

beforeAll(async () => {
  hub = await startServer((request, response) => {
    const { url = '' } = request;
    if (url === '/acme-ai/Acme-Koala-34B/raw/main/README.md') {
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end(CARDS['frontMatterAndTable']?.card ?? '');
    } else if (url.startsWith('/closed/')) {
      response.statusCode = 401;
      response.end('Access to this model is restricted.');
    } else if (url === '/robots.txt') {
      response.statusCode = 404;
      response.end();
    } else {
      response.statusCode = 404;
      response.end('not found');
    }
  });
  fetcher = createPageFetcher({
    userAgent: 'test',
    allowPrivateHosts: [new URL(hub.url).host],
    minGapMs: 0,
  });
  readSource = createSourceReader({ fetcher });
  addresses = { huggingface: hub.url, arxiv: 'https://arxiv.org', github: 'https://github.com' };
});

afterAll(async () => {
  await fetcher.close();
  await hub.close();
});

function draft(message: string): Promise<LinkDraft | null> {
  return draftFromLink(message, { readSource, addresses, now: NOW });
}

describe('a draft from what an admin sent', () => {
  it('reads the card behind a link, whichever of its pages was sent', async () => {
    const drafted = await draft(`Смотри: ${hub.url}/acme-ai/Acme-Koala-34B/tree/main`);
    if (drafted?.status !== 'drafted') throw new Error('no draft');
    expect(drafted.post.title.text.replaceAll('\u00A0', ' ')).toBe(
      '🤖 Acme-Koala-34B: 34 млрд параметров, из них активны 4 млрд',
    );
    expect(drafted.post.links.map(({ label, url }) => `${label} ${url}`)).toEqual([
      `Huggingface ${hub.url}/acme-ai/Acme-Koala-34B`,
    ]);
    expect(drafted.post.brokenRules.map(({ rule }) => rule)).toEqual(['too-short']);
  });

  it('says of a private card that it could not be read, and makes nothing up', async () => {
    const drafted = await draft(`${hub.url}/closed/Secret-7B`);
    expect(drafted?.status).toBe('unreadable');
    expect(drafted?.table.notRead.map(({ url }) => url)).toEqual([`${hub.url}/closed/Secret-7B`]);
  });

  it('takes an address with a percent sign that stands for nothing', async () => {
    expect((await draft(`${hub.url}/closed/100%`))?.status).toBe('unreadable');
  });

  it('writes of a forwarded post from its own words', async () => {
    const drafted = await draft(
      'Ladoga-20B: новая открытая модель\n\nLadoga-20B — языковая модель на основе смеси экспертов. В ней 20 млрд параметров, лицензия MIT, модель обучили на 9,5 трлн токенов.',
    );
    if (drafted?.status !== 'drafted') throw new Error('no draft');
    expect(drafted.post.text).toContain('20');
    const broken = drafted.post.brokenRules.map(({ rule }) => rule);
    expect(broken).not.toContain('unsupported-figure');
    expect(broken).toContain('links');
  });

  it('makes no draft of a greeting', async () => {
    expect(await draft('Доброе утро!')).toBe(null);
  });
});
