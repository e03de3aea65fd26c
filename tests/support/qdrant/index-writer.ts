import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import { indexedPage } from '../indexed-pages.ts';

/** Pages of the source that is rebuilt, and as many that are replaced. */
export const WRITTEN_PAGES = 3;

/**
 * A program to be killed. `replace`: replaces pages for ever, version after version, and prints
 * `PAGE VERSION` once it is acknowledged. `rebuild`: rebuilds a source for ever and prints `served
 * VERSION`.
 */
if (import.meta.main) {
  const [, , url = '', work] = process.argv;
  const index = await openQdrantIndex({ url, collection: 'istok', pausesMs: [] });
  for (let version = 1; ; version += 1) {
    if (work === 'replace') {
      for (let page = 0; page < WRITTEN_PAGES; page += 1) {
        await index.replacePage(versionOf(page, version, null));
        process.stdout.write(`${page} ${version}\n`);
      }
    } else {
      const rebuild = index.rebuildSource('docs');
      for (let page = 0; page < WRITTEN_PAGES; page += 1) {
        const next = versionOf(page, version, 'docs');
        if (version > 1 && page === 0) await rebuild.keep(next.url);
        else await rebuild.stage(next);
      }
      await rebuild.commit();
      process.stdout.write(`served ${version}\n`);
    }
  }
}

/** 70 to 74 passages, all of which say the version: more than one request takes. */
function versionOf(page: number, version: number, sourceId: string | null) {
  const sketches = Array.from({ length: passagesOf(version) }, (_, at) => ({
    id: page * 1000 + at,
    terms: { [page + 1]: 1 },
    dense: [1, 0],
    text: String(version),
  }));
  return indexedPage(`https://a.example/${page}`, sketches, { sourceId });
}

export function passagesOf(version: number): number {
  return 70 + (version % 5);
}
