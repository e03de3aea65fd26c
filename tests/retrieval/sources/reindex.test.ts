import { describe, expect, it } from 'vitest';

import type { Embedder } from '../../../retrieval/embed/embedder.ts';
import { EmbedError } from '../../../retrieval/errors.ts';
import type { PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { createDiscovery } from '../../../retrieval/sources/discover/discover-pages.ts';
import { reindexSource } from '../../../retrieval/sources/reindex.ts';
import type { ReindexOptions, ReindexProgress } from '../../../retrieval/sources/reindex.ts';
import type { Source } from '../../../retrieval/sources/source.ts';
import { openSourceStore } from '../../../retrieval/sources/source-store.ts';
import { analyzeQuery } from '../../../retrieval/text/analyze.ts';
import { createHashedEmbedder } from '../../support/hashed-embedder.ts';
import { MemoryIndex } from '../../support/memory-index.ts';
import { articlePage, createScriptedWeb } from '../../support/scripted-web.ts';
import type { ScriptedWeb } from '../../support/scripted-web.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const A = 'https://a.example';

describe('a re-index', () => {
  it('serves new, changed and unchanged pages and drops those that are gone', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Начало', ['/same', '/changes', '/goes']),
      [`${A}/same`]: articlePage('Волга'),
      [`${A}/changes`]: articlePage('Ока'),
      [`${A}/goes`]: articlePage('Кама'),
    });
    const first = await desk.reindex();
    expect(first).toMatchObject({
      outcome: 'done',
      error: null,
      counts: { found: 4, changed: 4, unchanged: 0, failed: 0, removed: 0 },
    });
    desk.web.answers.set(`${A}/`, articlePage('Начало', ['/same', '/changes', '/new']));
    desk.web.answers.set(`${A}/changes`, articlePage('Лена'));
    desk.web.answers.set(`${A}/new`, articlePage('Обь'));
    desk.web.answers.delete(`${A}/goes`);
    const second = await desk.reindex();
    expect(second.counts).toEqual({ found: 4, changed: 2, unchanged: 2, failed: 0, removed: 1 });
    expect(await desk.pagesFor('Кама')).toEqual([]);
    expect(await desk.pagesFor('Ока')).toEqual([]);
    expect(await desk.pagesFor('Лена')).toEqual([`${A}/changes`]);
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/same`]);
    expect(desk.store.latestRun(desk.source.id)).toMatchObject({ outcome: 'done', error: null });
  });

  it('does not read again what the server says has not changed', async () => {
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') });
    await desk.reindex();
    desk.web.answers.set(`${A}/`, { body: articlePage('Ока'), from: 'revalidated' });
    expect((await desk.reindex()).counts).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/`]);
  });

  it('keeps what it could not read this time, and counts the reasons', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Начало', ['/slow', '/gone', '/never']),
      [`${A}/slow`]: articlePage('Волга'),
      [`${A}/gone`]: articlePage('Ока'),
    });
    await desk.reindex();
    desk.web.answers.set(`${A}/slow`, { fault: 'timeout' });
    desk.web.answers.set(`${A}/gone`, { fault: 'HTTP 410' });
    const result = await desk.reindex();
    expect(result).toMatchObject({
      outcome: 'done',
      counts: { found: 4, changed: 0, unchanged: 1, failed: 3, removed: 1 },
    });
    expect(Object.fromEntries(result.failures)).toEqual({
      timeout: 1,
      'HTTP 410': 1,
      'HTTP 404': 1,
    });
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/slow`]);
    expect(await desk.pagesFor('Ока')).toEqual([]);
  });

  it('keeps a page that is served at another address than it was found at', async () => {
    const moved = { body: articlePage('Волга'), redirectedTo: `${A}/new` };
    const own = articlePage('Ока').replace(
      '<head>',
      `<head><link rel="canonical" href="${A}/own">`,
    );
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Начало', ['/old', '/copy']),
      [`${A}/old`]: moved,
      [`${A}/copy`]: own,
    });
    await desk.reindex();
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/new`]);
    expect(await desk.pagesFor('Ока')).toEqual([`${A}/own`]);
    desk.web.answers.set(`${A}/old`, { fault: 'timeout' });
    desk.web.answers.set(`${A}/copy`, { fault: 'HTTP 503' });
    expect((await desk.reindex()).counts).toMatchObject({ failed: 2, removed: 0 });
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/new`]);
    expect(await desk.pagesFor('Ока')).toEqual([`${A}/own`]);
    desk.web.answers.set(`${A}/old`, { ...moved, from: 'revalidated' });
    desk.web.answers.set(`${A}/copy`, { fault: 'HTTP 410' });
    expect((await desk.reindex()).counts).toMatchObject({ unchanged: 2, failed: 1, removed: 1 });
    expect(await desk.pagesFor('Ока')).toEqual([]);
  });

  it('leaves nothing of a source that is removed while it is read', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Волга', ['/1', '/2']),
      [`${A}/1`]: articlePage('Ока'),
      [`${A}/2`]: articlePage('Кама'),
    });
    await desk.reindex();
    desk.web.answers.set(`${A}/1`, articlePage('Лена'));
    const result = await desk.reindex({
      onProgress: ({ counts }) => {
        if (counts.found === 2) desk.store.remove(desk.source.id);
      },
    });
    expect(result.outcome).toBe('cancelled');
    expect(await desk.index.count()).toEqual({ pages: 0, passages: 0 });
    expect(await desk.index.rebuildSource(desk.source.id).done()).toEqual(new Set());
  });

  it('leaves nothing of a source that is removed while its pages are put in place', async () => {
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') });
    const rebuildSource = desk.index.rebuildSource.bind(desk.index);
    desk.index.rebuildSource = (id) => {
      const rebuild = rebuildSource(id);
      return {
        ...rebuild,
        done: () => rebuild.done(),
        stage: (page) => rebuild.stage(page),
        keep: (url) => rebuild.keep(url),
        discard: () => rebuild.discard(),
        async commit() {
          desk.store.remove(id);
          await rebuild.commit();
        },
      };
    };
    expect((await desk.reindex()).outcome).toBe('cancelled');
    expect(await desk.index.count()).toEqual({ pages: 0, passages: 0 });
  });

  it('leaves what is served when the source cannot be read', async () => {
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') });
    await desk.reindex();
    desk.web.answers.set(`${A}/`, { fault: 'HTTP 503' });
    const result = await desk.reindex();
    expect(result).toMatchObject({
      outcome: 'failed',
      error: `${A}/ could not be read: HTTP 503`,
    });
    expect(desk.store.latestRun(desk.source.id)?.error).toBe(`${A}/ could not be read: HTTP 503`);
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/`]);
  });

  it('leaves what is served when it is cancelled', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Волга', ['/1', '/2', '/3']),
      [`${A}/1`]: articlePage('Ока'),
    });
    await desk.reindex();
    desk.web.answers.set(`${A}/`, articlePage('Лена', ['/1', '/2', '/3']));
    const stop = new AbortController();
    const result = await desk.reindex({
      signal: stop.signal,
      onProgress: ({ counts }) => counts.found >= 2 && stop.abort(),
    });
    expect(result.outcome).toBe('cancelled');
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/`]);
    expect(await desk.pagesFor('Лена')).toEqual([]);
    expect(await desk.index.rebuildSource(desk.source.id).done()).toEqual(new Set());
  });

  it('goes on after a stop of the program with what it had', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Волга', ['/1']),
      [`${A}/1`]: articlePage('Ока'),
    });
    const stopping = new AbortController();
    const stopped = await desk.reindex({
      stopping: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    expect(stopped.outcome).toBe('interrupted');
    expect(await desk.pagesFor('Волга')).toEqual([]);
    expect(desk.store.due(new Date()).map(({ id }) => id)).toEqual([desk.source.id]);
    expect(await desk.reindex()).toMatchObject({ outcome: 'done', counts: { changed: 2 } });
  });

  it('does not ask again for what a run that was killed had staged', async () => {
    await using desk = await openDesk(
      {
        [`${A}/sitemap.xml`]: `<urlset>${['1', '2', '3'].map((page) => `<url><loc>${A}/${page}</loc></url>`).join('')}</urlset>`,
        [`${A}/1`]: articlePage('Волга'),
        [`${A}/2`]: articlePage('Ока'),
        [`${A}/3`]: articlePage('Кама'),
      },
      { kind: 'sitemap', address: `${A}/sitemap.xml` },
    );
    // As if the program ended with the third page under way: nothing after that is done.
    const killed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const fetchPage = desk.web.fetchPage;
    desk.web.fetchPage = async (url, options) => {
      if (url !== `${A}/3`) return fetchPage(url, options);
      asked.resolve();
      await killed.promise;
      return fetchPage(url, options);
    };
    const staged = Promise.withResolvers<void>();
    void desk.reindex({ onProgress: ({ counts }) => counts.changed === 2 && staged.resolve() });
    await Promise.all([asked.promise, staged.promise]);
    expect(await desk.pagesFor('Волга')).toEqual([]);
    desk.web.fetchPage = fetchPage;
    desk.web.asked.length = 0;
    const result = await desk.reindex();
    expect(result).toMatchObject({ outcome: 'done', counts: { found: 3, changed: 3 } });
    expect(desk.web.asked).toEqual([`${A}/sitemap.xml`, `${A}/3`]);
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/1`]);
  });

  it('reads everything when the index has lost its pages', async () => {
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') });
    await desk.reindex();
    await desk.index.clear();
    desk.web.answers.set(`${A}/`, { body: articlePage('Волга'), from: 'revalidated' });
    expect((await desk.reindex()).counts).toMatchObject({ changed: 1, unchanged: 0 });
    expect(await desk.pagesFor('Волга')).toEqual([`${A}/`]);
  });

  it('takes a page without vectors while the embedder is down, and embeds it next time', async () => {
    const working = createHashedEmbedder();
    const embedder: Embedder = {
      ...working,
      embedPassages: () => Promise.reject(new EmbedError('down', { retryable: true })),
    };
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') }, {}, embedder);
    const first = await desk.reindex();
    expect(first.notes).toContain('the embedder failed: ranking is by words');
    Object.assign(embedder, working);
    expect((await desk.reindex()).counts).toMatchObject({ changed: 1 });
    const dense = await working.embedQuery('Волга', { signal: new AbortController().signal });
    const hits = await desk.index.query({
      ...analyzeQuery('Волга'),
      dense,
      scopes: ['public'],
      limit: 5,
    });
    expect(hits.dense.length).toBeGreaterThan(0);
  });

  it('embeds it next time also when its server says that it has not changed', async () => {
    const working = createHashedEmbedder();
    const embedder: Embedder = {
      ...working,
      embedPassages: () => Promise.reject(new EmbedError('down', { retryable: true })),
    };
    await using desk = await openDesk({ [`${A}/`]: articlePage('Волга') }, {}, embedder);
    await desk.reindex();
    desk.web.answers.set(`${A}/`, { body: articlePage('Волга'), from: 'revalidated' });
    expect((await desk.reindex()).counts).toMatchObject({ changed: 0, unchanged: 1 });
    Object.assign(embedder, working);
    expect((await desk.reindex()).counts).toMatchObject({ changed: 1, unchanged: 0 });
    expect((await desk.reindex()).counts).toMatchObject({ changed: 0, unchanged: 1 });
  });

  it('keeps pages that only a page which could not be read leads to', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Начало', ['/hub', '/goes']),
      [`${A}/hub`]: articlePage('Узел', ['/x']),
      [`${A}/x`]: articlePage('Ока'),
      [`${A}/goes`]: articlePage('Кама'),
    });
    await desk.reindex();
    desk.web.answers.set(`${A}/hub`, { fault: 'timeout' });
    desk.web.answers.delete(`${A}/goes`);
    expect((await desk.reindex()).counts).toMatchObject({ failed: 2, removed: 1 });
    expect(await desk.pagesFor('Ока')).toEqual([`${A}/x`]);
    expect(await desk.pagesFor('Кама')).toEqual([]);
    desk.web.answers.delete(`${A}/hub`);
    expect((await desk.reindex()).counts).toMatchObject({ removed: 2 });
    expect(await desk.pagesFor('Ока')).toEqual([]);
  });

  it('keeps what a sitemap lists that could not be read this time', async () => {
    const sitemap = (...pages: string[]): string =>
      `<urlset>${pages.map((page) => `<url><loc>${A}${page}</loc></url>`).join('')}</urlset>`;
    const lists = ['/one.xml', '/two.xml'].map(
      (list) => `<sitemap><loc>${A}${list}</loc></sitemap>`,
    );
    await using desk = await openDesk(
      {
        [`${A}/sitemap.xml`]: `<sitemapindex>${lists.join('')}</sitemapindex>`,
        [`${A}/one.xml`]: sitemap('/1'),
        [`${A}/two.xml`]: sitemap('/2'),
        [`${A}/1`]: articlePage('Волга'),
        [`${A}/2`]: articlePage('Ока'),
      },
      { kind: 'sitemap', address: `${A}/sitemap.xml` },
    );
    await desk.reindex();
    desk.web.answers.set(`${A}/two.xml`, { fault: 'HTTP 503' });
    expect((await desk.reindex()).counts).toMatchObject({ unchanged: 1, removed: 0 });
    expect(await desk.pagesFor('Ока')).toEqual([`${A}/2`]);
    desk.web.answers.delete(`${A}/two.xml`);
    expect((await desk.reindex()).counts).toMatchObject({ unchanged: 1, removed: 1 });
    expect(await desk.pagesFor('Ока')).toEqual([]);
  });

  it('keeps a document of a repository that could not be read this time', async () => {
    const raw = 'https://raw.githubusercontent.com/o/n/HEAD';
    const tree = ['README.md', 'docs/a.md'].map((path) => ({ path, type: 'blob' }));
    const list = 'https://api.github.com/repos/o/n/git/trees/HEAD?recursive=1';
    await using desk = await openDesk(
      {
        [list]: JSON.stringify({ tree }),
        [`${raw}/README.md`]: articlePage('Волга'),
        [`${raw}/docs/a.md`]: articlePage('Ока'),
      },
      { kind: 'github', address: 'https://github.com/o/n' },
    );
    await desk.reindex();
    desk.web.answers.set(`${raw}/docs/a.md`, { fault: 'HTTP 503' });
    expect((await desk.reindex()).counts).toMatchObject({ unchanged: 1, removed: 0 });
    expect(await desk.pagesFor('Ока')).toEqual(['https://github.com/o/n/blob/HEAD/docs/a.md']);
  });

  it.each([
    ['site', `${A}/`],
    ['sitemap', `${A}/sitemap.xml`],
    ['feed', `${A}/feed`],
  ] as const)('knows early how many pages a %s may have', async (kind, address) => {
    const paths = Array.from({ length: 30 }, (_, at) => `/p${at}`);
    const links = paths.map((path) => `${A}${path}`);
    await using desk = await openDesk(
      {
        [`${A}/`]: articlePage('Начало', paths),
        [`${A}/sitemap.xml`]: `<urlset>${links.map((link) => `<url><loc>${link}</loc></url>`).join('')}</urlset>`,
        [`${A}/feed`]: `<rss version="2.0"><channel>${links.map((link) => `<item><link>${link}</link></item>`).join('')}</channel></rss>`,
        ...Object.fromEntries(links.map((link) => [link, articlePage(link)])),
      },
      { kind, address },
    );
    const seen: number[] = [];
    const result = await desk.reindex({ onProgress: ({ expected }) => seen.push(expected) });
    const pages = kind === 'site' ? 31 : 30;
    expect(new Set(seen.slice(1))).toEqual(new Set([pages]));
    expect(result.expected).toBe(pages);
  });

  it('says of a page alone why it could not be read', async () => {
    const page = { kind: 'page', address: `${A}/x` } as const;
    await using desk = await openDesk({ [`${A}/x`]: { fault: 'forbidden by robots.txt' } }, page);
    expect(await desk.reindex()).toMatchObject({
      outcome: 'failed',
      error: `${A}/x could not be read: forbidden by robots.txt`,
    });
  });

  it('tells how far it is after every page', async () => {
    await using desk = await openDesk({
      [`${A}/`]: articlePage('Волга', ['/1']),
      [`${A}/1`]: articlePage('Ока'),
    });
    const seen: number[] = [];
    await desk.reindex({ onProgress: ({ counts }) => seen.push(counts.found) });
    expect(seen.at(-1)).toBe(2);
    expect(seen).toHaveLength(2);
  });
});

