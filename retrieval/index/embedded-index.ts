import { Worker } from 'node:worker_threads';
import { IndexError } from '../errors.ts';
import { nextTurn } from '../next-turn.ts';
import type { Passage } from '../passage.ts';
import { EmbeddedWorkers } from './embedded/embedded-workers.ts';
import { isDamage, toError } from './embedded/failure.ts';
import type { WriteOperation } from './embedded/messages.ts';
import { packPage, unpackPage } from './embedded/pack-page.ts';
import type {
  ArmHits,
  HybridQuery,
  IndexCount,
  IndexedPage,
  PassageIndex,
  Scope,
  SourceRebuild,
} from './passage-index.ts';

export interface EmbeddedIndexOptions {
  /** Where `index.sqlite` lives; made when it is missing. */
  folder: string;
  /** Told in one sentence what the operator should know: a damaged file was set aside. */
  onProblem?: (sentence: string) => void;
  startWorker?: (entry: URL) => Worker;
  /** How late a query may see what another program wrote into the file. */
  looksEveryMs?: number;
}

/**
 * Opens the index that needs no server: SQLite keeps it, arrays in a worker's memory answer, good
 * for some 200,000 passages.
 *
 * @throws {IndexError} when the folder cannot be used or a newer program wrote the file
 */
export async function openEmbeddedIndex({
  folder,
  onProblem = () => {},
  startWorker = (entry) => new Worker(entry, { resourceLimits: LIMITS }),
  looksEveryMs = 1000,
}: EmbeddedIndexOptions): Promise<PassageIndex> {
  const start = (setAside: boolean) =>
    EmbeddedWorkers.start({ folder, onProblem, startWorker, looksEveryMs, setAside });
  const index = new EmbeddedIndex(start);
  await index.count();
  return index;
}

/** In megabytes. Both make little garbage, and what a larger young space holds is held for ever. */
const LIMITS = { maxYoungGenerationSizeMb: 2 };

/** Keeps a commit short enough that a question's pages do not wait long behind a reindex. */
const OPERATIONS_IN_A_COMMIT_AT_MOST = 32;

interface QueuedOperation {
  /** Packs what is written, when its turn comes. */
  prepare: () => WriteOperation;
  done: PromiseWithResolvers<void>;
}

