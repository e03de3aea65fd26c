import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Embedder } from '../embed/embedder.ts';
import { openEmbeddedIndex } from './embedded-index.ts';
import { MovableIndex } from './movable-index.ts';
import { forgetMove, holdsAll } from './moved-to.ts';
import type { MoveOptions } from './index-move.ts';
import type { PassageIndex } from './passage-index.ts';
import { revector } from './revector.ts';
import { compareSpace, noteSpace, withoutDense } from './vector-space.ts';
import type { SpaceDifference, VectorSpace } from './vector-space.ts';

export interface OpenInSpaceOptions {
  /** Of the embedded index. While it is rebuilt, the new one grows in its `next`. */
  folder: string;
  /** `ANALYSIS_VERSION`. */
  analysis: number;
  embedder: Embedder | null;
  /** False where another program may have the index open: then nothing is moved on the disk. */
  takesOver?: boolean;
  onProblem?: (sentence: string) => void;
}

export interface IndexInSpace {
  /** Serves at once, by words alone while its vectors are those of another embedder. */
  index: MovableIndex;
  /** Why it has to be rebuilt; `none` when it has not. */
  difference: SpaceDifference;
  /**
   * Makes all vectors anew beside what is served, and serves them when all are there. Goes on where
   * a run that was cut short stopped. @throws {IndexError | EmbedError} and the old ones serve on
   */
  rebuild(options: Pick<MoveOptions, 'onProgress' | 'signal'>): Promise<void>;
}

/**
 * Opens the embedded index so that vectors of another analysis or embedder are never mixed with
 * those that this program makes. @throws {IndexError}
 */
export async function openInSpace({
  folder,
  analysis,
  embedder,
  takesOver = true,
  onProblem = () => {},
}: OpenInSpaceOptions): Promise<IndexInSpace> {
  const space: VectorSpace = { analysis, embedder: embedder?.model ?? null };
  const next = join(folder, 'next');
  const isRebuilt = await isWhole(next, onProblem);
  if (isRebuilt && takesOver) takeOver(folder, next);
  const serving = isRebuilt && !takesOver ? next : folder;
  const served = await openEmbeddedIndex({ folder: serving, onProblem });
  const difference = await compareSpace(served, space);
  const isMixed = embedder !== null && !(await isEmbeddedBy(served, embedder));
  const index = new MovableIndex(isMixed ? withoutDense(served) : served);
  return {
    index,
    difference,
    async rebuild(options) {
      const fresh = await openEmbeddedIndex({ folder: next, onProblem });
      try {
        if ((await fresh.property('space')) !== JSON.stringify(space)) await forgetMove(fresh);
        await noteSpace(fresh, space);
        await index.moveTo(fresh, {
          ...options,
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

/** Whether its vectors are of that embedder. @throws {IndexError} */
export async function isEmbeddedBy(index: PassageIndex, { model }: Embedder): Promise<boolean> {
  const note = await index.property('space');
  return note !== null && (JSON.parse(note) as VectorSpace).embedder === model;
}

/** Whether a rebuild came to its end there, so that it served until the last stop. */
async function isWhole(next: string, onProblem: (sentence: string) => void): Promise<boolean> {
  if (!existsSync(join(next, 'index.sqlite'))) return false;
  const rebuilt = await openEmbeddedIndex({ folder: next, onProblem });
  try {
    return await holdsAll(rebuilt);
  } finally {
    await rebuilt.close();
  }
}

function takeOver(folder: string, next: string): void {
  // A log left by a kill goes with its file; the old one's would damage the new one.
  for (const name of readdirSync(folder)) {
    if (/^index\.sqlite(?:-wal|-shm)?$/u.test(name)) rmSync(join(folder, name));
  }
  renameSync(join(next, 'index.sqlite'), join(folder, 'index.sqlite'));
  rmSync(next, { recursive: true });
}
