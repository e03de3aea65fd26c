import { readCacheControl } from './cache-control.ts';

export interface FreshnessOptions {
  url: URL;
  /** Of the body, as it was detected. */
  contentType: string;
  headers: ReadonlyMap<string, string>;
  now: number;
}

/**
 * How long a page need not be asked for again, in milliseconds; null when it may not be kept at all.
 * What its server says counts, up to a day; else the age fits its kind, and within the bounds of that
 * the page itself: a tenth of the time in which it has not changed (RFC 9111, 4.2.2).
 */
export function freshnessMs({ url, contentType, headers, now }: FreshnessOptions): number | null {
  const { noStore, freshMs } = readCacheControl(headers, now);
  if (noStore) return null;
  if (freshMs !== null) return Math.min(freshMs, MAX_AGE_MS);
  const { shortest, usual, longest } = AGES[kindOf(url, contentType, now)];
  const unchangedMs = now - Date.parse(headers.get('last-modified') ?? '');
  if (!(unchangedMs >= 0)) return usual;
  return Math.min(Math.max(unchangedMs / 10, shortest), longest);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_AGE_MS = 24 * HOUR_MS;

type PageKind = 'feed' | 'listing' | 'news' | 'reference' | 'document' | 'data' | 'page';

const AGES: Readonly<Record<PageKind, { shortest: number; usual: number; longest: number }>> = {
  feed: { shortest: 2 * MINUTE_MS, usual: 5 * MINUTE_MS, longest: 15 * MINUTE_MS },
  listing: { shortest: 2 * MINUTE_MS, usual: 5 * MINUTE_MS, longest: 30 * MINUTE_MS },
  news: { shortest: 2 * MINUTE_MS, usual: 10 * MINUTE_MS, longest: HOUR_MS },
  reference: { shortest: HOUR_MS, usual: 6 * HOUR_MS, longest: MAX_AGE_MS },
  document: { shortest: 6 * HOUR_MS, usual: MAX_AGE_MS, longest: MAX_AGE_MS },
  data: { shortest: 10 * MINUTE_MS, usual: HOUR_MS, longest: 6 * HOUR_MS },
  page: { shortest: 5 * MINUTE_MS, usual: 30 * MINUTE_MS, longest: 6 * HOUR_MS },
};

function kindOf(url: URL, contentType: string, now: number): PageKind {
  if (contentType === 'application/pdf') return 'document';
  if (/^application\/(?:rss|atom|rdf)\+xml$|^application\/feed\+json$/u.test(contentType)) {
    return 'feed';
  }
  const segments = url.pathname.toLowerCase().split('/').filter(Boolean);
  const name = (segments.at(-1) ?? '').replace(/\.[a-z]\w{0,4}$/u, '');
  if (contentType.endsWith('xml') && contentType !== 'application/xhtml+xml') {
    return FEED_NAMES.has(name) ? 'feed' : 'data';
  }
  if (segments.length === 0) return 'listing';
  if (segments.some((segment) => REFERENCE_NAMES.has(segment))) return 'reference';
  if (LISTING_NAMES.has(name) || /\/page[-_/]?\d+\/?$/u.test(url.pathname)) return 'listing';
  if (isDatedLately(segments, now)) return 'news';
  // The number of a paper or a standard: 2412.19437, rfc9309, 10.1145.
  if (/^\d{4}\.\d{4,5}(?:v\d+)?$|^rfc-?\d+$|^10\.\d{4,}/u.test(name)) return 'reference';
  if (segments.some((segment) => NEWS_NAMES.has(segment))) return 'news';
  return /html/u.test(contentType) ? 'page' : 'data';
}

const FEED_NAMES: ReadonlySet<string> = new Set(['feed', 'rss', 'atom', 'feeds', 'index']);

const LISTING_NAMES: ReadonlySet<string> = new Set(
  'index home main search latest new top trending archive tag tags category categories topics feed'.split(
    ' ',
  ),
);

const REFERENCE_NAMES: ReadonlySet<string> = new Set(
  (
    'wiki encyclopedia enciklopedia doc docs documentation reference manual manuals man guide ' +
    'guides tutorial tutorials handbook book books spec specs rfc standards abs paper papers ' +
    'article-pdf doi pubs publication publications dictionary glossary'
  ).split(' '),
);

const NEWS_NAMES: ReadonlySet<string> = new Set(
  'news novosti новости lenta press press-releases breaking live politics politika sport'
    .split(' ')
    .flatMap((name) => [name, encodeURI(name).toLowerCase()]),
);

/** `/2026/11/23/…`, `/2026-11-23-…`, `/20261123/…`: of the last two weeks, or without a day this month's. */
function isDatedLately(segments: readonly string[], now: number): boolean {
  const date = DATE.exec(`/${segments.join('/')}/`);
  if (date === null) return false;
  const [, year, month, day] = date;
  const last = Date.UTC(
    Number(year),
    Number(month) - (day === undefined ? 0 : 1),
    Number(day ?? 0),
  );
  return Math.abs(now - last) < 14 * MAX_AGE_MS || (day === undefined && last > now);
}

const DATE = /\/(20\d\d)[-/]?(0[1-9]|1[0-2])(?:[-/]?(0[1-9]|[12]\d|3[01]))?[-/_]/u;
