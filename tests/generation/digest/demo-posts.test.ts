import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestWriter, type DigestWriter } from '../../../generation/digest/digest-writer.ts';
import { createSourceReader } from '../../../generation/digest/source-page.ts';
import { createPageFetcher, type PageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import { startDemoWeb, type DemoWebServer } from '../../support/demo-web-server.ts';
import { DEMO_RELEASES, demoRelease } from './demo-releases.ts';
import { NOW } from './read-cards.ts';

let web: DemoWebServer;
let fetcher: PageFetcher;
let writer: DigestWriter;
const { signal } = new AbortController();

beforeAll(async () => {
  web = await startDemoWeb();
  fetcher = createPageFetcher({ userAgent: 'test', allowPrivateHosts: web.hosts, minGapMs: 0 });
  const at = (host: string): string => web.addressOf(`${host}/`).replace(/\/$/u, '');
  writer = createDigestWriter({
    readSource: createSourceReader({ fetcher }),
    addresses: {
      huggingface: at('modelhub.localhost'),
      arxiv: at('papers.localhost'),
      github: 'https://github.com',
    },
    language: 'ru',
    now: () => NOW,
  });
});

afterAll(async () => {
  await fetcher.close();
  await web[Symbol.asyncDispose]();
});

describe('posts of the systems of the bundled web', () => {
  it.each(DEMO_RELEASES)('keeps the rules with $title, save its length', async (one) => {
    const { release } = demoRelease(one, web.addressOf);
    const { post, table } = await writer.write(release, { signal });
    expect(table.notRead).toEqual([]);
    const broken = post.brokenRules.filter(({ rule }) => rule !== 'too-short');
    expect(broken).toEqual([]);
    expect(post.claims.map(({ verdict }) => verdict)).not.toContain('contradicted');
  });

  it('checks what an editor wrote instead', async () => {
    const [first] = DEMO_RELEASES;
    if (first === undefined) throw new Error('no release');
    const { release } = demoRelease(first, web.addressOf);
    const { post, table } = await writer.write(release, { signal });
    const same = await writer.edit(release, table, post.text);
    expect(same.text).toBe(post.text);
    expect(same.brokenRules).toEqual([]);
    const wrong = await writer.edit(release, table, post.text.replaceAll('671', '617'));
    expect(wrong.brokenRules.map(({ rule }) => rule)).toContain('unsupported-figure');
    const empty = await writer.edit(release, table, '');
    expect(empty.brokenRules.map(({ rule }) => rule)).toContain('paragraphs');
  });
});
