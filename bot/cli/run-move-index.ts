import { fillSuccessor } from '../../retrieval/index/succession.ts';
import type { Succession } from '../../retrieval/index/succession.ts';
import { createTerminal } from './terminal.ts';
import type { Output } from './terminal.ts';

export interface RunMoveIndexOptions extends Succession {
  stdout: Output;
  signal: AbortSignal;
}

/** Copies the index with a line of progress. Resolves to the exit code. @throws {IndexError} */
export async function runMoveIndex({
  old,
  successor,
  stdout,
  signal,
}: RunMoveIndexOptions): Promise<number> {
  const out = createTerminal(stdout);
  const { pages } = await old.count();
  if (pages === 0) {
    out.write('The embedded index is empty: there is nothing to move.\n');
    return 0;
  }
  try {
    await fillSuccessor(
      { old, successor },
      {
        signal,
        onProgress: ({ moved, total }) =>
          out.status(
            `${moved} of ${total} pages, ${Math.floor((moved * 100) / Math.max(1, total))} %`,
          ),
      },
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    out.write('Stopped. The same command goes on from here.\n');
    return 1;
  }
  const { pages: moved, passages } = await successor.count();
  out.write(
    `Qdrant holds ${moved} pages, ${passages} passages. The bot answers from them once it is started again.\n`,
  );
  return 0;
}
