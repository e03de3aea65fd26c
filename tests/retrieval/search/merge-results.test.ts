import { expect, it } from 'vitest';
import { mergeResults } from '../../../retrieval/search/merge-results.ts';
import type { SearchResult } from '../../../retrieval/search/search-engine.ts';

const page = (url: string, rest: Partial<SearchResult> = {}): SearchResult => ({
  url,
  title: '',
  snippet: '',
  publishedAt: null,
  ...rest,
});
const urlsOf = (results: SearchResult[]): string[] => results.map((result) => result.url);

it('puts what two engines found before what one of them put first', () => {
  const merged = mergeResults([
    [page('https://a.example/'), page('https://both.example/')],
    [page('https://b.example/'), page('https://both.example/')],
  ]);
  expect(urlsOf(merged)).toEqual([
    'https://both.example/',
    'https://a.example/',
    'https://b.example/',
  ]);
});

it('knows a page by any of its addresses and keeps the one at its best place', () => {
  const merged = mergeResults([
    [
      page('https://x.example/'),
      page('http://www.a.example/p/?utm_source=x#top', { title: 'One', publishedAt: '2024-01-02' }),
    ],
    [page('https://a.example/p', { snippet: 'Words' })],
  ]);
  expect(merged).toEqual([
    { url: 'https://a.example/p', title: 'One', snippet: 'Words', publishedAt: '2024-01-02' },
    page('https://x.example/'),
  ]);
});

it('gives an engine one vote a page', () => {
  const merged = mergeResults([
    [page('https://a.example/'), page('https://b.example/'), page('https://b.example/#2')],
    [page('https://c.example/')],
  ]);
  expect(urlsOf(merged)).toEqual([
    'https://a.example/',
    'https://c.example/',
    'https://b.example/',
  ]);
});

it('leaves out what is no page', () => {
  expect(mergeResults([[page('ftp://a.example/'), page('nonsense')], []])).toEqual([]);
});
