import type { PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';
import { extractPage } from '../../retrieval/extract/extract-page.ts';
import { nextTurn } from '../../retrieval/next-turn.ts';
import type { Block, Page } from '../../retrieval/passage.ts';
import { readFrontMatter, type FrontMatter } from './facts/front-matter.ts';

/** What a page is to a release. */
export type SourceRole = 'card' | 'config' | 'paper' | 'repository' | 'listing' | 'post';

/** A page that facts are read from. Every quote is part of the text of one of its blocks. */
export interface SourcePage extends Page {
  role: SourceRole;
  /** Where a reader goes: a card's page, not the file that it was read from. */
  address: string;
  /** What stands above a card between two lines of dashes; its lines are blocks as well. */
  frontMatter: FrontMatter;
}

export interface SourceAddress {
  role: SourceRole;
  address: string;
  /** Where it can be read, the best first; the first that can is read. */
  files: readonly string[];
}

/** Reads one page for its facts. */
export type ReadSource = (
  source: SourceAddress,
  options: { signal: AbortSignal },
) => Promise<SourcePage>;

/**
 * Reads pages through the crawler. What stands past `maxCharacters` of one is left out.
 * The returned function throws {PageError}, with the reason of the last file that was tried.
 */
export function createSourceReader({
  fetcher,
  maxCharacters = 600_000,
}: {
  fetcher: Pick<PageFetcher, 'fetchPage'>;
  maxCharacters?: number;
}): ReadSource {
  return async ({ role, address, files }, { signal }) => {
    let fault: unknown = new PageError('no address to read it at', { retryable: false });
    for (const file of files) {
      signal.throwIfAborted();
      try {
        const fetched = await fetcher.fetchPage(file, { signal });
        await nextTurn();
        const text = fetched.text.slice(0, maxCharacters);
        const page = await extractPage({ ...fetched, text }, { signal, maxPages: 12 });
        const made = makeSourcePage({ role, address, source: text, page });
        if (made.blocks.length === 0) {
          throw new PageError('no text found on the page', { retryable: false });
        }
        return made;
      } catch (error) {
        if (signal.aborted) throw error;
        fault = error;
      }
    }
    throw fault;
  };
}

/** A page with the lines of its front matter and its date among its blocks, so that they can be quoted. */
export function makeSourcePage({
  role,
  address,
  source = '',
  page,
}: {
  role: SourceRole;
  address: string;
  /** As it came over the wire; '' where that says no more than the blocks. */
  source?: string;
  page: Page;
}): SourcePage {
  const frontMatter = readFrontMatter(source);
  const said: Block[] = frontMatter.lines.map((text) => ({ kind: 'list-item', text }));
  const { publishedAt } = page;
  if (publishedAt !== null) {
    said.push({ kind: 'list-item', text: `published: ${publishedAt.slice(0, 10)}` });
  }
  const { url, title, site, language, fetchedAt, blocks } = page;
  const known = { url, title, site, language, publishedAt, fetchedAt };
  return { ...known, role, address, frontMatter, blocks: [...said, ...blocks] };
}
