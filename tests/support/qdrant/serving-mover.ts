import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import { moveWhileServing } from '../../../retrieval/index/succession.ts';
import { indexedPage } from '../indexed-pages.ts';

/**
 * A program to be killed: moves the index in the folder it is given into the Qdrant at the address,
 * and meanwhile and after that writes pages, each of whose addresses it prints once it is kept.
 */
if (import.meta.main) {
  const [, , folder = '', url = ''] = process.argv;
  const old = await openEmbeddedIndex({ folder });
  const successor = await openQdrantIndex({ url, collection: 'istok', pausesMs: [] });
  const { signal } = new AbortController();
  const { index, move } = moveWhileServing({ old, successor });
  const writeForEver = async () => {
    for (let at = 1; ; at += 1) {
      const page = indexedPage(`https://b.example/${at}`, [{ id: 1000 + at, terms: { 1: 1 } }]);
      await index.replacePage(page);
      process.stdout.write(`${page.url}\n`);
    }
  };
  await Promise.all([move({ signal }), writeForEver()]);
}
