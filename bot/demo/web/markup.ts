import type { PageToDress, SitePage } from './site.ts';

/** Text as it stands in markup and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

/** A path as it stands in an address. */
export function hrefOf({ path }: Pick<SitePage, 'path'>): string {
  return encodeURI(path);
}

/** The address of a dressed page. */
export function addressOf({ origin, page }: Pick<PageToDress, 'origin' | 'page'>): string {
  return `${origin}${hrefOf(page)}`;
}

/** Links to other pages of the site, each within the given element. */
export function linksTo(pages: readonly SitePage[], element = 'li'): string {
  return pages
    .map(
      (page) => `<${element}><a href="${hrefOf(page)}">${escapeHtml(page.title)}</a></${element}>`,
    )
    .join('\n');
}

/** Structured data in a script; a page's text cannot end the script. */
export function jsonLd(data: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data });
  return `<script type="application/ld+json">${json.replaceAll('<', String.raw`\u003c`)}</script>`;
}

/** `14 марта 2026 г.`, `March 14, 2026`. */
export function longDate(date: string, language: 'ru' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-US', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(date));
}
