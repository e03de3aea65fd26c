import { describe, expect, it } from 'vitest';

import { askToTheEnd } from '../support/ask-to-the-end.ts';
import { composeApp } from '../support/composed-app.ts';
import type { AppUnderTest } from '../support/composed-app.ts';
import { sendJson, startServer } from '../support/loopback-server.ts';
import type { LoopbackServer } from '../support/loopback-server.ts';
import { articlePage } from '../support/scripted-web.ts';
import { webPages } from '../support/web-pages.ts';

/** Nothing is searched for where no question is asked. */
const NO_SEARCH = 'http://127.0.0.1:9';

describe('a source', () => {
  it('answers questions though the search finds nothing, until it is removed', async () => {
    await using site = await startSite({ '/': webPages.baikal });
    await using search = await startServer((_request, response) => {
      sendJson(response, { results: [] });
    });
    await using app = await composeApp({
      SEARXNG_URL: search.url,
      CRAWL_ALLOW_PRIVATE_HOSTS: `${site.host}:${site.port}`,
    });
    const { id } = app.sources.store.add({ kind: 'page', address: `${site.url}/` });
    expect((await reindex(app)).map(({ outcome }) => outcome)).toEqual(['done']);
    const question = 'Какая глубина у Байкала?';
    const answered = await askToTheEnd(app.ask, question);
    expect(answered.report.answer).toContain('1642');
    expect(answered.report.sources[0]?.url).toBe(`${site.url}/`);
    expect(await app.readKept()).toMatchObject({ pages: 1, sources: 1, fetched: 1 });
    await app.sources.remove(id);
    const asked = await askToTheEnd(app.ask, question);
    expect(asked.ending.type).toBe('declined');
  });

  it('is asked by ETag the second time', async () => {
    const seen: (string | undefined)[] = [];
    await using site = await startServer((request, response) => {
      if (request.url === '/robots.txt') return void response.writeHead(404).end();
      seen.push(request.headers['if-none-match']);
      const headers = { etag: '"one"', 'content-type': 'text/html; charset=utf-8' };
      if (request.headers['if-none-match'] === '"one"') {
        return void response.writeHead(304, headers).end();
      }
      return void response.writeHead(200, headers).end(articlePage('Волга'));
    });
    await using app = await composeApp({
      SEARXNG_URL: NO_SEARCH,
      CRAWL_ALLOW_PRIVATE_HOSTS: `${site.host}:${site.port}`,
    });
    app.sources.store.add({ kind: 'page', address: `${site.url}/` });
    const [first] = await reindex(app);
    const [second] = await reindex(app);
    expect(first?.counts).toMatchObject({ changed: 1, unchanged: 0 });
    expect(second?.counts).toMatchObject({ changed: 0, unchanged: 1 });
    expect(seen).toEqual([undefined, '"one"']);
    expect(await app.index.count()).toMatchObject({ pages: 1 });
  });

  it.each([
    ['forbidden by robots.txt', 'User-agent: *\nDisallow: /', 'could not be read: forbidden'],
    ['not there', 'User-agent: *\nDisallow:', 'could not be read: HTTP 404'],
  ])('that is %s says so and serves nothing', async (_what, robots, reason) => {
    await using site = await startServer((request, response) => {
      if (request.url === '/robots.txt') return void response.end(robots);
      return void response.writeHead(404).end();
    });
    await using app = await composeApp({
      SEARXNG_URL: NO_SEARCH,
      CRAWL_ALLOW_PRIVATE_HOSTS: `${site.host}:${site.port}`,
    });
    app.sources.store.add({ kind: 'site', address: `${site.url}/docs/` });
    const [result] = await reindex(app);
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result?.error).toContain(reason);
    expect(await app.index.count()).toEqual({ pages: 0, passages: 0 });
  });

  it('that lies on a private address is not read', async () => {
    await using site = await startSite({ '/': articlePage('Секрет') });
    await using app = await composeApp({ SEARXNG_URL: NO_SEARCH });
    app.sources.store.add({ kind: 'site', address: `${site.url}/` });
    const [result] = await reindex(app);
    expect(result?.error).toMatch(/port \d+ not allowed|not a public address/u);
    expect(site.requests).toEqual([]);
  });
});

function reindex(app: AppUnderTest) {
  return app.sources.reindexer.run(null, { signal: new AbortController().signal });
}

function startSite(pages: Record<string, string>): Promise<LoopbackServer> {
  return startServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return void response.end(page);
  });
}
