import type { Worker } from 'node:worker_threads';
import { PageError } from '../errors.ts';
import type { Scope } from '../index/passage-index.ts';
import { WorkerCalls } from '../workers/worker-calls.ts';
import { splitPage, toError } from './messages.ts';
import type { ReaderReply, ReaderRequest } from './messages.ts';
import type { PageToRead, ReadPage } from './passages-of-page.ts';

export interface ReaderThreadOptions {
  /** What one page may take once the thread has its code. */
  pageMs: number;
  /** What the thread may hold while it reads a page. */
  maxHeapMb: number;
  startWorker: (entry: URL) => Worker;
}

/** One thread that reads one page at a time. A page that it cannot bear ends it. */
export class ReaderThread {
  readonly #worker: Worker;
  readonly #calls: WorkerCalls<ReaderRequest, ReaderReply>;
  readonly #warm: Promise<unknown>;
  readonly #limits: { pageMs: number; maxHeapMb: number };
  /** By `performance.now()`, Infinity while it still loads its code; null while it has nothing to do. */
  busySince: number | null = null;

  constructor({ pageMs, maxHeapMb, startWorker }: ReaderThreadOptions) {
    this.#limits = { pageMs, maxHeapMb };
    this.#worker = startWorker(new URL('./page-reader-worker.ts', import.meta.url));
    this.#calls = new WorkerCalls(this.#worker, { toError, toFault });
    this.#warm = this.#calls.ask({ kind: 'warm' }, 'warm').finally(() => this.#letProcessEnd());
    // Whoever reads hears of it; with nobody reading it is the next who does.
    this.#warm.catch(() => {});
  }

  get stopped(): boolean {
    return this.#calls.stopped;
  }

  /** @throws {PageError} also when the page took the thread down */
  async read(page: PageToRead, scope: Scope): Promise<ReadPage> {
    this.busySince = Infinity;
    this.#worker.ref();
    let watch: Watch | undefined;
    try {
      await this.#warm;
      this.busySince = performance.now();
      watch = this.#watch();
      const request: ReaderRequest = { kind: 'read', page, scope };
      const reply = await this.#calls.ask(request, 'passages');
      return splitPage(reply.page);
    } catch (error) {
      throw watch?.excess() ?? error;
    } finally {
      watch?.end();
      this.busySince = null;
      this.#letProcessEnd();
    }
  }

  async end(): Promise<void> {
    await this.#calls.terminate();
  }

  /**
   * Ends the thread when its page takes too long or too much. That a heap is nearly full has to be
   * seen from here: at its own limit V8 may end the whole process instead of the thread, by the shape
   * of what was asked for last (https://github.com/nodejs/node/issues/47224).
   */
  #watch(): Watch {
    const { pageMs, maxHeapMb } = this.#limits;
    const endsAt = performance.now() + pageMs;
    let excess: PageError | null = null;
    const exceed = (message: string): void => {
      excess ??= new PageError(message, { retryable: false });
      void this.end();
    };
    const look = async (): Promise<void> => {
      if (performance.now() >= endsAt) exceed('too complex to read in time');
      else if ((await this.#heapMb()) > maxHeapMb) exceed('too complex to read');
    };
    const timer = setInterval(() => void look(), Math.min(pageMs, WATCH_MS));
    return { excess: () => excess, end: () => clearInterval(timer) };
  }

  async #heapMb(): Promise<number> {
    try {
      const heap = await this.#worker.getHeapStatistics();
      return (heap.total_heap_size + heap.external_memory) / 1024 / 1024;
    } catch {
      // It has ended meanwhile, and its page is told by that.
      return 0;
    }
  }

  #letProcessEnd(): void {
    if (this.busySince === null) this.#worker.unref();
  }
}

interface Watch {
  /** Why the thread was ended. */
  excess(): PageError | null;
  end(): void;
}

/** Usual pages are read before the first look. */
const WATCH_MS = 50;

/** The heap's limit is the one thing but a fault of ours that a thread stops by. */
function toFault(what: string, details: { retryable: boolean; cause?: unknown }): Error {
  const { cause } = details;
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new PageError('too complex to read', { retryable: false, cause });
  }
  return new Error(`a thread that reads pages ${what}`, { cause });
}
