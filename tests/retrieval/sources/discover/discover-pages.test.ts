import { describe, expect, it } from 'vitest';

import { createDiscovery } from '../../../../retrieval/sources/discover/discover-pages.ts';
import { linksBelow } from '../../../../retrieval/sources/discover/site.ts';
import { parseSitemap } from '../../../../retrieval/sources/discover/sitemap.ts';
import { SourceError } from '../../../../retrieval/sources/source.ts';
import type { Source, SourceKind } from '../../../../retrieval/sources/source.ts';
import { articlePage, createScriptedWeb } from '../../../support/scripted-web.ts';
import type { ScriptedAnswer } from '../../../support/scripted-web.ts';

const A = 'https://a.example';

describe('a page', () => {
  it('is found without being asked for', async () => {
    expect(await discover('page', `${A}/x`, {})).toEqual({
      urls: [`${A}/x`],
      notes: [],
      gaps: 0,
      asked: [],
    });
  });
});

describe('a sitemap', () => {
  it('gives its addresses, those changed last first', async () => {
    const sitemap = urlset(['/old', '2024-01-01'], ['/new', '2026-01-01'], ['/undated', '']);
    const { urls } = await discover('sitemap', `${A}/sitemap.xml`, {
      [`${A}/sitemap.xml`]: sitemap,
    });
    expect(urls).toEqual([`${A}/new`, `${A}/old`, `${A}/undated`]);
  });

  it('is followed to the sitemaps it lists, also when it lists itself', async () => {
    const index = `<sitemapindex><sitemap><loc>${A}/sitemap.xml</loc></sitemap>
      <sitemap><loc>${A}/one.xml</loc></sitemap><sitemap><loc>${A}/broken.xml</loc></sitemap>
      <sitemap><loc>${A}/away.xml</loc></sitemap></sitemapindex>`;
    const { urls, notes } = await discover('sitemap', `${A}/sitemap.xml`, {
      [`${A}/sitemap.xml`]: index,
      [`${A}/one.xml`]: urlset(['/1', '']),
      [`${A}/broken.xml`]: '<html>no</html>',
    });
    expect(urls).toEqual([`${A}/1`]);
    expect(notes).toEqual([
      `the sitemap ${A}/broken.xml was left out: ${A}/broken.xml is no sitemap`,
      `the sitemap ${A}/away.xml was left out: HTTP 404`,
    ]);
  });

  it('that breaks off is read as far as it goes, and says so', async () => {
    const whole = urlset(['/1', ''], ['/2', '']);
    const address = `${A}/sitemap.xml`;
    const cut = await discover('sitemap', address, {
      [address]: whole.slice(0, -'</urlset>'.length),
    });
    expect(cut).toMatchObject({
      urls: [`${A}/1`, `${A}/2`],
      notes: [`what follows in ${address} was left out: damaged`],
      gaps: 1,
    });
    const commented = await discover('sitemap', address, { [address]: `${whole}<!-- made -->\n` });
    expect(commented).toMatchObject({ notes: [], gaps: 0 });
    const empty = await discover('sitemap', address, { [address]: '<urlset xmlns="x" />' });
    expect(empty).toMatchObject({ urls: [], notes: [], gaps: 0 });
  });

  it('of 100,000 addresses is read up to the limit, and says so', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => [`/p${at}`, ''] as const);
    const { urls, notes } = await discover(
      'sitemap',
      `${A}/sitemap.xml`,
      { [`${A}/sitemap.xml`]: urlset(...lines) },
      { pages: 500 },
    );
    expect(urls).toHaveLength(500);
    expect(notes[0]).toBe('it lists 100000 addresses, of which 500 are read');
  });

  it('of 100,000 addresses holds nobody up for long', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => [`/p${at}`, '2026-01-01'] as const);
    const sitemap = urlset(...lines);
    const { signal } = new AbortController();
    let rounds = 0;
    let next = setImmediate(goRound);
    function goRound(): void {
      rounds += 1;
      next = setImmediate(goRound);
    }
    const read = await parseSitemap(sitemap, { url: `${A}/s.xml`, most: 3, signal });
    clearImmediate(next);
    expect(read).toEqual({
      pages: [`${A}/p0`, `${A}/p1`, `${A}/p2`],
      listed: 100_000,
      sitemaps: [],
    });
    expect(rounds).toBeGreaterThan(300);
  });

  it('is read wherever its slices end', async () => {
    const lines = Array.from(
      { length: 997 },
      (_, at) => [`/${'x'.repeat(at % 97)}/${at}?a=1&amp;b=<![CDATA[<2>]]>`, ''] as const,
    );
    const { signal } = new AbortController();
    const sitemap = urlset(...lines);
    const { pages } = await parseSitemap(sitemap, { url: `${A}/s.xml`, most: 2000, signal });
    expect(pages).toEqual(lines.map((_, at) => `${A}/${'x'.repeat(at % 97)}/${at}?a=1&b=%3C2%3E`));
  });

  it('may be empty', async () => {
    const { urls } = await discover('sitemap', `${A}/s.xml`, { [`${A}/s.xml`]: '<urlset/>' });
    expect(urls).toEqual([]);
  });

  it.each([
    ['text', 'no sitemap at all', 'broken'],
    ['a page', articlePage('Волга'), 'broken'],
    ['broken XML', '<?xml version="1.0"?><ur', 'broken'],
    ['missing', { fault: 'HTTP 404' }, 'unreachable'],
    ['forbidden', { fault: 'forbidden by robots.txt' }, 'forbidden'],
    ['private', { fault: 'not a public address' }, 'unreachable'],
  ] as [string, ScriptedAnswer, string][])(
    'that is %s is refused',
    async (_what, answer, reason) => {
      const url = `${A}/sitemap.xml`;
      const reading = discover('sitemap', url, { [url]: answer });
      await expect(reading).rejects.toMatchObject({ name: 'SourceError', reason });
    },
  );
});

