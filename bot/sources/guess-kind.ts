import type { SourceKind } from '../../retrieval/sources/source.ts';

/** What an address most likely is, for an admin who only pastes it. */
export function guessKind(address: string): SourceKind {
  const { hostname, pathname } = new URL(address);
  const host = hostname.replace(/^www\./u, '');
  const parts = pathname.split('/').filter((part) => part !== '');
  if (host === 't.me' && parts.length > 0) return 'telegram';
  if (host === 'github.com' && parts.length === 2) return 'github';
  const last = parts.at(-1)?.toLowerCase() ?? '';
  if (/sitemap[^/]*\.xml$/u.test(last)) return 'sitemap';
  if (/^(?:feed|rss|atom)s?(?:\.xml|\.json)?$|\.(?:rss|atom)$/u.test(last)) return 'feed';
  if (pathname.endsWith('/')) return 'site';
  return 'page';
}
