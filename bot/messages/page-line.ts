import type { OtherPage, Place } from '../../retrieval/passage.ts';
import type { Locale } from '../locales/locale.ts';

import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { linkAddress } from './link-address.ts';
import { placesWords } from './place-words.ts';

export interface DescribedPage {
  url: string;
  title: string;
  site: string;
  publishedAt?: string | null;
  /** Where in it is what it is named for. */
  place?: Place | null;
  /** The same where there are several. */
  places?: readonly Place[];
  /** Pages that say the same in the same words. */
  alsoAt?: readonly OtherPage[];
}

/**
 * A page in one line: its title as a link, its site, its date, and where else the same stands:
 * `Title — site, May 9, 2024, p. 4 (also: other.example)`.
 */
export function describePage(page: DescribedPage, locale: Locale): FormattedText {
  const out = new FormattedTextBuilder();
  const title = pageTitle(page);
  out.wrap({ type: 'text_link', url: page.url }, () => out.append(title));
  out.append(pageOrigin(page, locale));
  const others = otherSites(page);
  for (const [at, { site, pageUrl }] of others.entries()) {
    out.append(at === 0 ? ` (${locale.t('also-at')} ` : ', ');
    const url = linkAddress(pageUrl);
    if (url === null) out.append(site);
    else out.wrap({ type: 'text_link', url }, () => out.append(site));
  }
  return out.append(others.length === 0 ? '' : ')').build();
}

/** Other sites that have the same, one page of each, few enough for a line. */
export function otherSites({ site, alsoAt = [] }: DescribedPage): OtherPage[] {
  const sites = new Map<string, OtherPage>();
  for (const page of alsoAt) {
    if (page.site !== '' && page.site !== site && !sites.has(page.site)) sites.set(page.site, page);
  }
  return [...sites.values()].slice(0, MOST_OTHER_SITES);
}

/** The title in one line of reasonable length, or the host of a page without one. */
export function pageTitle({ title, site, url }: DescribedPage): string {
  const plain = title.replaceAll(/\s+/gu, ' ').trim();
  if (plain === '') return site === '' ? (URL.parse(url)?.host ?? url) : site;
  const characters = [...plain];
  const isLong = characters.length > LONGEST_TITLE;
  return isLong ? `${characters.slice(0, LONGEST_TITLE).join('').trimEnd()}…` : plain;
}

/** What follows the title: ` — site, date, p. 4`, as much of it as is known. */
export function pageOrigin(page: DescribedPage, locale: Locale): string {
  const site = page.site === pageTitle(page) ? '' : page.site;
  const date = locale.date(page.publishedAt ?? null) ?? '';
  const place = placesWords(page.places ?? (page.place ? [page.place] : []), locale);
  const origin = [site, date, place].filter((part) => part !== '').join(', ');
  return origin === '' ? '' : ` — ${origin}`;
}

/** Whether Telegram takes the address in a link. */
export function isLinkable(url: string): boolean {
  return linkAddress(url) !== null;
}

const LONGEST_TITLE = 90;

const MOST_OTHER_SITES = 3;
