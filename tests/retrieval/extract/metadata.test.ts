import { describe, expect, test } from 'vitest';
import { readDate } from '../../../retrieval/extract/dates.ts';
import { extractTextPage } from '../../../retrieval/extract/extract-page.ts';
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

describe('addresses', () => {
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