class EmbeddedIndex implements PassageIndex {
  readonly #start: (setAside: boolean) => Promise<EmbeddedWorkers>;
  #workers: Promise<EmbeddedWorkers> | null = null;
  #damaged = false;
  #queue: QueuedOperation[] = [];
  #writing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  constructor(start: (setAside: boolean) => Promise<EmbeddedWorkers>) {
    this.#start = start;
  }

  async replacePage(page: IndexedPage): Promise<void> {
    await this.#write(() => ({ kind: 'replace', page: packPage(page) }));
  }

  rebuildSource(sourceId: string): SourceRebuild {
    return {
      done: async () => {
        this.#refuseWhenClosed();
        const { urls } = await this.#withWorkers(({ scanner }) =>
          scanner.ask({ kind: 'rebuilt', sourceId }, 'rebuilt-so-far'),
        );
        return new Set(urls);
      },
      stage: async (page) => {
        checkStaged(page, sourceId);
        await this.#write(() => ({ kind: 'stage', sourceId, page: packPage(page) }));
      },
      keep: (url) => this.#write(() => ({ kind: 'keep', sourceId, url })),
      commit: () => this.#write(() => ({ kind: 'commit-rebuild', sourceId })),
      discard: () => this.#write(() => ({ kind: 'discard-rebuild', sourceId })),
    };
  }

  async deleteSource(sourceId: string): Promise<void> {
    await this.#write(() => ({ kind: 'delete-source', sourceId }));
  }

  async deleteScope(scope: Scope): Promise<void> {
    await this.#write(() => ({ kind: 'delete-scope', scope }));
  }

  async deleteFetchedBefore(time: string): Promise<void> {
    await this.#write(() => ({ kind: 'delete-fetched-before', time }));
  }

  async setProperty(name: string, value: string): Promise<void> {
    await this.#write(() => ({ kind: 'set-property', name, value }));
  }

  async clear(): Promise<void> {
    await this.#write(() => ({ kind: 'clear' }));
  }

  async property(name: string): Promise<string | null> {
    this.#refuseWhenClosed();
    const { value } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'property', name }, 'property-read'),
    );
    return value;
  }

  async readPages({ cursor, limit }: { cursor: string | null; limit: number }) {
    this.#refuseWhenClosed();
    const after = cursor === null ? 0 : Number(cursor);
    const { pages, last } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'read-pages', after, limit }, 'pages'),
    );
    const unpacked: IndexedPage[] = [];
    for (const page of pages) {
      await nextTurn();
      unpacked.push(unpackPage(page));
    }
    return { pages: unpacked, cursor: last === null ? null : String(last) };
  }

  async query(query: HybridQuery): Promise<ArmHits> {
    this.#refuseWhenClosed();
    const { hits } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'query', query }, 'hits'),
    );
    return hits;
  }

  async readPage({ scope, url }: Pick<IndexedPage, 'scope' | 'url'>): Promise<Passage[]> {
    this.#refuseWhenClosed();
    const { passages } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'read-page', scope, url }, 'page-passages'),
    );
    return passages;
  }

  async count(): Promise<IndexCount> {
    this.#refuseWhenClosed();
    const { count } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'count' }, 'counted'),
    );
    return count;
  }

  async countBySource(): Promise<Map<string, IndexCount>> {
    this.#refuseWhenClosed();
    const { counts } = await this.#withWorkers(({ scanner }) =>
      scanner.ask({ kind: 'count-by-source' }, 'counted-by-source'),
    );
    return counts;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writing;
    // Workers that did not start, or stopped, need no closing.
    const workers = await this.#workers?.catch(() => null);
    await workers?.close();
  }

  async #write(prepare: () => WriteOperation): Promise<void> {
    this.#refuseWhenClosed();
    const done = Promise.withResolvers<void>();
    this.#queue.push({ prepare, done });
    this.#writing ??= this.#writeQueued();
    await done.promise;
  }

  /** While one commit is made the next gathers: many pages at once cost little more than one. */
  async #writeQueued(): Promise<void> {
    // What is asked for in the same turn goes into the first commit together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      await this.#commit(this.#queue.splice(0, OPERATIONS_IN_A_COMMIT_AT_MOST));
    }
    this.#writing = null;
  }

  async #commit(queued: readonly QueuedOperation[]): Promise<void> {
    const ready: { operation: WriteOperation; done: PromiseWithResolvers<void> }[] = [];
    for (const { prepare, done } of queued) {
      // Packing a page takes a millisecond: many at once would hold up all else in this thread.
      await nextTurn();
      try {
        ready.push({ operation: prepare(), done });
      } catch (error) {
        done.reject(error);
      }
    }
    if (ready.length === 0) return;
    const operations = ready.map(({ operation }) => operation);
    try {
      const { outcomes } = await this.#withWorkers((workers) => workers.commit(operations));
      for (const [position, { done }] of ready.entries()) {
        const failure = outcomes[position] ?? null;
        if (failure === null) done.resolve();
        else done.reject(toError(failure));
      }
    } catch (error) {
      for (const { done } of ready) done.reject(error);
    }
  }

  async #withWorkers<Result>(use: (workers: EmbeddedWorkers) => Promise<Result>): Promise<Result> {
    const workers = await this.#runningWorkers();
    try {
      return await use(workers);
    } catch (error) {
      if (isDamage(error)) {
        this.#damaged = true;
        await workers.terminate();
      }
      throw error;
    }
  }

  /** Starts them again after they stopped, with a new file when the old one proved damaged. */
  async #runningWorkers(): Promise<EmbeddedWorkers> {
    const starting = (this.#workers ??= this.#startWorkers());
    try {
      const workers = await starting;
      if (!workers.stopped) return workers;
      await workers.terminate();
    } catch (error) {
      this.#forget(starting);
      throw error;
    }
    this.#forget(starting);
    return this.#runningWorkers();
  }

  async #startWorkers(): Promise<EmbeddedWorkers> {
    const workers = await this.#start(this.#damaged);
    this.#damaged = false;
    return workers;
  }

  #forget(starting: Promise<EmbeddedWorkers>): void {
    if (this.#workers === starting) this.#workers = null;
  }

  #refuseWhenClosed(): void {
    if (this.#closing === null) return;
    throw new IndexError('the index is closed', { retryable: false });
  }
}

function checkStaged(page: IndexedPage, sourceId: string): void {
  if (page.scope === 'public' && page.sourceId === sourceId) return;
  throw new IndexError(`${page.url} is no public page of the source ${sourceId}`, {
    retryable: false,
  });
}
