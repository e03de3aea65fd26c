import { parentPort } from 'node:worker_threads';
import { toFailure } from './failure.ts';
import type { Envelope, Failure } from './messages.ts';

/** The worker's end of `WorkerCalls`: answers each request, in order. Does nothing outside a worker. */
export function serveCalls<Request, Reply>(
  answer: (request: Request) => Reply | { kind: 'failed'; failure: Failure },
): void {
  parentPort?.on('message', ({ call, message }: Envelope<Request>) => {
    const reply: Envelope<unknown> = { call, message: answerOrFail(answer, message) };
    parentPort?.postMessage(reply, []);
  });
}

function answerOrFail<Request>(answer: (request: Request) => unknown, request: Request): unknown {
  try {
    return answer(request);
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) };
  }
}
