import { SourceError } from '../../retrieval/sources/source.ts';
import type { ReindexResult } from '../../retrieval/sources/reindex.ts';
import type { Reindexer } from '../../retrieval/sources/reindexer.ts';
import type { Locale } from '../locales/locale.ts';
import { describeProgress, describeResults } from '../sources/describe-reindex.ts';

import { createTerminal, printable } from './terminal.ts';
import type { Output } from './terminal.ts';

export interface RunReindexOptions {
  reindexer: Pick<Reindexer, 'run'>;
  /** What follows the program's name: ids of sources, or none for all. */
  args: readonly string[];
  locale: Locale;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Reads sources anew with a bar where somebody watches, and prints how each ended. Resolves to the
 * exit code: 0 when all were read, 1 when one was not, 2 for wrong usage, 130 when broken off.
 */
export async function runReindex({
  reindexer,
  args,
  locale,
  stdout,
  stderr,
  signal,
}: RunReindexOptions): Promise<number> {
  if (args.some((arg) => arg.startsWith('-'))) {
    stderr.write('Usage: npm run reindex -- [source-id ...]\n');
    return 2;
  }
  const out = createTerminal(stdout);
  let results: ReindexResult[];
  try {
    results = await reindexer.run(args.length === 0 ? null : args, {
      signal,
      onProgress(progress) {
        out.status(printable(describeProgress(progress, locale)).replaceAll('\n', ' · '));
      },
    });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    stderr.write(`${error.message}\n`);
    return error.reason === 'unknown' ? 2 : 1;
  }
  out.write(`${printable(describeResults(results, locale))}\n`);
  if (signal.aborted) return 130;
  return results.every(({ outcome }) => outcome === 'done') ? 0 : 1;
}
