import { parentPort } from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';
import type { Envelope } from './worker-calls.ts';

export interface ServeCallsOptions<Reply, Failure> {
  /** Describes an error so that it can cross between threads. */
  toFailure: (error: unknown) => Failure;
  /** What of a reply moves to the asker instead of being copied. */
  transferOf?: (reply: Reply) => Transferable[];
}

/** The worker's end of `WorkerCalls`: answers each request. Does nothing outside a worker. */
export function serveCalls<Request, Reply extends { kind: string }, Failure>(
  answer: (request: Request) => Reply | Promise<Reply>,
  { toFailure, transferOf = () => [] }: ServeCallsOptions<Reply, Failure>,
): void {
  parentPort?.on('message', async ({ call, message }: Envelope<Request>) => {
    try {
      const reply = await answer(message);
      parentPort?.postMessage({ call, message: reply }, transferOf(reply));
    } catch (error) {
      const failed = { kind: 'failed', failure: toFailure(error) };
      parentPort?.postMessage({ call, message: failed }, []);
    }
  });
}
