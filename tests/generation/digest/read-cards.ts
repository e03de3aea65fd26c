import { collectFacts } from '../../../generation/digest/facts.ts';
import type { FactTable } from '../../../generation/digest/fact.ts';
import { readPrimaryPages } from '../../../generation/digest/primary-pages.ts';
import { makeSourcePage, type ReadSource } from '../../../generation/digest/source-page.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { extractTextPage, type ExtractedPage } from '../../../retrieval/extract/extract-page.ts';
import { PUBLIC_ADDRESSES } from '../../../retrieval/releases/addresses.ts';
import type { Appearance, Release } from '../../../retrieval/releases/release.ts';
import type { CardFixture } from './cards.ts';

export const NOW = new Date('2026-11-20T09:00:00Z');

/** A release as collecting and merging make it of one card. */
export function releaseOf({ id, paper }: CardFixture, changed: Partial<Appearance> = {}): Release {
  const title = id.slice(id.indexOf('/') + 1);
  const url = `https://huggingface.co/${id}`;
  const appearance: Appearance = {
    id: `huggingface:${id}`,
    service: 'huggingface',
    kind: 'model',
    url,
    title,
    publisher: id.slice(0, id.indexOf('/')),
    summary: '',
    publishedAt: new Date('2026-11-18T12:00:00Z'),
    updatedAt: null,
    links: [],
    tags: [],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    ...changed,
  };
  return {
    id: appearance.id,
    title,
    kind: 'model',
    appearances: [appearance],
    links: {
      github: null,
      huggingface: url,
      paper: paper === undefined ? null : 'https://arxiv.org/abs/2611.01234',
    },
    publishedAt: appearance.publishedAt,
    firstSeenAt: NOW,
    changedAt: NOW,
  };
}

/** Serves a fixture's files; what it has not is not found. */
export function readFixture({ card, config, paper }: CardFixture): ReadSource {
  return async ({ role, address }) => {
    if (role === 'card') {
      const page = read(`${address}/raw/main/README.md`, 'text/markdown', card);
      return makeSourcePage({ role, address, source: card, page });
    }
    if (role === 'config' && config !== undefined) {
      return makeSourcePage({
        role,
        address,
        page: read(`${address}/config.json`, 'application/json', config),
      });
    }
    if (role === 'paper' && paper !== undefined) {
      const html = `<!doctype html><html><head><title>${paper.title}</title></head><body><main><h1>${paper.title}</h1>${paper.text}</main></body></html>`;
      return makeSourcePage({ role, address, page: read(address, 'text/html', html) });
    }
    throw new PageError('not found (HTTP 404)', { retryable: false });
  };
}

function read(url: string, contentType: string, text: string): ExtractedPage {
  return extractTextPage({
    url,
    contentType,
    text,
    fetchedAt: NOW.toISOString(),
    lastModified: null,
  });
}

export async function factsOfCard(
  fixture: CardFixture,
): Promise<{ release: Release; table: FactTable }> {
  const release = releaseOf(fixture);
  const { pages, notRead } = await readPrimaryPages(release, {
    readSource: readFixture(fixture),
    addresses: PUBLIC_ADDRESSES,
    signal: new AbortController().signal,
  });
  return { release, table: collectFacts(release, pages, notRead) };
}
