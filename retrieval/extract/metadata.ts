import type { Element, ParentNode } from 'domhandler';
import { readDate } from './dates.ts';
import { descendants, rawText } from './elements.ts';
import type { StructuredData } from './structured-data.ts';
import { foldHeading, foldText } from './text-folding.ts';
import { comparable, withoutSiteName } from './titles.ts';

export interface Metadata {
  title: string;
  /** Titles the page gives itself elsewhere: the same line may stand above its text. */
  titles: string[];
  site: string;
  description: string;
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
      .find((name) => name !== '' && !name.includes('://')) ?? host;
  const siteNames = [site, host, structured.siteName ?? ''];
  const heading = head.headings.length === 1 ? (head.headings[0] ?? '') : '';
  const stated = [meta('og:title'), structured.headline, meta('twitter:title', 'dc.title')]
    .map((title) => withoutSiteName(clean(title), siteNames))
    .filter((title) => title !== '');
  const pageTitle = withoutSiteName(head.title, siteNames);
  const title = chooseTitle({ stated, heading, pageTitle, headings: head.headings }) || site;
  const dates = [
    structured.datePublished,
    meta('article:published_time', 'og:article:published_time', 'datepublished', 'date'),
    meta('dc.date', 'dc.date.issued', 'dcterms.created', 'pubdate', 'publishdate', 'publish-date'),
    meta('citation_publication_date', 'citation_date', 'parsely-pub-date', 'sailthru.date'),
    ...head.times,
  ];
  return {
    title,
    titles: [...new Set([title, ...stated, pageTitle, ...head.headings])].filter(
      (known) => known !== '',
    ),
    site,
    description: clean(meta('og:description', 'description', 'twitter:description')),
    authors: [...structured.authors, meta('author', 'article:author', 'dc.creator') ?? '']
      .map((author) => clean(author))
      .filter((author) => author !== '' && !author.includes('://')),
    publishedAt: firstDate(dates, fetchedAt),
    modifiedAt: firstDate(
      [structured.dateModified, meta('article:modified_time', 'og:updated_time'), lastModified],
      fetchedAt,
    ),
    canonicalUrl: sameHostUrl(head.canonical ?? meta('og:url'), url),
  };
}

interface Head {
  title: string;
  meta: Map<string, string>;
  canonical: string | null;
  /** First-level headings that have text, at most 5. */
  headings: string[];
  /** The `datetime` of `time` elements that stand in the page, at most 3. */
  times: string[];
}

function readHead(document: ParentNode): Head {
  const head: Head = { title: '', meta: new Map(), canonical: null, headings: [], times: [] };
  for (const element of descendants(document)) {
    const { name, attribs } = element;
    if (name === 'meta') addMeta(head.meta, element);
    else if (name === 'title' && head.title === '') head.title = clean(rawText(element, 4000));
    else if (name === 'link' && (attribs['rel'] ?? '').toLowerCase() === 'canonical') {
      head.canonical ??= attribs['href'] ?? null;
    } else if (name === 'h1' && head.headings.length < 5) {
      const heading = foldHeading(rawText(element, 500));
      if (heading !== '' && heading.length < 500) head.headings.push(heading);
    } else if (name === 'time' && head.times.length < 3) {
      const time = attribs['datetime'] ?? attribs['content'];
      if (time !== undefined) head.times.push(time);
    } else if ((attribs['itemprop'] ?? '').toLowerCase() === 'datepublished') {
      head.times.unshift(attribs['content'] ?? attribs['datetime'] ?? '');
    }
  }
  return head;
}

function addMeta(meta: Map<string, string>, { attribs }: Element): void {
  const name = attribs['property'] ?? attribs['name'] ?? attribs['itemprop'];
  const content = attribs['content'];
  if (name === undefined || content === undefined || content.trim() === '') return;
  const key = name.toLowerCase().trim();
  if (!meta.has(key) && meta.size < 300) meta.set(key, content.slice(0, 2000));
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
    return hostOf(canonical.href) === hostOf(pageUrl) ? canonical.href : null;
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
