import { openInSpace } from '../../retrieval/index/open-in-space.ts';
import { SECOND_EMBEDDER } from './constant-embedder.ts';

/**
 * A program to be killed: makes the index in the folder it is given anew for the second embedder.
 * Prints `opened`, how many pages are made after each step, and `made`; then it goes on for ever.
 */
if (import.meta.main) {
  const folder = process.argv[2] ?? '';
  const { index, rebuild } = await openInSpace({ folder, analysis: 2, embedder: SECOND_EMBEDDER });
  const { signal } = new AbortController();
  process.stdout.write('opened\n');
  await rebuild({
    signal,
    onProgress: ({ moved }) => process.stdout.write(`${moved}\n`),
  });
  process.stdout.write('made\n');
  for (;;) await index.count();
}
