import type { IndexedPage, IndexedPassage } from './index/passage-index.ts';
import { analyzePassage } from './text/analyze.ts';
import { tokenId } from './text/sparse-vector.ts';

export interface SiteBoilerplate {
  /**
   * Counts the page's lines among those of its site and gives the page back without the ones that
   * most pages of the site have word for word: cookie notices, pleas to subscribe. Lines with
   * figures, rows of tables, code and headings always stay, and so does the page as a whole where
   * it would lose much. Passages keep their ids; one that is left empty goes.
   */
  leaveOut(page: IndexedPage): IndexedPage;
}

export interface SiteBoilerplateOptions {
  /** Pages of a site that must have a line before it is left out of the next. */
  fewestPages?: number;
  /** The share of the site's pages that must have it. */
  fromShare?: number;
  /** Pages after which a site is learned anew: it may have changed. */
  maxPages?: number;
  /** Sites remembered, those that were read last. */
  maxSites?: number;
}

/** Remembers in this process alone: the first pages of a site that are read keep what they have. */
export function createSiteBoilerplate({
  fewestPages = 4,
  fromShare = 0.7,
  maxPages = 64,
  maxSites = 200,
}: SiteBoilerplateOptions = {}): SiteBoilerplate {
  const sites = new Map<string, Site>();

  const siteOf = (host: string): Site => {
    const known = sites.get(host);
    const site =
      known === undefined || known.pages.size >= maxPages
        ? { pages: new Set<string>(), lines: new Map<number, number>() }
        : known;
    sites.delete(host);
    sites.set(host, site);
    const [oldest] = sites.keys();
    if (sites.size > maxSites && oldest !== undefined) sites.delete(oldest);
    return site;
  };

  return {
    leaveOut(page) {
      const host = URL.parse(page.url)?.host;
      if (host === undefined || page.passages.length === 0) return page;
      const site = siteOf(host);
      const others = site.pages.size - (site.pages.has(page.url) ? 1 : 0);
      const isRepeated = (line: string): boolean => {
        const count = site.lines.get(tokenId(line)) ?? 0;
        return count >= fewestPages && count >= fromShare * others;
      };
      const stripped = isProsePage(page) ? without(page, isRepeated) : page;
      learn(site, page);
      return stripped;
    },
  };
}

interface Site {
  pages: Set<string>;
  /** How many of its pages have a line, by its hash. */
  lines: Map<number, number>;
}

function learn(site: Site, page: IndexedPage): void {
  if (site.pages.has(page.url)) return;
  site.pages.add(page.url);
  const lines = new Set(page.passages.flatMap(({ text }) => text.split('\n').filter(mayRepeat)));
  for (const line of [...lines].slice(0, maxLinesOfPage)) {
    const hash = tokenId(line);
    site.lines.set(hash, (site.lines.get(hash) ?? 0) + 1);
  }
}

const maxLinesOfPage = 200;

/** Lines of a file are numbered, and pages of a PDF have no site around them. */
function isProsePage({ passages }: IndexedPage): boolean {
  return passages.every(({ place }) => place === null);
}

function without(page: IndexedPage, isRepeated: (line: string) => boolean): IndexedPage {
  let lost = 0;
  let all = 0;
  const passages = page.passages.flatMap((passage): IndexedPassage[] => {
    const lines = passage.text.split('\n');
    const kept = lines.filter((line) => !(mayRepeat(line) && isRepeated(line)));
    all += passage.text.length;
    if (kept.length === lines.length) return [passage];
    const text = kept.join('\n').trim();
    lost += passage.text.length - text.length;
    if (text === '') return [];
    return [{ ...passage, text, ...analyzePassage({ ...passage, text }) }];
  });
  // A page at a second address has all its lines elsewhere: that is no boilerplate.
  if (lost === 0 || lost > mostLost * all) return page;
  return { ...page, passages };
}

const mostLost = 0.3;

/** Running words alone may be left out: what has figures, cells or the look of code says something. */
function mayRepeat(line: string): boolean {
  if (line.length > 600 || /[\d|{}=<>_\\$#`]|\(\)/u.test(line)) return false;
  const words = line.match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  const russian = words.filter((word) => /^[а-яё]/iu.test(word));
  if (russian.length >= 4) return true;
  return words.length >= 5 && (/[.!?…]$/u.test(line) || words.length >= 9);
}
