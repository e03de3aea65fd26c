import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import { indexedPage } from './indexed-pages.ts';

/** The pages that the program below keeps replacing, all at once. */
export const WRITTEN_PAGES = 8;

/** Version n of a page: 1 to 5 passages, all of which say n. */
export function versionedPage(page: number, version: number) {
  const sketches = Array.from({ length: 1 + (version % 5) }, (_, at) => ({
    id: page * 100 + at,
    terms: { [page]: 1 },
    grams: Object.fromEntries(Array.from({ length: 200 }, (_, gram) => [gram, version])),
    text: String(version),
  }));
  return indexedPage(`https://a.example/${page}`, sketches);
}

/** A program to be killed: replaces pages for ever and prints `page version` once it is kept. */
if (process.argv[1] === import.meta.filename) {
  const index = await openEmbeddedIndex({ folder: process.argv[2] ?? '' });
  const writeForEver = async (page: number) => {
    for (let version = 1; ; version += 1) {
      await index.replacePage(versionedPage(page, version));
      process.stdout.write(`${page} ${version}\n`);
    }
  };
  await Promise.all(Array.from({ length: WRITTEN_PAGES }, (_, page) => writeForEver(page)));
}
