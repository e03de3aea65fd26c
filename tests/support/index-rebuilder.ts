import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import { indexedPage } from './indexed-pages.ts';

/** Pages of the source that is rebuilt over and over. */
export const REBUILT_PAGES = 6;

/**
 * A program that rebuilds a source in the folder it is given until it is killed: each version has
 * all pages, every third page is kept as it is. Prints `staged VERSION` and `served VERSION` as they
 * are acknowledged.
 */
if (import.meta.main) {
  const index = await openEmbeddedIndex({ folder: process.argv[2] ?? '' });
  for (let version = 1; ; version += 1) {
    const rebuild = index.rebuildSource('docs');
    for (let page = 0; page < REBUILT_PAGES; page += 1) {
      const url = `https://a.example/${page}`;
      if (version > 1 && page % 3 === 0) await rebuild.keep(url);
      else await rebuild.stage(rebuiltPage(url, version));
    }
    process.stdout.write(`staged ${version}\n`);
    await rebuild.commit();
    process.stdout.write(`served ${version}\n`);
  }
}

function rebuiltPage(url: string, version: number) {
  const sketches = [1, 2].map((part) => ({
    id: version * 10 + part,
    terms: { 1: 1 },
    text: String(version),
  }));
  return indexedPage(url, sketches, { sourceId: 'docs' });
}
