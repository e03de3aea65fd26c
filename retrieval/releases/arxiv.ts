import { parseFeed } from 'feedsmith';

import { addressesIn, paperNumber, publicAddress } from './addresses.ts';
import type { Lane } from './lane.ts';
import { clean, dateOf } from './read-items.ts';
import type { Appearance } from './release.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { ReleaseSource } from './release-source.ts';
import type { AskService } from './service-request.ts';

export interface ArxivOptions {
  /** As arXiv writes them: `cat:cs.CL`, `all:"speech recognition" AND cat:eess.AS`. */
  query: string;
  ask: AskService;
  /** Shared by all that ask arXiv: one request at a time, three seconds apart. */
  lane: Lane;
  baseUrl?: string;
  pages?: number;
  pageSize?: number;
  now?: () => number;
}

/** Papers of a query, those submitted last first. https://info.arxiv.org/help/api/user-manual.html */
export function createArxiv({
  query,
  ask,
  lane,
  baseUrl = 'https://export.arxiv.org',
  pages = 5,
  pageSize = 100,
  now = Date.now,
}: ArxivOptions): ReleaseSource {
  const name = `arxiv ${query}`;
  return {
    name,
    async *collect({ since, signal, conditions, onNote }) {
      for (let page = 0; page < pages; page += 1) {
        const url = `${baseUrl}/api/query?search_query=${encodeURIComponent(query)}&start=${page * pageSize}&max_results=${pageSize}&sortBy=submittedDate&sortOrder=descending`;
        const accept = 'application/atom+xml';
        const reply = await lane(signal, () => ask({ name, url, accept, signal, conditions }));
        if (reply === null) return;
        const { entries, total } = readEntries(name, reply.body);
        // arXiv now and then gives a page without entries of a list that has them.
        if (entries.length === 0 && total > page * pageSize) {
          throw new ReleaseSourceError(`${name}: an empty page came of ${total} papers`, {
            reason: 'unreadable',
          });
        }
        const papers = entries.flatMap((entry) =>
          toAppearance(entry, publicAddress(baseUrl), now()),
        );
        if (papers.length < entries.length) {
          onNote(
            `${name}: ${entries.length - papers.length} of ${entries.length} papers cannot be read`,
          );
        }
        yield* papers;
        const last = papers.at(-1)?.publishedAt ?? null;
        if (entries.length < pageSize || (last !== null && last < since)) return;
      }
      onNote(`${name}: only the newest ${pages * pageSize} are read`);
    },
  };
}

type Feed = ReturnType<typeof parseFeed>;
type Entry = NonNullable<Extract<Feed, { format: 'atom' }>['feed']['entries']>[number];

function readEntries(name: string, body: string): { entries: Entry[]; total: number } {
  let parsed: Feed;
  try {
    parsed = parseFeed(body);
  } catch (cause) {
    throw new ReleaseSourceError(`${name}: the answer is no feed`, { reason: 'unreadable', cause });
  }
  if (parsed.format !== 'atom') {
    throw new ReleaseSourceError(`${name}: the answer is no Atom feed`, { reason: 'unreadable' });
  }
  const entries = [...(parsed.feed.entries ?? [])];
  const [first] = entries;
  // Errors come as an entry, whose address says so.
  if (first !== undefined && /\/api\/errors/u.test(first.id ?? '')) {
    const words = clean(first.summary?.value ?? 'no reason is given', 200);
    throw new ReleaseSourceError(`${name}: the query was refused: ${words}`, { reason: 'refused' });
  }
  return { entries, total: parsed.feed.opensearch?.totalResults ?? 0 };
}

function toAppearance(entry: Entry, publicUrl: string, now: number): Appearance[] {
  const [, written] = /\/abs\/(.+?)\/?$/u.exec(entry.id ?? '') ?? [];
  const title = clean(entry.title?.value ?? '', 400);
  if (written === undefined || title === '') return [];
  const number = paperNumber(written);
  const summary = clean(entry.summary?.value ?? '');
  const comment = entry.arxiv?.comment ?? '';
  return [
    {
      id: `arxiv:${number}`,
      service: 'arxiv',
      kind: 'paper',
      url: `${publicUrl}/abs/${number}`,
      title,
      publisher: null,
      summary,
      publishedAt: dateOf(entry.published, now),
      updatedAt: dateOf(entry.updated, now),
      links: [...new Set(addressesIn(`${summary} ${comment}`))],
      tags: (entry.categories ?? []).flatMap(({ term }) => term ?? []),
      baseModels: [],
      popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    },
  ];
}
