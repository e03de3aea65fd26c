import { PageError } from '../../retrieval/errors.ts';
import type { UnreadPage } from '../../retrieval/passage.ts';
import { thingAt, type ServiceAddresses } from '../../retrieval/releases/addresses.ts';
import type { Appearance, Release } from '../../retrieval/releases/release.ts';
import { detectLanguage } from '../../retrieval/text/language.ts';
import {
  makeSourcePage,
  type ReadSource,
  type SourceAddress,
  type SourcePage,
} from './source-page.ts';

export interface PrimaryPages {
  /** In the order in which they are trusted. */
  pages: SourcePage[];
  notRead: UnreadPage[];
}

/**
 * Reads what a release's makers say of it: its card and config, its paper, its repository; where it is
 * a post, that. What its services list of it is a page as well. A page that cannot be read is told of.
 */
export async function readPrimaryPages(
  release: Release,
  {
    readSource,
    addresses,
    signal,
  }: { readSource: ReadSource; addresses: ServiceAddresses; signal: AbortSignal },
): Promise<PrimaryPages> {
  const sources = primarySources(release, addresses);
  const read = await Promise.allSettled(sources.map((source) => readSource(source, { signal })));
  signal.throwIfAborted();
  const pages: SourcePage[] = [];
  const notRead: UnreadPage[] = [];
  for (const [at, outcome] of read.entries()) {
    const source = sources[at];
    if (outcome.status === 'fulfilled') pages.push(outcome.value);
    else if (source !== undefined && source.role !== 'config') {
      const { reason } = outcome;
      const why = reason instanceof PageError ? reason.message : 'could not be read';
      notRead.push({ url: source.address, reason: why });
    }
  }
  pages.push(...release.appearances.slice(0, MOST_LISTINGS).map(listingOf));
  return { pages, notRead };
}

/** Where the primary pages of a release can be read. */
export function primarySources(release: Release, addresses: ServiceAddresses): SourceAddress[] {
  const { huggingface, paper, github } = release.links;
  const sources: SourceAddress[] = [];
  if (huggingface !== null) {
    const raw = `${huggingface}/raw/main`;
    const isModel = !/\/(?:datasets|spaces)\//u.test(huggingface);
    const files = [`${raw}/README.md`, huggingface];
    sources.push({ role: 'card', address: huggingface, files });
    if (isModel) {
      sources.push({ role: 'config', address: huggingface, files: [`${raw}/config.json`] });
    }
  }
  if (paper !== null) {
    const source: SourceAddress = { role: 'paper', address: paper, files: [paper] };
    // What a release is known by is trusted first.
    if (release.kind === 'paper') sources.unshift(source);
    else sources.push(source);
  }
  if (github !== null) {
    const thing = thingAt(github, addresses)?.slice('github:'.length);
    const raw = `https://raw.githubusercontent.com/${thing ?? ''}/HEAD/README.md`;
    const isPublic = thing !== undefined && new URL(github).host === 'github.com';
    sources.push({
      role: 'repository',
      address: github,
      files: isPublic ? [raw, github] : [github],
    });
  }
  if (sources.length === 0) {
    const post = release.appearances.find(({ kind }) => kind === 'post') ?? release.appearances[0];
    if (post !== undefined && post.url !== '')
      sources.push({ role: 'post', address: post.url, files: [post.url] });
  }
  return sources;
}

const MOST_LISTINGS = 12;

/** What a service says of an appearance, as a page of its own lines. */
function listingOf(appearance: Appearance): SourcePage {
  const { url, title, publisher, summary, publishedAt, tags, baseModels, kind } = appearance;
  const lines: string[] = [];
  if (publisher !== null && kind !== 'post') lines.push(`publisher: ${publisher}`);
  for (const tag of tags.slice(0, 60)) lines.push(tag);
  for (const { id, relation } of baseModels) lines.push(`base_model: ${relation}: ${id}`);
  const paragraphs = summary.split(/\n+/u).map((text) => text.replaceAll(/\s+/gu, ' ').trim());
  const page = {
    url,
    title,
    site: URL.parse(url)?.host ?? '',
    language: detectLanguage(summary),
    publishedAt: publishedAt?.toISOString() ?? null,
    fetchedAt: (appearance.updatedAt ?? publishedAt ?? new Date(0)).toISOString(),
    blocks: [
      ...lines.map((text) => ({ kind: 'list-item', text }) as const),
      ...paragraphs
        .filter((text) => text !== '')
        .map((text) => ({ kind: 'paragraph', text }) as const),
    ],
  };
  return makeSourcePage({ role: 'listing', address: url, page });
}
