import { describe, expect, test } from 'vitest';
import { readDate } from '../../../retrieval/extract/dates.ts';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
import type { ExtractedPage } from '../../../retrieval/extract/extract-page.ts';
import { withoutSiteName } from '../../../retrieval/extract/titles.ts';

const fetchedAt = '2026-11-22T12:00:00.000Z';

describe('dates', () => {
  test.each([
    ['2026-03-04', '2026-03-04'],
    ['2026-03-04T09:30:00+03:00', '2026-03-04T06:30:00.000Z'],
    ['2026-03-04T09:30:00+0300', '2026-03-04T06:30:00.000Z'],
    ['2026-03-04T09:30:00', '2026-03-04T09:30:00.000Z'],
    ['Wed, 04 Mar 2026 09:30:00 GMT', '2026-03-04T09:30:00.000Z'],
    ['04.03.2026', '2026-03-04'],
    ['4 марта 2026 г., 9:30', '2026-03-04'],
    ['March 4, 2026', '2026-03-04T00:00:00.000Z'],
    ['March 4th, 2026', '2026-03-04T00:00:00.000Z'],
    ['Wednesday, March 4, 2026 9:30 AM', '2026-03-04T09:30:00.000Z'],
    ['12 мая 2024 в 10:30', '2024-05-12'],
    ['12 мая 2024, 10:30', '2024-05-12'],
    ['воскресенье, 12 мая 2024 года', '2024-05-12'],
    ['12.05.2024 10:30', '2024-05-12'],
    ['12/31/2025', '2025-12-31T00:00:00.000Z'],
    ['1772616600', '2026-03-04T09:30:00.000Z'],
    ['1772616600000', '2026-03-04T09:30:00.000Z'],
  ])('%s is read', (written, date) => {
    expect(readDate(written, fetchedAt)).toBe(date);
  });

  test.each([
    '',
    'yesterday',
    '2',
    '0001-01-01',
    '1941-07-01',
    '2031-01-01',
    '2026-02-31',
    '31.02.2026',
    '03/04/2026',
    '12 мая в 10:30',
    '0000000000',
  ])('«%s» is no date of a page', (written) => {
    expect(readDate(written, fetchedAt)).toBeNull();
  });
});

describe('titles', () => {
  test.each([
    ['Погода на завтра — Пример', 'Погода на завтра'],
    ['Пример | Погода на завтра', 'Погода на завтра'],
    ['Погода — это важно', 'Погода — это важно'],
    ['Пример', 'Пример'],
  ])('%s', (title, expected) => {
    expect(withoutSiteName(title, ['Пример', 'primer.example'])).toBe(expected);
  });
});