describe('a site', () => {
  it('is followed below its beginning as deep as its limit, each page once', async () => {
    const { urls, asked } = await discover(
      'site',
      `${A}/docs/`,
      {
        [`${A}/docs/`]: articlePage('Начало', ['one', '/docs/two#part', `${A}/blog/`, 'one/']),
        [`${A}/docs/one`]: articlePage('Один', ['deep', '/docs/']),
        [`${A}/docs/two`]: articlePage('Два', [
          'mailto:x@a.example',
          'picture.png',
          '//b.example/',
        ]),
        [`${A}/docs/deep`]: articlePage('Глубже', ['deeper']),
      },
      { depth: 2 },
    );
    expect(urls).toEqual([`${A}/docs/`, `${A}/docs/one`, `${A}/docs/two`, `${A}/docs/deep`]);
    expect(asked).toEqual(urls);
  });

  it('goes on when a page of it fails, but not when its beginning does', async () => {
    const begin = { [`${A}/`]: articlePage('Начало', ['/gone', '/there']) };
    const { urls } = await discover('site', `${A}/`, {
      ...begin,
      [`${A}/there`]: articlePage('Там'),
    });
    expect(urls).toEqual([`${A}/`, `${A}/gone`, `${A}/there`]);
    await expect(discover('site', `${A}/`, {})).rejects.toThrow(SourceError);
  });

  it('has its pages where its beginning leads to', async () => {
    const www = 'https://www.a.example';
    const { urls } = await discover('site', `${A}/`, {
      [`${A}/`]: { body: articlePage('Начало', ['/1', `${A}/old`]), redirectedTo: `${www}/` },
      [`${www}/1`]: articlePage('Один'),
    });
    expect(urls).toEqual([`${A}/`, `${www}/1`]);
    const folder = await discover('site', `${A}/docs`, {
      [`${A}/docs`]: { body: articlePage('Начало', ['x', '/shop']), redirectedTo: `${A}/docs/` },
      [`${A}/docs/x`]: articlePage('Один'),
      [`${A}/shop`]: articlePage('Лавка'),
    });
    expect(folder.urls).toEqual([`${A}/docs`, `${A}/docs/x`]);
  });

  it('does not take pages that its own lead away to', async () => {
    const { urls, gaps } = await discover('site', `${A}/docs/`, {
      [`${A}/docs/`]: articlePage('Начало', ['out', 'private', 'moved']),
      [`${A}/docs/out`]: { body: articlePage('Чужое'), redirectedTo: 'https://b.example/' },
      [`${A}/docs/private`]: { body: articlePage('Вход'), redirectedTo: `${A}/login` },
      [`${A}/docs/moved`]: { body: articlePage('Там'), redirectedTo: `${A}/docs/new` },
    });
    expect(urls).toEqual([`${A}/docs/`, `${A}/docs/moved`]);
    expect(gaps).toBe(0);
  });

  it('has no more pages than its limit', async () => {
    const links = Array.from({ length: 50 }, (_, at) => `/p${at}`);
    const pages = Object.fromEntries(links.map((link) => [`${A}${link}`, articlePage(link)]));
    const { urls, notes } = await discover(
      'site',
      `${A}/`,
      { [`${A}/`]: articlePage('Начало', links), ...pages },
      { pages: 10 },
    );
    expect(urls).toHaveLength(10);
    expect(notes).toEqual(['only the first 10 of its pages are read']);
  });

  it('reads links as browsers do', async () => {
    const markup = `<base href="/docs/v2/"><a href="a b">1</a><a href=" /docs/c\n">2</a>
      <a rel="ugc nofollow" href="/docs/no">3</a><a href="javascript:0">4</a><a href="http://[">5</a>
      <a href="https://a.example:8443/docs/other-port">6</a><a href="https://A.EXAMPLE/docs/d">7</a>`;
    const page = { contentType: 'text/html', text: markup, url: `${A}/docs/` };
    expect(await linksBelow({ ...blank, ...page }, `${A}/docs/`)).toEqual([
      `${A}/docs/v2/a%20b`,
      `${A}/docs/c`,
      `${A}/docs/d`,
    ]);
  });
});

