import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExtractionBench } from './extraction-figures.ts';

/**
 * Reads the pages of the article extraction benchmark and scores what was read of them, here and by
 * peers, in one process that does nothing else: what other benchmarks load is not in its memory.
 * Rejects where the scorer disagrees with the scores that come with the data.
 */
export async function runExtractionBench({
  dataFolder,
  log,
}: {
  dataFolder: string;
  log: (line: string) => void;
}): Promise<ExtractionBench> {
  const child = fork(fileURLToPath(new URL('extraction-process.ts', import.meta.url)), [
    dataFolder,
  ]);
  const { promise, resolve, reject } = Promise.withResolvers<ExtractionBench>();
  child.on('message', (message: ExtractionMessage) => {
    if (message.kind === 'line') log(message.line);
    else if (message.kind === 'figures') resolve(message.figures);
    else reject(new Error(message.message));
  });
  child.on('error', reject);
  child.on('exit', () => reject(new Error('The process that reads the pages ended early.')));
  return promise;
}

/** What the process says: a line for whoever waits, and in the end its figures or what failed. */
export type ExtractionMessage =
  | { kind: 'line'; line: string }
  | { kind: 'figures'; figures: ExtractionBench }
  | { kind: 'failure'; message: string };