describe('who wrote a page, and when', () => {
  test('a graph in JSON-LD, with the author elsewhere in it', () => {
    const graph = {
      '@context': 'https://schema.org',
      '@graph': [
        {
          '@type': 'NewsArticle',
          headline: 'Lake thaws',
          author: { '@id': '#anna' },
          publisher: { '@id': '#org' },
          datePublished: '2026-03-04T09:30:00+03:00',
          dateModified: '2026-03-05T10:00:00+03:00',
        },
        { '@type': 'Person', '@id': '#anna', name: 'Anna Petrova' },
        { '@type': 'Organization', '@id': '#org', name: 'Lake Times' },
      ],
    };
    expect(
      metadataOf(`<script type="application/ld+json">${JSON.stringify(graph)}</script>`),
    ).toEqual({
      site: 'Lake Times',
      author: 'Anna Petrova',
      publishedAt: '2026-03-04T06:30:00.000Z',
      modifiedAt: '2026-03-05T07:00:00.000Z',
    });
  });

  test('JSON-LD that speaks of a page and not of an article', () => {
    const graph = [
      { '@type': ['WebPage'], datePublished: '2026-03-04', dateModified: '2026-03-05' },
    ];
    expect(
      metadataOf(`<script type="application/ld+json">${JSON.stringify(graph)}</script>`),
    ).toMatchObject({ author: null, publishedAt: '2026-03-04', modifiedAt: '2026-03-05' });
  });

  test('microdata', () => {
    expect(
      metadataOf(
        `<div itemscope itemtype="https://schema.org/Article">
          <span itemprop="author" itemscope><img alt=""><a itemprop="url" href="/a">All texts</a> <b itemprop="name">Анна Петрова</b></span>
          <meta itemprop="datePublished" content="2026-03-04"><time itemprop="dateModified" datetime="2026-03-05">вчера</time>
        </div>`,
      ),
    ).toMatchObject({
      author: 'Анна Петрова',
      publishedAt: '2026-03-04',
      modifiedAt: '2026-03-05',
    });
  });

  test('Open Graph', () => {
    expect(
      metadataOf(
        `<meta property="og:site_name" content="Вестник"><meta property="article:author" content="https://social.example/anna">
         <meta name="author" content="By Anna Petrova"><meta property="article:published_time" content="2026-03-04T09:30:00Z">
         <meta property="article:modified_time" content="2026-03-05T09:30:00Z">`,
      ),
    ).toEqual({
      site: 'Вестник',
      author: 'Anna Petrova',
      publishedAt: '2026-03-04T09:30:00.000Z',
      modifiedAt: '2026-03-05T09:30:00.000Z',
    });
  });

  test('Dublin Core, with either sign and several names in one attribute', () => {
    expect(
      metadataOf(
        `<meta name="DC.Creator" content="Анна Петрова"><meta name="x DCTERMS.issued" content="2026-03-04">
         <meta property="dc:modified" content="2026-03-05">`,
      ),
    ).toMatchObject({
      author: 'Анна Петрова',
      publishedAt: '2026-03-04',
      modifiedAt: '2026-03-05',
    });
  });

  test('times and links in the text', () => {
    expect(
      metadataOf(
        `<a rel="author" href="/anna">Автор: Анна Петрова</a> <time class="entry-date updated">13 мая 2024 г., 9:00</time>
         <time>12 мая 2024 в 10:30</time>`,
      ),
    ).toMatchObject({
      author: 'Анна Петрова',
      publishedAt: '2024-05-12',
      modifiedAt: '2024-05-13',
    });
  });

  test('several authors are all named', () => {
    const authors = ['Anna Petrova', { name: 'Ivan Sidorov' }, 'https://example.org/ivan'];
    const article = JSON.stringify({ '@type': 'BlogPosting', author: authors });
    expect(metadataOf(`<script type="application/ld+json">${article}</script>`).author).toBe(
      'Anna Petrova, Ivan Sidorov',
    );
  });

  test('what is no name and no date is not taken for one', () => {
    expect(
      metadataOf(
        `<meta name="author" content="https://example.org/anna"><meta name="date" content="today"><time>5 minutes ago</time>`,
      ),
    ).toEqual({ site: 'example.org', author: null, publishedAt: null, modifiedAt: null });
  });
});

describe('addresses', () => {
  test('a front page is not the address of another page', () => {
    expect(canonicalUrl('/')).toBeNull();
  });

  test('a page may say its address on its own host', () => {
    expect(canonicalUrl('/a')).toBe('https://www.example.org/a');
    expect(canonicalUrl('https://example.org/a')).toBe('https://example.org/a');
  });

  test.each([
    'https://other.example/a',
    'javascript:alert(1)',
    'https://user@example.org/a',
    'http://[',
  ])('not %s', (href) => {
    expect(canonicalUrl(href)).toBeNull();
  });
});

test('a page that names no site goes by its host', () => {
  const page = extractTextPage({
    url: 'https://www.example.org/',
    contentType: '',
    text: '<!doctype html><p>Text.</p>',
    fetchedAt,
    lastModified: 'Wed, 04 Mar 2026 09:30:00 GMT',
  });
  expect(page.site).toBe('example.org');
  expect(page.title).toBe('example.org');
  expect(page.publishedAt).toBeNull();
  expect(page.modifiedAt).toBe('2026-03-04T09:30:00.000Z');
});

function canonicalUrl(href: string): string | null {
  return extractTextPage({
    url: 'https://www.example.org/a?b=1',
    contentType: 'text/html',
    text: `<link rel="canonical" href="${href}"><p>Text.</p>`,
    fetchedAt,
    lastModified: null,
  }).canonicalUrl;
}

function metadataOf(
  html: string,
): Pick<ExtractedPage, 'site' | 'author' | 'publishedAt' | 'modifiedAt'> {
  const { site, author, publishedAt, modifiedAt } = extractTextPage({
    url: 'https://www.example.org/a',
    contentType: 'text/html',
    text: `<!doctype html><title>Lake thaws</title>${html}<p>Text.</p>`,
    fetchedAt,
    lastModified: null,
  });
  return { site, author, publishedAt, modifiedAt };
}
