import { randomUUID } from 'node:crypto';

import { reindexSource } from './reindex.ts';
import type { ReindexOptions, ReindexProgress, ReindexResult } from './reindex.ts';
import { SourceError } from './source.ts';
import type { Source } from './source.ts';

export interface ReindexerOptions extends ReindexOptions {
  /** How often the turn is renewed while it is used. */
  renewMs?: number;
}

export interface ReindexerProgress extends ReindexProgress {
  /** This source among those that are read, from 1. */
  at: number;
  of: number;
}

export interface Reindexer {
  /**
   * Reads sources anew, one after another, and says how each ended; all that are not paused when
   * `ids` is null. What is cancelled ends with the source that was under way.
   *
   * @throws {SourceError} `unknown`, or `busy` while this or another program reads sources
   * @throws {IndexError} when the index fails
   */
  run(
    ids: readonly string[] | null,
    options: { signal: AbortSignal; onProgress?: (progress: ReindexerProgress) => void },
  ): Promise<ReindexResult[]>;
  /** Reads what is due; nothing while somebody else reads. */
  runDue(options: { signal: AbortSignal }): Promise<ReindexResult[]>;
  /** Ends what this program reads, whoever began it; false when it reads nothing. */
  cancel(): boolean;
}

/** One re-index at a time, across all programs that share the list of sources. */
export function createReindexer({
  renewMs = 10_000,
  now = () => new Date(),
  ...options
}: ReindexerOptions): Reindexer {
  const { store } = options;
  const owner = randomUUID();
  let running: AbortController | null = null;

  const inTurn = async (
    choose: () => Source[],
    asked: AbortSignal,
    onProgress: (progress: ReindexerProgress) => void,
  ): Promise<ReindexResult[]> => {
    if (running !== null || !store.takeTurn(owner, now())) {
      throw new SourceError('busy', 'Sources are being read already.');
    }
    running = new AbortController();
    const signal = AbortSignal.any([asked, running.signal]);
    // A program that was held up for long finds that another one reads: two at once would each drop
    // what the other one stages.
    const lost = new AbortController();
    const renewing = setInterval(() => {
      if (!store.takeTurn(owner, now())) lost.abort();
    }, renewMs);
    const ending = [lost.signal, ...(options.stopping === undefined ? [] : [options.stopping])];
    const stopping = AbortSignal.any(ending);
    try {
      const sources = choose();
      const results: ReindexResult[] = [];
      for (const [at, source] of sources.entries()) {
        if (signal.aborted || stopping.aborted) break;
        // Removed or paused since the first of them was begun.
        const current = store.find(source.id);
        if (current === null || (current.paused && !source.paused)) continue;
        const place = { at: at + 1, of: sources.length };
        results.push(
          await reindexSource(
            current,
            { ...options, stopping, now },
            { signal, onProgress: (progress) => onProgress({ ...progress, ...place }) },
          ),
        );
      }
      return results;
    } finally {
      clearInterval(renewing);
      running = null;
      store.giveTurnBack(owner);
    }
  };

  const choose = (ids: readonly string[] | null): Source[] => {
    if (ids === null) return store.list().filter(({ paused }) => !paused);
    return ids.map((id) => {
      const source = store.find(id);
      if (source === null) throw new SourceError('unknown', `There is no source ${id}.`);
      return source;
    });
  };

  return {
    async run(ids, { signal, onProgress = () => {} }) {
      // Who names a source that is not there is told so, whoever reads at the moment.
      choose(ids);
      return await inTurn(() => choose(ids), signal, onProgress);
    },
    async runDue({ signal }) {
      if (store.due(now()).length === 0) return [];
      try {
        return await inTurn(
          () => store.due(now()),
          signal,
          () => {},
        );
      } catch (error) {
        if (error instanceof SourceError && error.reason === 'busy') return [];
        throw error;
      }
    },
    cancel() {
      running?.abort();
      return running !== null;
    },
  };
}
