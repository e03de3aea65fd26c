import type { Element, ParentNode } from 'domhandler';
import { descendants, isElement, nameWords, rawText } from './elements.ts';
import { foldHeading, foldText } from './text-folding.ts';

/** What a page's elements say of it, as it is written there. */
export interface PageHead {
  title: string;
  /** The content of meta elements by their lower-case names; Dublin Core's as `dc.…`. */
  meta: ReadonlyMap<string, string>;
  canonical: string | null;
  /** First-level headings that have text, at most 5. */
  headings: string[];
  /** Dates of publication in microdata, then `time` elements, the page's own first. */
  published: string[];
  modified: string[];
  /** Names in microdata and in links to an author. */
  authors: string[];
  /** Those of each meta element that names one, by its name. */
  metaAuthors: ReadonlyMap<string, string[]>;
  /** First-level headings of the site, not of this page. */
  siteHeadings: string[];
}

/** Reads the head of a page, and of its body what is marked up as title, date or author. */
export function readHead(document: ParentNode): PageHead {
  const meta = new Map<string, string>();
  const metaAuthors = new Map<string, string[]>();
  const head: PageHead = {
    title: '',
    meta,
    canonical: null,
    headings: [],
    published: [],
    modified: [],
    authors: [],
    metaAuthors,
    siteHeadings: [],
  };
  const times: string[] = [];
  for (const element of descendants(document)) {
    const { name, attribs } = element;
    if (name === 'meta') addMeta(meta, metaAuthors, element);
    else if (name === 'title' && head.title === '') head.title = fold(rawText(element, 4000));
    else if (name === 'link' && tokens(attribs['rel']).includes('canonical')) {
      head.canonical ??= attribs['href'] ?? null;
    } else if (name === 'h1' && head.headings.length < 5 && head.siteHeadings.length < 3) {
      const heading = foldHeading(rawText(element, 500));
      if (heading === '' || heading.length >= 500) continue;
      (isOfSite(element) ? head.siteHeadings : head.headings).push(heading);
    }
    const property = tokens(attribs['itemprop']);
    // A comment and a teaser have dates and authors too; the page's own stand before them.
    if (property.includes('datepublished')) push(head.published, valueOf(element));
    else if (property.includes('datemodified')) push(head.modified, valueOf(element));
    else if (name === 'time') {
      const isUpdate = /(?:^|[\s_-])(?:updated|modified)(?=$|[\s_-])/iu.test(
        attribs['class'] ?? '',
      );
      push(isUpdate ? head.modified : times, valueOf(element));
    }
    if (/(?:^|\s)ltx_personname(?=$|\s)/u.test(attribs['class'] ?? '')) {
      push(head.authors, authorOf(element));
    }
    if (property.includes('author') || tokens(attribs['rel']).includes('author')) {
      push(head.authors, authorOf(element));
    }
  }
  head.published.push(...times);
  return head;
}

/** A banner over all pages names the site, in boards even as the first heading. */
function isOfSite(heading: Element): boolean {
  for (let at: ParentNode | null = heading; isElement(at); at = at.parent) {
    if (at.attribs['role'] === 'banner') return true;
    if (/(?:^| )site (?:title|name|description|branding)(?= |$)/u.test(nameWords(at))) return true;
  }
  return false;
}

function addMeta(
  meta: Map<string, string>,
  authors: Map<string, string[]>,
  { attribs }: Element,
): void {
  const names = attribs['property'] ?? attribs['name'] ?? attribs['itemprop'];
  const content = attribs['content'];
  if (names === undefined || content === undefined || content.trim() === '') return;
  for (const name of tokens(names)) {
    const key = name.replace(/^dc(?:terms)?[.:]/u, 'dc.');
    if (/(?:author|creator)$/u.test(key) && authors.size < 20) {
      const names = authors.get(key) ?? [];
      if (names.length < 20) names.push(content.slice(0, 400));
      authors.set(key, names);
    }
    if (!meta.has(key) && meta.size < 300) meta.set(key, content.slice(0, 2000));
  }
}

/** Microdata's way: an attribute where there is one, else the text. */
function valueOf(element: Element): string {
  const { attribs } = element;
  return attribs['content'] ?? attribs['datetime'] ?? fold(rawText(element, 100));
}

/** An author may be an item of its own, with a picture and a biography beside its name. */
function authorOf(element: Element): string {
  const below = 'itemscope' in element.attribs ? descendants(element).slice(0, 100) : [];
  const named = below.find(({ attribs }) => tokens(attribs['itemprop']).includes('name'));
  return fold(valueOf(named ?? element));
}

function push(list: string[], value: string): void {
  if (value !== '' && list.length < 3) list.push(value);
}

function tokens(attribute: string | undefined): string[] {
  return (attribute ?? '')
    .slice(0, 200)
    .toLowerCase()
    .split(/\s+/u)
    .filter((token) => token !== '');
}

function fold(text: string): string {
  return foldText(text.slice(0, 4000));
}