interface Desk extends AsyncDisposable {
  web: ScriptedWeb;
  index: PassageIndex;
  store: ReindexOptions['store'];
  source: Source;
  reindex(options?: {
    signal?: AbortSignal;
    stopping?: AbortSignal;
    onProgress?: (progress: ReindexProgress) => void;
  }): ReturnType<typeof reindexSource>;
  /** Addresses of the source's pages that hold the word. */
  pagesFor(word: string): Promise<string[]>;
}

async function openDesk(
  answers: Parameters<typeof createScriptedWeb>[0],
  about: Partial<Pick<Source, 'kind' | 'address'>> = {},
  embedder: Embedder | null = null,
): Promise<Desk> {
  const folder = await temporaryFolder();
  const store = openSourceStore({ folder: folder.path });
  const web = createScriptedWeb(answers);
  const index = new MemoryIndex();
  const source = store.add({ kind: 'site', address: `${A}/`, ...about });
  return {
    web,
    index,
    store,
    source,
    reindex: ({
      signal = new AbortController().signal,
      stopping = new AbortController().signal,
      onProgress = () => {},
    } = {}) =>
      reindexSource(
        source,
        {
          store,
          index,
          discover: createDiscovery(),
          fetchPage: (url, options) => web.fetchPage(url, options),
          embedder,
          stopping,
        },
        { signal, onProgress },
      ),
    async pagesFor(word) {
      const { terms } = await index.query({
        ...analyzeQuery(word),
        dense: null,
        scopes: ['public'],
        limit: 20,
      });
      return [...new Set(terms.map(({ passage }) => passage.pageUrl))];
    },
    async [Symbol.asyncDispose]() {
      store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
