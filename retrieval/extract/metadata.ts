import type { ParentNode } from 'domhandler';
import { readDate } from './dates.ts';
import { authorNames } from './authors.ts';
import { readHead } from './page-head.ts';
import type { PageHead } from './page-head.ts';
import type { StructuredData } from './structured-data.ts';
import { foldText } from './text-folding.ts';
import { comparable, withoutSiteName } from './titles.ts';

export interface Metadata {
  title: string;
  /** Titles the page gives itself elsewhere: the same line may stand above its text. */
  titles: string[];
  /** Those of them that do not come from its structured data, which may speak of another page. */
  ownTitles: string[];
  site: string;
  description: string;
  /** Who wrote the page, at most 5 names. */
  authors: string[];
  publishedAt: string | null;
  modifiedAt: string | null;
  /** The address the page says it has, if that is on the same host. */
  canonicalUrl: string | null;
}

/** Reads what a page says of itself: meta elements, JSON-LD, its first heading and its times. */
export function readMetadata(
  document: ParentNode,
  structured: StructuredData,
  { url, fetchedAt, lastModified }: { url: string; fetchedAt: string; lastModified: string | null },
): Metadata {
  const head = readHead(document);
  const meta = (...names: string[]): string | null => {
    for (const name of names) {
      const value = head.meta.get(name);
      if (value !== undefined) return value;
    }
    return null;
  };
  const host = hostOf(url);
  const site =
    [meta('og:site_name', 'application-name'), structured.siteName]
      .map((name) => clean(name).replace(/^@/u, ''))
      .find((name) => name !== '' && !name.includes('://')) ??
    siteInTitle(head) ??
    host;
  const siteNames = [site, host, structured.siteName ?? ''];
  const heading = head.headings.length === 1 ? (head.headings[0] ?? '') : '';
  const stated = [meta('og:title'), structured.headline, meta('twitter:title', 'dc.title')]
    .map((title) => withoutSiteName(clean(title), siteNames))
    .filter((title) => title !== '');
  const pageTitle = withoutSiteName(head.title, siteNames);
  const title = chooseTitle({ stated, heading, pageTitle, headings: head.headings }) || site;
  const published = [
    structured.datePublished,
    meta('article:published_time', 'og:article:published_time', 'datepublished', 'date'),
    meta('dc.date.issued', 'dc.issued', 'dc.created', 'dc.date', 'pubdate', 'publishdate'),
    meta('publish-date', 'citation_publication_date', 'citation_date', 'parsely-pub-date'),
    ...head.published,
  ];
  const modified = [
    structured.dateModified,
    meta('article:modified_time', 'og:article:modified_time', 'datemodified', 'og:updated_time'),
    meta('dc.modified', 'last-modified'),
    ...head.modified,
    lastModified,
  ];
  const ownTitles = [clean(meta('og:title', 'twitter:title')), pageTitle, ...head.headings];
  return {
    title,
    titles: [...new Set([title, ...stated, pageTitle, ...head.headings])].filter(
      (known) => known !== '',
    ),
    ownTitles: ownTitles.filter((known) => known !== ''),
    site,
    description: clean(meta('og:description', 'description', 'twitter:description')),
    authors: authorNames([structured.authors, metaAuthors(head), head.authors]),
    publishedAt: firstDate(published, fetchedAt),
    modifiedAt: firstDate(modified, fetchedAt),
    canonicalUrl: sameHostUrl(head.canonical ?? meta('og:url'), url),
  };
}

function metaAuthors({ metaAuthors: named }: PageHead): string[] {
  const names = ['author', 'article:author', 'dc.creator', 'citation_author', 'parsely-author'];
  const name = names.find((key) => named.has(key));
  const authors = named.get(name ?? '') ?? [];
  // Catalogues of papers write «Family, Given».
  return name === 'citation_author'
    ? authors.map((author) => author.replace(/^([^,]{1,60}),\s*([^,]{1,60})$/u, '$2 $1'))
    : authors;
}

/** The name over all pages of the site, where the title of this one repeats it. */
function siteInTitle({ title, siteHeadings }: PageHead): string | null {
  const inTitle = comparable(title);
  const isRepeated = (name: string): boolean =>
    comparable(name) !== '' && comparable(name) !== inTitle && inTitle.includes(comparable(name));
  return siteHeadings.find(isRepeated) ?? null;
}

/** What most of the page's own titles agree on; else the most deliberate of them. */
function chooseTitle({
  stated,
  heading,
  pageTitle,
  headings,
}: {
  stated: readonly string[];
  heading: string;
  pageTitle: string;
  headings: readonly string[];
}): string {
  const inTitle = comparable(pageTitle);
  const agreed = headings.find((line) => {
    const words = comparable(line);
    return words.length >= 4 && inTitle !== '' && inTitle.includes(words);
  });
  const best = agreed ?? stated[0] ?? (heading || pageTitle);
  return (best === '' ? (headings[0] ?? '') : best).slice(0, 300);
}

function firstDate(
  dates: readonly (string | null | undefined)[],
  fetchedAt: string,
): string | null {
  for (const written of dates) {
    const date = readDate(written, fetchedAt);
    if (date !== null) return date;
  }
  return null;
}

function sameHostUrl(address: string | null, pageUrl: string): string | null {
  if (address === null || address.trim() === '') return null;
  try {
    const canonical = new URL(address.trim(), pageUrl);
    if (!/^https?:$/u.test(canonical.protocol)) return null;
    if (canonical.username !== '' || canonical.password !== '') return null;
    if (hostOf(canonical.href) !== hostOf(pageUrl)) return null;
    // Some sites name their front page as the address of every page.
    const isFront = canonical.pathname === '/' && canonical.search === '';
    return isFront && new URL(pageUrl).pathname !== '/' ? null : canonical.href;
  } catch {
    return null;
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./u, '');
  } catch {
    return '';
  }
}

function clean(text: string | null | undefined): string {
  return foldText((text ?? '').slice(0, 4000));
}
