import type { Embedder } from '../embed/embedder.ts';
import { MovableIndex } from './movable-index.ts';
import { forgetMove, holdsAll } from './moved-to.ts';
import { isEmbeddedBy } from './open-in-space.ts';
import type { IndexInSpace } from './open-in-space.ts';
import { openQdrantIndex, replaceQdrantIndex } from './qdrant-index.ts';
import type { QdrantIndexOptions } from './qdrant-index.ts';
import { revector } from './revector.ts';
import { compareSpace, noteSpace, withoutDense } from './vector-space.ts';
import type { VectorSpace } from './vector-space.ts';

export interface OpenQdrantInSpaceOptions extends QdrantIndexOptions {
  /** `ANALYSIS_VERSION`. */
  analysis: number;
  embedder: Embedder | null;
  /** False where another program may serve from the collection: then nothing changes its name. */
  takesOver?: boolean;
}

/**
 * Opens the index of a Qdrant so that vectors of another analysis or embedder are never mixed with
 * those that this program makes. What is made anew grows as `COLLECTION-next`, serves as soon as it
 * is whole, and has the collection's name from the next start on. @throws {IndexError}
 */
export async function openQdrantInSpace({
  analysis,
  embedder,
  takesOver = true,
  ...options
}: OpenQdrantInSpaceOptions): Promise<IndexInSpace> {
  const space: VectorSpace = { analysis, embedder: embedder?.model ?? null };
  const next = `${options.collection}-next`;
  let served = await openQdrantIndex(options);
  if ((await served.property(REBUILDING)) === 'yes') {
    const rebuilt = await openQdrantIndex({ ...options, collection: next });
    const isWhole = await holdsAll(rebuilt);
    const unused = isWhole ? served : rebuilt;
    await unused.close();
    if (isWhole) served = rebuilt;
    if (isWhole && takesOver) {
      await rebuilt.close();
      await replaceQdrantIndex({ ...options, from: next, to: options.collection });
      served = await openQdrantIndex(options);
    }
  }
  const difference = await compareSpace(served, space);
  const isMixed = embedder !== null && !(await isEmbeddedBy(served, embedder));
  const index = new MovableIndex(isMixed ? withoutDense(served) : served);
  return {
    index,
    difference,
    async rebuild(progress) {
      const fresh = await openQdrantIndex({ ...options, collection: next });
      try {
        // One that holds all would serve: it is what a kill left of a collection that served once.
        const isStale = await holdsAll(fresh);
        if (isStale || (await fresh.property('space')) !== JSON.stringify(space)) {
          await forgetMove(fresh);
        }
        await noteSpace(fresh, space);
        await served.setProperty(REBUILDING, 'yes');
        await index.moveTo(fresh, {
          ...progress,
          transform: (page, { signal }) => revector(page, { embedder, signal }),
        });
      } catch (error) {
        await fresh.close();
        throw error;
      }
      await served.close();
    },
  };
}

/** In the index that serves: whether another one may stand beside it. */
const REBUILDING = 'rebuilding';
