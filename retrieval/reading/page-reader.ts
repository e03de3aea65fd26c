import { Worker } from 'node:worker_threads';
import type { FetchedPage } from '../crawl/fetch-page.ts';
import { PageError } from '../errors.ts';
import type { Scope } from '../index/passage-index.ts';
import type { PageToRead, ReadPage } from './passages-of-page.ts';
import { ReaderThread } from './reader-thread.ts';

export interface PageReader {
  /**
   * Text, passages and their lexical vectors, made in another thread; `dense` is null.
   * @throws {PageError} when there is no text in it, or what it takes to find it is too much
   */
  read(page: FetchedPage, options: { scope: Scope; signal: AbortSignal }): Promise<ReadPage>;
  /** Pages are on their way: a thread loads its code meanwhile. */
  warm(): void;
  /** Ends all threads; what is still being read fails (`cancelled`). */
  close(): Promise<void>;
}

export interface PageReaderOptions {
  threads?: number;
  /** What one page may take. */
  pageMs?: number;
  /** What a thread may hold while it reads a page, in megabytes. */
  maxHeapMb?: number;
  /** How long a page may hold up those behind it before they get another thread. */
  growAfterMs?: number;
  /** Threads end after so long without a page: each holds tens of megabytes. */
  idleMs?: number;
  /** Pages that wait; each is in memory. */
  maxWaiting?: number;
  startWorker?: (entry: URL) => Worker;
}

/** Reads pages off the main thread: a page of megabytes takes seconds, and chats would wait for it. */
export function createPageReader({
  threads: maxThreads = 2,
  pageMs = 4000,
  maxHeapMb = 256,
  growAfterMs = 800,
  idleMs = 60_000,
  maxWaiting = 2000,
  startWorker = (entry) => new Worker(entry, { resourceLimits: LIMITS }),
}: PageReaderOptions = {}): PageReader {
  const threads = new Set<ReaderThread>();
  const waiting: Job[] = [];
  const underWay = new Set<Job>();
  let idleTimer: NodeJS.Timeout | undefined;
  let closed = false;

  const startThread = (): ReaderThread => {
    const thread = new ReaderThread({ pageMs, maxHeapMb, startWorker });
    threads.add(thread);
    return thread;
  };

  /** Many small pages are done sooner by one thread than by two that fight over the cores. */
  const mayGrow = (): boolean => {
    if (threads.size === 0) return true;
    const latest = performance.now() - growAfterMs;
    return (
      threads.size < maxThreads &&
      [...threads].some(({ busySince }) => busySince !== null && busySince <= latest)
    );
  };

  const freeThread = (): ReaderThread | undefined => {
    for (const thread of threads) if (thread.stopped) threads.delete(thread);
    const free = [...threads].find(isFree);
    return free ?? (mayGrow() ? startThread() : undefined);
  };

  const giveWork = (): void => {
    while (waiting.length > 0) {
      const thread = freeThread();
      const job = thread === undefined ? undefined : waiting.shift();
      if (thread === undefined || job === undefined) return;
      void work(thread, job);
    }
  };

  const work = async (thread: ReaderThread, job: Job): Promise<void> => {
    clearTimeout(idleTimer);
    underWay.add(job);
    const growTimer = setInterval(giveWork, growAfterMs);
    try {
      job.done.resolve(await thread.read(job.page, job.scope));
    } catch (error) {
      job.done.reject(error);
    } finally {
      clearInterval(growTimer);
      underWay.delete(job);
      giveWork();
      endSpare(thread);
      if (underWay.size === 0) endWhenIdle();
    }
  };

  /** One free thread is enough to begin with when more pages come. */
  const endSpare = (thread: ReaderThread): void => {
    if (!isFree(thread) || [...threads].filter(isFree).length < 2) return;
    threads.delete(thread);
    void thread.end();
  };

  const endWhenIdle = (): void => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => void endThreads(), idleMs);
    idleTimer.unref();
  };

  const endThreads = async (): Promise<void> => {
    const ending = [...threads];
    threads.clear();
    await Promise.all(ending.map((thread) => thread.end()));
  };

  return {
    async read(fetched, { scope, signal }) {
      if (closed || signal.aborted) throw cancelled(signal.reason);
      if (waiting.length >= maxWaiting) {
        throw new PageError('too many pages at once', { retryable: true });
      }
      const job: Job = { page: pageToRead(fetched), scope, done: Promise.withResolvers() };
      const cancel = (): void => {
        const at = waiting.indexOf(job);
        if (at !== -1) waiting.splice(at, 1);
        job.done.reject(cancelled(signal.reason));
      };
      signal.addEventListener('abort', cancel, { once: true });
      waiting.push(job);
      giveWork();
      try {
        return await job.done.promise;
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    warm() {
      if (closed || underWay.size > 0) return;
      freeThread();
      endWhenIdle();
    },
    async close() {
      closed = true;
      clearTimeout(idleTimer);
      for (const job of [...waiting.splice(0), ...underWay]) job.done.reject(cancelled(null));
      await endThreads();
    },
  };
}

function isFree({ busySince, stopped }: ReaderThread): boolean {
  return busySince === null && !stopped;
}

interface Job {
  page: PageToRead;
  scope: Scope;
  done: PromiseWithResolvers<ReadPage>;
}

/** Far above what a page may take, for at this limit V8 may end the process and not the thread. */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 3 };

/** Only what the text is made of crosses: a document's bytes, or text that is decoded already. */
function pageToRead({ requestedUrl: _requestedUrl, ...page }: FetchedPage): PageToRead {
  return page.text === '' ? page : { ...page, bytes: new Uint8Array() };
}

function cancelled(cause: unknown): PageError {
  return new PageError('cancelled', { retryable: true, cause });
}
