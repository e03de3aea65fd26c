import { crawl } from './crawl/crawl.ts';
import { fetchForReading } from './crawl/fetch-for-reading.ts';
import type { FetchedPage, PageFetcher } from './crawl/fetch-page.ts';
import type { Embedder } from './embed/embedder.ts';
import { PageError } from './errors.ts';
import type { IndexedPassage, PassageIndex } from './index/passage-index.ts';
import { nextTurn } from './next-turn.ts';
import type { ReadInPart, UnreadPage } from './passage.ts';
import { createPatience, type PatienceOptions } from './patience.ts';
import { readPage } from './read-page.ts';
import type { PageReader } from './reading/page-reader.ts';
import type { SiteBoilerplate } from './site-boilerplate.ts';

export interface ReadPagesOptions {
  fetchPage: PageFetcher['fetchPage'];
  /** By default pages are read in this thread. */
  read?: PageReader['read'] | undefined;
  index: Pick<PassageIndex, 'replacePage'>;
  embedder: Embedder | null;
  boilerplate?: SiteBoilerplate | undefined;
  patience?: PatienceOptions | undefined;
  signal: AbortSignal;
  /** Told what worked only in part: `embeddings` or `index`. */
  degrade: (what: string, error: unknown) => void;
  /** Told what failed through a fault of ours. */
  onFailure: (what: string, error: unknown) => void;
}

/** Pages on their way; what it says of them changes as they land. */
export interface Reading {
  /** Resolves when ranking should begin, or at once when the signal aborts. */
  enough: Promise<void>;
  /** Resolves when the last page is in the index or lost. */
  done: Promise<void>;
  /** Pages that failed, then those that have not come yet. */
  unread(): UnreadPage[];
  /** What these pages say, page by page, whether the index has it or not. */
  passagesOf(urls: readonly string[]): IndexedPassage[];
  /** Pages that were not read to their end, by address. */
  inPart(): ReadonlyMap<string, ReadInPart>;
  /** What was read and the index refused to keep. */
  unkept(): IndexedPassage[];
}

/** Reads pages side by side into the index, and reads on in the background after `enough`. */
export function readPages(
  urls: readonly string[],
  {
    fetchPage,
    read: readText,
    index,
    embedder,
    boilerplate,
    patience,
    signal,
    degrade,
    onFailure,
  }: ReadPagesOptions,
): Reading {
  const waiting = new Set(urls);
  const failures: UnreadPage[] = [];
  const read = new Map<string, IndexedPassage[]>();
  const inPart = new Map<string, ReadInPart>();
  const unkept: IndexedPassage[] = [];
  let landing = 0;
  const waits = createPatience(urls.length, { ...patience, isLanding: () => landing > 0 });

  const take = async (fetched: FetchedPage): Promise<void> => {
    const { requestedUrl } = fetched;
    landing += 1;
    await nextTurn();
    try {
      const onEmbedFailure = (error: unknown): void => degrade('embeddings', error);
      const how = {
        scope: 'public',
        read: readText,
        embedder,
        boilerplate,
        onEmbedFailure,
        signal,
      } as const;
      const { readInPart, ...page } = await readPage(fetched, how);
      if (readInPart !== undefined) inPart.set(page.url, readInPart);
      try {
        await index.replacePage(page);
      } catch (error) {
        degrade('index', error);
        unkept.push(...page.passages);
      }
      read.set(requestedUrl, page.passages);
      waiting.delete(requestedUrl);
      waits.pageIn();
    } catch (error) {
      if (!(error instanceof PageError)) onFailure(`page ${requestedUrl}`, error);
      lose(requestedUrl, error instanceof PageError ? error.message : 'could not be read');
    } finally {
      landing -= 1;
    }
  };

  const lose = (url: string, reason: string): void => {
    waiting.delete(url);
    failures.push({ url, reason });
    waits.pageLost();
  };

  const work = async (): Promise<void> => {
    const taking: Promise<void>[] = [];
    for await (const event of crawl(urls, { fetchPage: fetchForReading(fetchPage), signal })) {
      if (event.type === 'page') taking.push(take(event.page));
      else lose(event.url, event.reason);
    }
    await Promise.all(taking);
  };

  signal.addEventListener('abort', waits.end, { once: true });
  const done = work()
    .catch((error: unknown) => onFailure('reading pages', error))
    .finally(() => {
      signal.removeEventListener('abort', waits.end);
      waits.end();
    });

  return {
    enough: waits.enough,
    done,
    unread: () => [
      ...failures,
      ...[...waiting].map((url) => ({ url, reason: 'not read in time' })),
    ],
    passagesOf: (wanted) => distinct(wanted.flatMap((url) => read.get(url) ?? [])),
    inPart: () => inPart,
    unkept: () => distinct(unkept),
  };
}

/** Two addresses may lead to one page. */
function distinct(passages: readonly IndexedPassage[]): IndexedPassage[] {
  return [...new Map(passages.map((passage) => [passage.id, passage])).values()];
}
