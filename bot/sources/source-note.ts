import type { Locale } from '../locales/locale.ts';

import { pageReason } from './page-reason.ts';

/**
 * What kept a source from being read, or what was left out of it, in an admin's language; sentences
 * come in English, for programs and the log. What is not known here stays as it is.
 */
export function sourceNote(sentence: string, { t }: Pick<Locale, 't'>): string {
  for (const [pattern, key] of NOTES) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    const { reason, ...rest } = found.groups ?? {};
    return t(key, { ...rest, ...(reason !== undefined && { reason: sourceNote(reason, { t }) }) });
  }
  return pageReason(sentence, { t });
}

const NOTES = [
  [/^only the first (?<count>\d+) of its pages are read$/u, 'source-note-pages'],
  [/^only the first (?<count>\d+) of its sitemaps are read$/u, 'source-note-sitemaps'],
  [/^it lists (?<listed>\d+) addresses, of which (?<count>\d+) are read$/u, 'source-note-listed'],
  [/^its list of files is cut short by GitHub$/u, 'source-note-list-cut'],
  [
    /^(?:the sitemap |what follows in )?(?<what>.+?) was left out: (?<reason>.+)$/u,
    'source-note-left-out',
  ],
  [/^the embedder failed: ranking is by words$/u, 'source-note-by-words'],
  [/^none of its pages could be read$/u, 'source-note-nothing'],
  [/^it could not be indexed$/u, 'source-note-not-indexed'],
  [/^(?<what>\S+) could not be read: (?<reason>.+)$/u, 'source-note-not-read'],
  [/^(?<what>\S+) is no sitemap$/u, 'source-note-no-sitemap'],
  [/^(?<what>\S+) is no feed$/u, 'source-note-no-feed'],
  [/^(?<what>\S+) shows no posts/u, 'source-note-no-posts'],
  [/^(?<what>\S+) names no repository$/u, 'source-note-no-repository'],
  [/^GitHub's list of (?<what>\S+) cannot be read$/u, 'source-note-broken-list'],
] as const;
