import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { FetchedPage, PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';

/** What is kept of the web, for /stats. */
export interface KeptStats {
  pages: number;
  passages: number;
  sources: number;
  /** Of the data folder. */
  bytes: number;
  /** Pages that were asked for since the start, and how many of them needed no download. */
  fetched: number;
  fromCache: number;
}

export interface FetchCount {
  fetched: number;
  fromCache: number;
}

/** The same fetcher, and a count of what it spared. */
export function countFetches(fetchPage: PageFetcher['fetchPage']): {
  fetchPage: PageFetcher['fetchPage'];
  count: FetchCount;
} {
  const count: FetchCount = { fetched: 0, fromCache: 0 };
  return {
    count,
    async fetchPage(url, options): Promise<FetchedPage> {
      const page = await fetchPage(url, options);
      count.fetched += 1;
      if (page.from !== 'network') count.fromCache += 1;
      return page;
    },
  };
}

/** @throws {IndexError} */
export async function readKeptStats({
  index,
  sources,
  folder,
  count,
}: {
  index: Pick<PassageIndex, 'count'>;
  sources: number;
  folder: string;
  count: FetchCount;
}): Promise<KeptStats> {
  const [{ pages, passages }, bytes] = await Promise.all([index.count(), sizeOf(folder)]);
  return { pages, passages, sources, bytes, ...count };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    // A file may be gone since it was listed.
    files.map(async ({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
