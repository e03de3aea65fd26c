import { describe, expect, test } from 'vitest';

import { freshnessMs } from '../../../retrieval/crawl/freshness.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function fresh(
  headers: Record<string, string> = {},
  { path = '/some/page', contentType = 'text/html' } = {},
): number | null {
  const url = new URL(path, 'https://site.test');
  return freshnessMs({ url, contentType, headers: new Map(Object.entries(headers)), now });
}

describe('what a server says', () => {
  test.each([
    ['max-age=600', 10 * MINUTE],
    ['public, MAX-AGE="600"', 10 * MINUTE],
    ['s-maxage=60, max-age=600', 10 * MINUTE],
    ['s-maxage=60', MINUTE],
    ['max-age=600, max-age=10', 10 * MINUTE],
    ['max-age=31536000, immutable', 24 * HOUR],
    ['max-age=0', 0],
    ['no-cache', 0],
    ['no-cache, max-age=600', 0],
    ['max-age=99999999999999999999999', 24 * HOUR],
    ['max-age=-1', 30 * MINUTE],
    ['max-age=soon', 30 * MINUTE],
    ['', 30 * MINUTE],
    [';;,,==', 30 * MINUTE],
  ])('Cache-Control: %s', (header, expected) => {
    expect(fresh({ 'cache-control': header })).toBe(expected);
  });

  test.each(['no-store', 'private', 'max-age=600, private', 'No-Store, max-age=600'])(
    'Cache-Control: %s, by which nothing is kept',
    (header) => {
      expect(fresh({ 'cache-control': header })).toBeNull();
    },
  );

  test.each([
    [{ expires: 'Mon, 23 Nov 2026 12:10:00 GMT' }, 10 * MINUTE],
    [
      { date: 'Mon, 23 Nov 2026 11:00:00 GMT', expires: 'Mon, 23 Nov 2026 11:10:00 GMT' },
      10 * MINUTE,
    ],
    [{ expires: 'Mon, 23 Nov 2026 11:50:00 GMT' }, 0],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{ 'cache-control': 'max-age=60', expires: '0' }, MINUTE],
    [{ 'cache-control': 'max-age=600', age: '540' }, MINUTE],
    [{ 'cache-control': 'max-age=600', age: '900' }, 0],
    [{ pragma: 'no-cache' }, 0],
    [{ vary: '*' }, 0],
    [{ vary: 'accept-encoding' }, 30 * MINUTE],
  ])('%j', (headers, expected) => {
    expect(fresh(headers as Record<string, string>)).toBe(expected);
  });
});

describe('where it says nothing, the kind of page', () => {
  test.each([
    ['/', 'text/html', 5 * MINUTE],
    ['/blog/page/2', 'text/html', 5 * MINUTE],
    ['/tags', 'text/html', 5 * MINUTE],
    ['/feed.xml', 'application/rss+xml', 5 * MINUTE],
    ['/rss', 'text/xml', 5 * MINUTE],
    ['/2026/11/22/a-model-is-out', 'text/html', 10 * MINUTE],
    ['/2026-11-22-a-model-is-out.html', 'text/html', 10 * MINUTE],
    ['/2026/11/a-model-is-out', 'text/html', 10 * MINUTE],
    ['/news/a-model-is-out', 'text/html', 10 * MINUTE],
    ['/новости/вышла-модель', 'text/html', 10 * MINUTE],
    ['/2019/03/04/an-old-story', 'text/html', 30 * MINUTE],
    ['/some/page', 'text/html', 30 * MINUTE],
    ['/data/table.json', 'application/json', HOUR],
    ['/README.md', 'text/markdown', HOUR],
    ['/wiki/River', 'text/html', 6 * HOUR],
    ['/docs/guide/index.html', 'text/html', 6 * HOUR],
    ['/abs/2412.19437', 'text/html', 6 * HOUR],
    ['/2412.19437v2', 'text/html', 6 * HOUR],
    ['/info/rfc9309.html', 'text/html', 6 * HOUR],
    ['/paper.pdf', 'application/pdf', 24 * HOUR],
    ['/news/paper', 'application/pdf', 24 * HOUR],
  ])('%s as %s', (path, contentType, expected) => {
    expect(fresh({}, { path, contentType })).toBe(expected);
  });

  test.each([
    ['Mon, 23 Nov 2026 02:00:00 GMT', '/some/page', HOUR],
    ['Mon, 23 Nov 2026 11:59:00 GMT', '/some/page', 5 * MINUTE],
    ['Mon, 23 Nov 2020 12:00:00 GMT', '/some/page', 6 * HOUR],
    ['Mon, 23 Nov 2020 12:00:00 GMT', '/news/old', HOUR],
    ['Mon, 23 Nov 2020 12:00:00 GMT', '/', 30 * MINUTE],
    ['Mon, 23 Nov 2020 12:00:00 GMT', '/wiki/River', 24 * HOUR],
    ['Mon, 23 Nov 2026 11:59:00 GMT', '/wiki/River', HOUR],
    ['Tue, 24 Nov 2026 12:00:00 GMT', '/some/page', 30 * MINUTE],
    ['long ago', '/some/page', 30 * MINUTE],
  ])('and a tenth of the time since %s for %s', (changed, path, expected) => {
    expect(fresh({ 'last-modified': changed }, { path })).toBe(expected);
  });
});
