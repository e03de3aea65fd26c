import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import { fillSuccessor } from '../../../retrieval/index/succession.ts';

/** A program to be killed: moves the index in the folder it is given into the Qdrant at the address. */
if (import.meta.main) {
  const [, , folder = '', url = ''] = process.argv;
  const old = await openEmbeddedIndex({ folder });
  const successor = await openQdrantIndex({ url, collection: 'istok', pausesMs: [] });
  const { signal } = new AbortController();
  await fillSuccessor({ old, successor }, { signal, batchPages: 3 });
  process.stdout.write('moved\n');
  await Promise.all([old.close(), successor.close()]);
}
