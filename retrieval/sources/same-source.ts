import { canonicalUrl } from '../text/canonical-url.ts';
import type { Source } from './source.ts';

/**
 * One string for all addresses of a source. Whether a site answers on https, or with `www.` before
 * its name, makes no other source of it; neither does which page of a repository or of a channel was
 * copied, nor the case of their names.
 */
export function sameSource({ kind, address }: Pick<Source, 'kind' | 'address'>): string {
  const plain = canonicalUrl(address).replace(/^https?:\/\/(?:www\.)?/u, '');
  const [host = '', ...parts] = plain.replace(/[?].*$/u, '').split('/');
  if (kind === 'github') {
    const [owner = '', name = ''] = parts;
    return `${host}/${owner}/${name.replace(/\.git$/u, '')}`.toLowerCase();
  }
  if (kind === 'telegram') {
    const [channel = ''] = parts[0] === 's' ? parts.slice(1) : parts;
    return `${host.replace(/^telegram\.me$/u, 't.me')}/${channel}`.toLowerCase();
  }
  return plain;
}
