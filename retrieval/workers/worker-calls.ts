import type { Transferable, Worker } from 'node:worker_threads';

/** Pairs a reply with its request. */
export interface Envelope<Message> {
  call: number;
  message: Message;
}

export interface WorkerCallsOptions<Failure> {
  /** A failure that crossed from the worker, as an error. */
  toError: (failure: Failure) => Error;
  /** A worker that does not do its part: `what` goes on from its name, as in `stopped`. */
  toFault: (what: string, details: { retryable: boolean; cause?: unknown }) => Error;
}

/** Requests to one worker and their replies. When the worker ends, what is pending fails. */
export class WorkerCalls<
  Request extends { kind: string },
  Reply extends { kind: string },
  Failure = Extract<Reply, { kind: 'failed' }> extends { failure: infer Sent } ? Sent : never,
> {
  readonly #worker: Worker;
  readonly #options: WorkerCallsOptions<Failure>;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly ended: Promise<void>;
  #calls = 0;
  #end: Error | null = null;

  constructor(worker: Worker, options: WorkerCallsOptions<Failure>) {
    this.#worker = worker;
    this.#options = options;
    worker.on('message', (reply: Envelope<unknown>) => {
      this.#pending.get(reply.call)?.resolve(reply.message);
      this.#pending.delete(reply.call);
    });
    const ended = Promise.withResolvers<void>();
    this.ended = ended.promise;
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      this.#end = options.toFault('stopped', { retryable: true, cause });
      for (const call of this.#pending.values()) call.reject(this.#end);
      this.#pending.clear();
      ended.resolve();
    });
  }

  /**
   * What is in `transfer` moves to the worker and is gone here.
   * @throws {Error} what the worker failed with, or that it stopped
   */
  async ask<Kind extends Reply['kind']>(
    request: Request,
    kind: Kind,
    transfer: readonly Transferable[] = [],
  ): Promise<Extract<Reply, { kind: Kind }>> {
    if (this.#end !== null) throw this.#end;
    this.#calls += 1;
    const answer = Promise.withResolvers<unknown>();
    this.#pending.set(this.#calls, answer);
    const envelope: Envelope<Request> = { call: this.#calls, message: request };
    this.#worker.postMessage(envelope, transfer);
    const reply = (await answer.promise) as Reply;
    if (isFailed<Failure>(reply)) throw this.#options.toError(reply.failure);
    if (isOfKind(reply, kind)) return reply;
    const what = `answered ${request.kind} with ${reply.kind}`;
    throw this.#options.toFault(what, { retryable: false });
  }

  get stopped(): boolean {
    return this.#end !== null;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}

function isFailed<Failure>(reply: { kind: string }): reply is { kind: 'failed'; failure: Failure } {
  return reply.kind === 'failed';
}

function isOfKind<Reply extends { kind: string }, Kind extends string>(
  reply: Reply,
  kind: Kind,
): reply is Extract<Reply, { kind: Kind }> {
  return reply.kind === kind;
}
