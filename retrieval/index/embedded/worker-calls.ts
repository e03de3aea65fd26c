import type { Worker } from 'node:worker_threads';
import { IndexError } from '../../errors.ts';
import { toError } from './failure.ts';
import type { Envelope, Failure } from './messages.ts';

/** Requests to one worker and their replies. When the worker ends, what is pending fails. */
export class WorkerCalls<
  Request extends { kind: string },
  Reply extends { kind: string } | { kind: 'failed'; failure: Failure },
> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly ended: Promise<void>;
  #calls = 0;
  #end: IndexError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
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
      this.#end = new IndexError('a worker of the index stopped', { retryable: true, cause });
      for (const call of this.#pending.values()) call.reject(this.#end);
      this.#pending.clear();
      ended.resolve();
    });
  }

  /** @throws {IndexError} what the worker failed with, or that it stopped */
  async ask<Kind extends Reply['kind']>(
    request: Request,
    kind: Kind,
  ): Promise<Extract<Reply, { kind: Kind }>> {
    if (this.#end !== null) throw this.#end;
    this.#calls += 1;
    const answer = Promise.withResolvers<unknown>();
    this.#pending.set(this.#calls, answer);
    const envelope: Envelope<Request> = { call: this.#calls, message: request };
    this.#worker.postMessage(envelope, []);
    const reply = (await answer.promise) as Reply;
    if (isFailed(reply)) throw toError(reply.failure);
    if (isOfKind(reply, kind)) return reply;
    throw new IndexError(`a worker of the index answered ${request.kind} with ${reply.kind}`, {
      retryable: false,
    });
  }

  get stopped(): boolean {
    return this.#end !== null;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}

function isFailed(reply: { kind: string }): reply is { kind: 'failed'; failure: Failure } {
  return reply.kind === 'failed';
}

function isOfKind<Reply extends { kind: string }, Kind extends string>(
  reply: Reply,
  kind: Kind,
): reply is Extract<Reply, { kind: Kind }> {
  return reply.kind === kind;
}
