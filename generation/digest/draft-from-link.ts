import {
  addressesIn,
  addressOf,
  thingAt,
  type ServiceAddresses,
} from '../../retrieval/releases/addresses.ts';
import type { Appearance, Release } from '../../retrieval/releases/release.ts';
import { canonicalUrl } from '../../retrieval/text/canonical-url.ts';
import type { DigestPost } from './digest-post.ts';
import type { FactTable } from './fact.ts';
import { collectFacts } from './facts.ts';
import { readPrimaryPages } from './primary-pages.ts';
import type { ReadSource } from './source-page.ts';
import { writePost, type WritePostOptions } from './write-post.ts';
import { writeWithModel, type WriteWithModelOptions } from './write-with-model.ts';

export interface DraftFromLinkOptions extends WritePostOptions {
  readSource: ReadSource;
  addresses: ServiceAddresses;
  /** Without one, the post is from facts alone. */
  model?: WriteWithModelOptions['model'] | null;
  /** Who wrote a forwarded post, where Telegram says so. */
  publisher?: string | null;
  onFailure?: (what: string, error: unknown) => void;
}

export type LinkDraft =
  | { status: 'drafted'; release: Release; table: FactTable; post: DigestPost }
  /** None of its pages could be read, and it says too little itself. */
  | { status: 'unreadable'; release: Release; table: FactTable };

/**
 * A checked draft of what an admin sent: a link, or a forwarded post with or without links. Null where
 * there is neither a link nor text to write of.
 */
export async function draftFromLink(
  message: string,
  options: DraftFromLinkOptions,
): Promise<LinkDraft | null> {
  const { readSource, addresses, now, publisher = null, model = null, signal } = options;
  const release = releaseOf(message, { addresses, now, publisher });
  if (release === null) return null;
  const { pages, notRead } = await readPrimaryPages(release, {
    readSource,
    addresses,
    signal: signal ?? new AbortController().signal,
  });
  const titled = { ...release, title: titleFrom(release, pages) };
  const table = collectFacts(titled, pages, notRead);
  if (table.facts.every(({ kind }) => kind === 'publisher')) {
    return { status: 'unreadable', release: titled, table };
  }
  const post =
    model === null
      ? await writePost(titled, table, options)
      : await writeWithModel(titled, table, { ...options, model });
  return { status: 'drafted', release: titled, table, post };
}

function releaseOf(
  message: string,
  {
    addresses,
    now,
    publisher,
  }: { addresses: ServiceAddresses; now: Date; publisher: string | null },
): Release | null {
  const found = addressesIn(message);
  const text = found.reduce((rest, address) => rest.replaceAll(address, ' '), message).trim();
  const things = found.flatMap((address) => {
    const thing = thingAt(address, addresses);
    return thing === null ? [] : [{ thing, address }];
  });
  const first = (service: string): string | null => {
    const one = things.find(({ thing }) => thing.startsWith(`${service}:`));
    if (one === undefined) return null;
    // Keys are in lower case; what was sent has the name as it is written.
    return service === 'arxiv'
      ? addressOf(one.thing, addresses)
      : withoutTail(one.address, one.thing);
  };
  const links = {
    github: first('github'),
    huggingface: first('huggingface'),
    paper: first('arxiv'),
  };
  const url = links.huggingface ?? links.paper ?? links.github ?? found[0] ?? null;
  if (url === null && text.length < SHORTEST_POST) return null;
  const kind = kindOf(links);
  const address = url === null ? `telegram:${now.getTime()}` : canonicalUrl(url);
  const name =
    URL.parse(url ?? '')
      ?.pathname.split('/')
      .findLast((part) => part !== '') ?? '';
  const firstLine =
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '';
  const appearance: Appearance = {
    id: `link:${address}`,
    service:
      kind === 'model'
        ? 'huggingface'
        : kind === 'paper'
          ? 'arxiv'
          : kind === 'repository'
            ? 'github'
            : 'telegram',
    kind,
    url: url ?? '',
    title: kind === 'post' && firstLine !== '' ? firstLine.slice(0, 80) : decoded(name),
    publisher: kind === 'post' ? publisher : ownerOf(url, kind),
    summary: kind === 'post' ? text : '',
    publishedAt: null,
    updatedAt: now,
    links: found,
    tags: [],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
  };
  return {
    id: appearance.id,
    title: appearance.title,
    kind,
    appearances: [appearance],
    links,
    publishedAt: null,
    firstSeenAt: now,
    changedAt: now,
  };
}

/** Less is a greeting. */
const SHORTEST_POST = 80;

function kindOf({ huggingface, paper, github }: Release['links']): Release['kind'] {
  if (huggingface !== null) return 'model';
  if (paper !== null) return 'paper';
  return github === null ? 'post' : 'repository';
}

/** `https://host/owner/name/tree/main` is about `https://host/owner/name`. */
function withoutTail(address: string, thing: string): string {
  const parts = thing.slice(thing.indexOf(':') + 1).split('/').length;
  const { origin, pathname } = new URL(address);
  return `${origin}/${pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(0, parts)
    .join('/')}`;
}

function ownerOf(url: string | null, kind: Release['kind']): string | null {
  if (url === null || kind === 'paper' || kind === 'post') return null;
  const parts = new URL(url).pathname
    .split('/')
    .filter((part) => part !== '' && part !== 'datasets');
  return parts.length < 2 ? null : (parts[0] ?? null);
}

/** A paper's address says nothing of what it is called; its page does. */
function titleFrom(
  { title, kind, appearances }: Release,
  pages: readonly { address: string; title: string; role: string }[],
): string {
  if (kind === 'model' || kind === 'repository') return title;
  const own = pages.find(
    ({ address, role }) => role !== 'listing' && address === appearances[0]?.url,
  );
  const paper = pages.find(({ role }) => role === 'paper');
  const found = (own ?? paper)?.title ?? '';
  return found === '' ? title : found;
}

/** An address may have a percent sign that stands for nothing. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
