import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { CallLog } from './call-log.ts';
import { checkCall, methodNamed } from './check-call.ts';
import type { FakeState } from './fake-state.ts';
import type { TelegramFault } from './fake-telegram.ts';
import { ALL_METHODS } from './methods/all-methods.ts';
import { Refusal } from './refusal.ts';
import { readRequestBody } from './request-body.ts';
import type { RequestBody } from './request-body.ts';

export interface ApiServerOptions {
  host: string;
  port: number;
  token: string;
  state: FakeState;
  log: CallLog;
}

/** The Bot API over HTTP. */
export interface ApiServer {
  url: string;
  close(): Promise<void>;
}

export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const stopped = new AbortController();
  const server = createServer((request, response) => {
    void respond(request, response, { ...options, stopped: stopped.signal });
  });
  await listen(server, options);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  return {
    url: `http://${options.host}:${port}`,
    async close() {
      stopped.abort();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

/** Does a call that did not come over HTTP: one in the bot's answer to a webhook. */
export async function doCall(
  name: string,
  body: RequestBody,
  { state, log, gone }: { state: FakeState; log: Pick<CallLog, 'record'>; gone: AbortSignal },
): Promise<CallOutcome> {
  const method = methodNamed(name) ?? name;
  let outcome: CallOutcome;
  let payload: Record<string, unknown> = { ...body.parameters };
  try {
    if (methodNamed(name) === null) throw new Refusal(404, 'Not Found: method not found');
    payload = checkCall(method, body);
    const run = ALL_METHODS.get(method);
    if (run === undefined)
      throw new Refusal(501, `Not Implemented: the fake does not do ${method}`);
    const running = run(payload, { state, method, uploads: body.uploads, gone });
    // Whoever hears of a message finds the call in the log: nothing comes between the two.
    const result = running instanceof Promise ? await running : running;
    outcome = { result, refusal: null, payload };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome = { result: null, refusal: error, payload };
  }
  if (method !== 'getUpdates') record(log, method, outcome);
  return outcome;
}

interface CallOutcome {
  result: unknown;
  refusal: Refusal | null;
  payload: Record<string, unknown>;
}

function record(
  log: Pick<CallLog, 'record'>,
  method: string,
  { result, refusal, payload }: CallOutcome,
): void {
  const description = refusal?.message ?? null;
  log.record({ method, payload, ok: refusal === null, description, result });
}

type Exchange = Pick<ApiServerOptions, 'token' | 'state' | 'log'> & { stopped: AbortSignal };

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, isFile, token, rest = ''] =
      /^\/(file\/)?bot([^/]+)\/(.+)$/u.exec(decodeURI(url.pathname)) ?? [];
    if (isFile !== undefined && token === exchange.token) sendFile(response, rest, exchange);
    else
      await respondToCall(request, response, {
        ...exchange,
        url,
        name: rest,
        isKnown: token === exchange.token,
      });
  } catch (error) {
    if (response.destroyed) return;
    if (error instanceof Refusal) sendRefusal(response, error);
    else sendRefusal(response, new Refusal(500, `Internal Server Error: ${String(error)}`));
  }
}

async function respondToCall(
  request: IncomingMessage,
  response: ServerResponse,
  {
    state,
    log,
    stopped,
    url,
    name,
    isKnown,
  }: Exchange & { url: URL; name: string; isKnown: boolean },
): Promise<void> {
  const body = await readRequestBody(request, url);
  const method = methodNamed(name) ?? name;
  if (!isKnown) {
    const refusal = new Refusal(401, 'Unauthorized');
    record(log, method, { result: null, refusal, payload: body.parameters });
    throw refusal;
  }
  if (method === 'getUpdates') log.polls += 1;
  const fault = log.faultFor(method);
  if (fault !== null && isBefore(fault)) {
    play(fault, response, () => {
      if (method === 'getUpdates') return;
      const description = fault.type === 'refusal' ? fault.description : fault.type;
      log.record({ method, payload: body.parameters, ok: false, description, result: null });
    });
    return;
  }
  const left = new AbortController();
  response.once('close', () => left.abort());
  const gone = AbortSignal.any([left.signal, stopped]);
  if (fault?.type === 'lost-answer') {
    const { result, payload } = await doCall(name, body, { state, log: SILENT, gone });
    log.record({ method, payload, ok: false, description: fault.type, result });
    if (fault.code === undefined) response.destroy();
    else sendRefusal(response, new Refusal(fault.code, 'Gateway Timeout'));
    return;
  }
  const { result, refusal } = await doCall(name, body, { state, log, gone });
  if (fault?.type === 'slow') await pause(fault.ms, gone);
  if (gone.aborted) return;
  if (refusal !== null) throw refusal;
  sendJson(response, 200, { ok: true, result });
}

type EarlyFault = Extract<TelegramFault, { type: 'refusal' | 'malformed' | 'hang-up' }>;

function isBefore(fault: TelegramFault): fault is EarlyFault {
  return fault.type !== 'lost-answer' && fault.type !== 'slow';
}

function play(fault: EarlyFault, response: ServerResponse, record: () => void): void {
  record();
  if (fault.type === 'hang-up') response.destroy();
  else if (fault.type === 'malformed') response.end('<html>502 Bad Gateway</html>');
  else {
    const { code, description, retryAfter } = fault;
    const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
    sendRefusal(response, new Refusal(code, description, parameters));
  }
}

function sendFile(response: ServerResponse, path: string, { state, log }: Exchange): void {
  const file = state.files.atPath(path);
  if (file === null) throw new Refusal(404, 'Not Found');
  const fault = log.faultFor('download');
  if (fault?.type === 'refusal') throw new Refusal(fault.code, fault.description);
  const { length } = file.content;
  response.writeHead(200, { 'content-type': file.mimeType, 'content-length': length });
  if (fault !== null) {
    response.write(file.content.subarray(0, Math.floor(length / 2)), () => response.destroy());
    return;
  }
  response.end(file.content);
}

function sendRefusal(response: ServerResponse, { code, message, parameters }: Refusal): void {
  const hasParameters = Object.keys(parameters).length > 0;
  sendJson(response, code, {
    ok: false,
    error_code: code,
    description: message,
    ...(hasParameters && { parameters }),
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

async function listen(server: Server, { host, port }: ApiServerOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
  server.off('error', reject);
}

/** For a call whose outcome is recorded elsewhere. */
const SILENT: Pick<CallLog, 'record'> = { record() {} };