describe('a page with many links', () => {
  it('gives those of its text, not those that scripts and comments speak of', async () => {
    const items = Array.from(
      { length: 3000 },
      (_, at) =>
        `<li><a href="/docs/${at}">Раздел ${at}</a></li><script>'<a href="/docs/no-${at}">'</script><!-- <a href="/docs/not-${at}"> -->`,
    );
    const page = { contentType: 'text/html', text: items.join('\n'), url: `${A}/docs/` };
    expect(await linksBelow({ ...blank, ...page }, `${A}/docs/`)).toEqual(
      Array.from({ length: 3000 }, (_, at) => `${A}/docs/${at}`),
    );
  });
});

describe('a feed', () => {
  it.each([
    [
      'RSS',
      `<rss version="2.0"><channel><title>T</title>
      <item><title>1</title><link>${A}/1</link></item>
      <item><guid isPermaLink="true">${A}/2</guid></item>
      <item><guid isPermaLink="false">tag:x</guid><title>3</title></item>
      <item><link>/4</link></item></channel></rss>`,
      [`${A}/1`, `${A}/2`, `${A}/4`],
    ],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
      <entry><link rel="self" href="${A}/self"/><link href="${A}/1"/><id>1</id></entry>
      <entry><id>2</id><title>no link</title></entry></feed>`,
      [`${A}/1`],
    ],
    [
      'JSON',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        items: [{ id: '1', url: `${A}/1` }, { id: '2' }],
      }),
      [`${A}/1`],
    ],
  ])('in %s gives the pages it announces', async (_format, text, expected) => {
    const url = `${A}/feed`;
    const { urls } = await discover('feed', url, {
      [url]: { body: text, contentType: 'text/xml' },
    });
    expect(urls).toEqual(expected);
  });

  it('that is none is refused', async () => {
    const url = `${A}/feed`;
    const reading = discover('feed', url, { [url]: articlePage('Волга') });
    await expect(reading).rejects.toMatchObject({ reason: 'broken', message: `${url} is no feed` });
  });
});

describe('a repository', () => {
  const api = 'https://api.github.com/repos/owner/name/git/trees/HEAD?recursive=1';
  const raw = 'https://raw.githubusercontent.com/owner/name/HEAD';
  const repository = 'https://github.com/owner/name';

  it('gives its README and its documents at the addresses that readers open', async () => {
    const { urls, notes } = await discover('github', `${repository}.git`, {
      [api]: tree(
        'docs/b.md',
        'src/x.ts',
        'README.md',
        'docs/a b.rst',
        'docs/lost.md',
        'tests/README.md',
      ),
      [`${raw}/README.md`]: '# Readme',
      [`${raw}/docs/a%20b.rst`]: 'A',
      [`${raw}/docs/b.md`]: 'B',
    });
    expect(urls).toEqual([
      `${repository}/blob/HEAD/README.md`,
      `${repository}/blob/HEAD/docs/a%20b.rst`,
      `${repository}/blob/HEAD/docs/b.md`,
    ]);
    expect(notes).toEqual(['docs/lost.md was left out: HTTP 404']);
  });

  it.each([
    ['an address without a repository', 'https://github.com/owner', {}, 'not-an-address'],
    ['one that is not there', repository, {}, 'unreachable'],
    ['an answer that is no list', repository, { [api]: '{"tree": 1}' }, 'broken'],
    ['an answer that is no JSON', repository, { [api]: '<html>' }, 'broken'],
  ] as [string, string, Record<string, ScriptedAnswer>, string][])(
    'is refused for %s',
    async (_what, address, answers, reason) => {
      await expect(discover('github', address, answers)).rejects.toMatchObject({ reason });
    },
  );
});

describe('a channel', () => {
  it('is read by its preview, page by page into the past', async () => {
    const { urls } = await discover('telegram', 'https://t.me/channel', {
      'https://t.me/s/channel': posts('<a data-before="5" href="/s/channel?before=5">older</a>'),
      'https://t.me/s/channel?before=5': posts(''),
    });
    expect(urls).toEqual(['https://t.me/s/channel', 'https://t.me/s/channel?before=5']);
  });

  it('without posts is refused', async () => {
    const reading = discover('telegram', 'https://t.me/s/private', {
      'https://t.me/s/private': articlePage('Закрыто'),
    });
    await expect(reading).rejects.toMatchObject({ reason: 'broken' });
  });
});

const blank = {
  requestedUrl: '',
  bytes: new Uint8Array(),
  lastModified: null,
  etag: null,
  from: 'network',
  fetchedAt: '',
} as const;

async function discover(
  kind: SourceKind,
  address: string,
  answers: Record<string, ScriptedAnswer>,
  limits: Partial<Source['limits']> = {},
) {
  const web = createScriptedWeb(answers);
  const source: Source = {
    id: 'source',
    kind,
    address,
    addedAt: '2026-11-01T00:00:00.000Z',
    limits: { pages: 100, depth: 3, ...limits },
    everyHours: 24,
    paused: false,
    preferred: false,
  };
  const notes: string[] = [];
  const urls: string[] = [];
  let gaps = 0;
  const { signal } = new AbortController();
  const found = createDiscovery()(source, {
    fetchPage: web.fetchPage,
    onNote: (sentence) => notes.push(sentence),
    onGap: () => void (gaps += 1),
    onExpected: () => {},
    signal,
  });
  for await (const { url } of found) urls.push(url);
  return { urls, notes, gaps, asked: web.asked };
}

function urlset(...lines: readonly (readonly [string, string])[]): string {
  const urls = lines.map(
    ([path, changed]) =>
      `<url><loc>${A}${path}</loc>${changed === '' ? '' : `<lastmod>${changed}</lastmod>`}</url>`,
  );
  return `<?xml version="1.0"?><urlset>${urls.join('')}</urlset>`;
}

function tree(...paths: string[]): string {
  return JSON.stringify({ tree: paths.map((path) => ({ path, type: 'blob' })), truncated: false });
}

function posts(before: string): string {
  return `<html><body><div class="post" data-post="channel/9">Новость</div>${before}</body></html>`;
}
