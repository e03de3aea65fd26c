import { Api, HttpError } from 'grammy';
import type { Transformer } from 'grammy';

/** An API that answers by itself, without a network, so that a test decides when and what. */
export interface ScriptedApi {
  readonly api: Api;
  readonly calls: readonly ApiCall[];
  callsOf(method: string): ApiCall[];
  /** What the next call gets instead of success. */
  failNext(fault: ApiFault): void;
  /** The next call is answered when the returned function is called. */
  holdNext(): () => void;
}

export interface ApiCall {
  method: string;
  payload: Record<string, unknown>;
}

export type ApiFault = { code: number; description: string; retryAfter?: number } | 'lost-answer';

export function scriptedApi(): ScriptedApi {
  const calls: ApiCall[] = [];
  const faults: ApiFault[] = [];
  const held: Promise<void>[] = [];
  const answer: Transformer = async (_prev, method, payload) => {
    calls.push({ method, payload: { ...payload } });
    await held.shift();
    const fault = faults.shift();
    if (fault === 'lost-answer') throw new HttpError('Lost.', new Error('socket hang up'));
    if (fault !== undefined) {
      const { code, description, retryAfter } = fault;
      const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
      return { ok: false, error_code: code, description, parameters };
    }
    const result = method === 'sendMessage' ? { message_id: 500 + calls.length } : true;
    return { ok: true, result: result as never };
  };
  const api = new Api('42:secret');
  api.config.use(answer);
  return {
    api,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    failNext: (fault) => faults.push(fault),
    holdNext() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.push(promise);
      return resolve;
    },
  };
}
