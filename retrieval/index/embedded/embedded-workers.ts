import type { Worker } from 'node:worker_threads';
import { IndexError } from '../../errors.ts';
import { WorkerCalls } from '../../workers/worker-calls.ts';
import { isDamage, toError } from './failure.ts';
import type {
  Failure,
  ScannerReply,
  ScannerRequest,
  WriteOperation,
  WriterReply,
  WriterRequest,
} from './messages.ts';

export interface StartOptions {
  folder: string;
  onProblem: (sentence: string) => void;
  startWorker: (entry: URL) => Worker;
  looksEveryMs: number;
  /** Start with a new file: the one there is damaged. */
  setAside: boolean;
}

/** The writer and the scanner of one index file. They live and end together. */
export class EmbeddedWorkers {
  readonly scanner: WorkerCalls<ScannerRequest, ScannerReply>;
  readonly #writer: WorkerCalls<WriterRequest, WriterReply>;

  /** @throws {IndexError} */
  static async start(options: StartOptions): Promise<EmbeddedWorkers> {
    const workers = new EmbeddedWorkers(options.startWorker);
    try {
      await workers.#open(options);
      return workers;
    } catch (error) {
      await workers.terminate();
      // The scanner reads more of the file than the writer checks before it.
      if (!isDamage(error) || options.setAside) throw error;
      return await EmbeddedWorkers.start({ ...options, setAside: true });
    }
  }

  private constructor(startWorker: (entry: URL) => Worker) {
    const writer = startWorker(new URL('../embedded-writer.ts', import.meta.url));
    const scanner = startWorker(new URL('../embedded-scanner.ts', import.meta.url));
    this.#writer = new WorkerCalls(writer, { toError, toFault });
    this.scanner = new WorkerCalls(scanner, { toError, toFault });
    // A scanner without its writer would answer from a file that nobody keeps, and a writer
    // without its scanner would acknowledge pages that no query sees.
    void Promise.race([this.#writer.ended, this.scanner.ended]).then(() => this.terminate());
  }

  /** Whether either has ended, for whatever reason. */
  get stopped(): boolean {
    return this.#writer.stopped || this.scanner.stopped;
  }

  /**
   * One transaction. When it resolves, every query that is asked from then on sees what it did. The
   * vectors of its pages move to the writer and are gone here.
   */
  async commit(operations: WriteOperation[]): Promise<{ outcomes: (Failure | null)[] }> {
    const request: WriterRequest = { kind: 'commit', operations };
    const { outcomes, changes } = await this.#writer.ask(
      request,
      'committed',
      buffersOf(operations),
    );
    // The scanner takes its requests in order. Should it fail on this one, both start again and
    // the pages are read from the file.
    this.scanner.ask({ kind: 'apply', changes }, 'applied').catch(() => this.terminate());
    return { outcomes };
  }

  async close(): Promise<void> {
    try {
      // The last connection to close brings the log into the file, which only the writer's can.
      await this.scanner.ask({ kind: 'close' }, 'closed');
      await this.#writer.ask({ kind: 'close' }, 'closed');
    } catch (error) {
      // What was acknowledged is safe in the log.
      if (!this.stopped) throw error;
    } finally {
      await this.terminate();
    }
  }

  async terminate(): Promise<void> {
    await Promise.all([this.#writer.terminate(), this.scanner.terminate()]);
  }

  async #open({ folder, setAside, onProblem, looksEveryMs }: StartOptions): Promise<void> {
    const opened = await this.#writer.ask({ kind: 'open', folder, setAside }, 'opened');
    for (const problem of opened.problems) onProblem(problem);
    await this.scanner.ask({ kind: 'load', file: opened.file, looksEveryMs }, 'loaded');
  }
}

function buffersOf(operations: readonly WriteOperation[]): ArrayBuffer[] {
  return operations.flatMap((operation) => {
    if (!('page' in operation)) return [];
    const { terms, grams, dense } = operation.page;
    return [terms.buffer, grams.buffer, ...(dense === null ? [] : [dense.buffer])];
  });
}

function toFault(what: string, details: { retryable: boolean; cause?: unknown }): IndexError {
  return new IndexError(`a worker of the index ${what}`, details);
}
