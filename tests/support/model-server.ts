import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

import { readBody, sendJson, startServer } from './loopback-server.ts';

/** What the model server does with one request. */
export type ModelBehaviour = ModelAnswer | ModelRefusal | RawAnswer | ModelSilence;

/** A streamed completion; the defaults are a good server's. */
export interface ModelAnswer {
  kind: 'answer';
  /** Tokens as they are sent; a single text is cut into words. */
  text?: string | readonly string[];
  /** Sent before the text as `reasoning_content`. */
  reasoning?: readonly string[];
  /** Null sends none. */
  finishReason?: string | null;
  /** Whether `[DONE]` ends the stream. */
  done?: boolean;
  /** What happens when all tokens are out, instead of a finish. */
  thenFault?: 'cut' | 'hang' | 'error-object' | 'bad-json';
  /** Milliseconds until the first token; the response head goes out before. */
  firstTokenMs?: number;
  tokensPerSecond?: number;
  /** Cuts the stream into writes of so many bytes, through characters and events alike. */
  splitBytes?: number;
  /** Line ends of the event stream. */
  lineEnd?: '\n' | '\r\n';
}

export interface ModelRefusal {
  kind: 'status';
  status: number;
  headers?: Record<string, string>;
  /** JSON; by default an error object as OpenAI's. */
  body?: unknown;
}

/** Bytes as they are. */
export interface RawAnswer {
  kind: 'raw';
  body: string | Uint8Array;
  contentType?: string;
  status?: number;
  /** Leaves the answer open after the bytes. */
  open?: boolean;
  /** Cuts them into writes of so many, each in a packet of its own. */
  splitBytes?: number;
}

/** `html` is a sign-in page, `hang` never answers, `reset` cuts the connection before it does. */
export interface ModelSilence {
  kind: 'html' | 'hang' | 'reset';
}

export interface ModelRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    stream?: boolean;
    max_tokens?: number;
    max_completion_tokens?: number;
    temperature?: number;
  };
  /** From 0. */
  index: number;
  /** Resolves when the client closed the connection before the answer was complete. */
  closedEarly: Promise<void>;
}

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:4711/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly ModelRequest[];
  /** TCP connections that brought a request. */
  readonly connections: number;
  /** Resolves with the request of that index, once it has arrived. */
  request(index: number): Promise<ModelRequest>;
  close(): Promise<void>;
}

/** An OpenAI-compatible chat server on loopback that behaves, or misbehaves, as it is told. */
export async function startModelServer(
  behaviour: ModelBehaviour | ((request: ModelRequest) => ModelBehaviour),
  options: { host?: string; port?: number } = {},
): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const arrivals = new Map<number, PromiseWithResolvers<ModelRequest>>();
  const sockets = new Set<unknown>();
  const arrival = (index: number): PromiseWithResolvers<ModelRequest> => {
    const known = arrivals.get(index) ?? Promise.withResolvers<ModelRequest>();
    arrivals.set(index, known);
    return known;
  };
  const server = await startServer(async (incoming, response) => {
    sockets.add(incoming.socket);
    const closed = Promise.withResolvers<void>();
    response.once('close', () => {
      if (!response.writableFinished) closed.resolve();
    });
    const request: ModelRequest = {
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: JSON.parse(await readBody(incoming)) as ModelRequest['body'],
      index: requests.length,
      closedEarly: closed.promise,
    };
    requests.push(request);
    arrival(request.index).resolve(request);
    await behave(
      typeof behaviour === 'function' ? behaviour(request) : behaviour,
      request,
      response,
    );
  }, options);
  return {
    baseUrl: `${server.url}/v1`,
    requests,
    get connections() {
      return sockets.size;
    },
    request: (index) => arrival(index).promise,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

async function behave(
  behaviour: ModelBehaviour,
  request: ModelRequest,
  response: ServerResponse,
): Promise<void> {
  switch (behaviour.kind) {
    case 'answer':
      return request.body.stream === true
        ? await streamAnswer(behaviour, request, response)
        : wholeAnswer(behaviour, request, response);
    case 'status': {
      const message = `refused with ${behaviour.status}`;
      for (const [name, value] of Object.entries(behaviour.headers ?? {})) {
        response.setHeader(name, value);
      }
      return sendJson(response, behaviour.body ?? { error: { message } }, behaviour.status);
    }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Sign in</title><p>Please sign in.');
      return;
    case 'raw':
      response.writeHead(behaviour.status ?? 200, {
        'content-type': behaviour.contentType ?? 'text/event-stream',
      });
      await writeSplit(response, Buffer.from(behaviour.body), behaviour.splitBytes);
      if (behaviour.open !== true) response.end();
      return;
    case 'reset':
      response.destroy();
      return;
    case 'hang':
  }
}

async function streamAnswer(
  answer: ModelAnswer,
  request: ModelRequest,
  response: ServerResponse,
): Promise<void> {
  const { finishReason = 'stop', done = true, lineEnd = '\n' } = answer;
  const tokens = tokensOf(answer);
  const event = (data: string): string => `data: ${data}${lineEnd}${lineEnd}`;
  const chunk = (delta: object, reason: string | null = null): string =>
    event(
      JSON.stringify({
        id: `completion-${request.index}`,
        object: 'chat.completion.chunk',
        created: 1_790_000_000,
        model: request.body.model,
        choices: [{ index: 0, delta, finish_reason: reason }],
      }),
    );
  const end = new AbortController();
  response.once('close', () => {
    end.abort();
  });
  const write = (text: string): Promise<void> =>
    writeSplit(response, Buffer.from(text), answer.splitBytes);
  const wait = async (ms: number): Promise<void> => {
    if (ms > 0) await pause(ms, undefined, { signal: end.signal });
  };

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  try {
    await write(chunk({ role: 'assistant', content: '' }));
    const startedAt = performance.now();
    const firstAt = answer.firstTokenMs ?? 0;
    for (const [index, token] of tokens.entries()) {
      // By the clock, not by the token, so that rounding up timers does not slow the rate.
      const dueAt = firstAt + (index / (answer.tokensPerSecond ?? Infinity)) * 1000;
      await wait(dueAt - (performance.now() - startedAt));
      await write(chunk(token));
    }
    if (answer.thenFault === 'hang') return;
    if (answer.thenFault === 'cut') {
      // What was written has to leave before the connection breaks.
      await new Promise((resolve) => void response.write(': cut\n\n', resolve));
      response.destroy();
      return;
    }
    if (answer.thenFault === 'error-object') {
      await write(event(JSON.stringify({ error: { message: 'out of memory', code: 500 } })));
    } else if (answer.thenFault === 'bad-json') {
      await write(event('{"choices": ['));
    } else {
      if (finishReason !== null) await write(chunk({}, finishReason));
      if (done) await write(event('[DONE]'));
    }
    response.end();
  } catch (error) {
    if (!end.signal.aborted) throw error;
  }
}

async function writeSplit(
  response: ServerResponse,
  bytes: Buffer,
  size: number = bytes.length,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    // Each part in a packet of its own, or the client would see one chunk.
    if (size < bytes.length) await new Promise((resolve) => void setImmediate(resolve));
  }
}

function wholeAnswer(answer: ModelAnswer, request: ModelRequest, response: ServerResponse): void {
  const content = tokensOf(answer)
    .map((token) => ('content' in token ? token.content : ''))
    .join('');
  sendJson(response, {
    id: `completion-${request.index}`,
    object: 'chat.completion',
    created: 1_790_000_000,
    model: request.body.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content },
        finish_reason: answer.finishReason ?? 'stop',
      },
    ],
  });
}

type Token = { content: string } | { reasoning_content: string };

function tokensOf({ text = [], reasoning = [] }: ModelAnswer): Token[] {
  const pieces = typeof text === 'string' ? (text.match(/\s*\S+|\s+$/gu) ?? []) : text;
  return [
    ...reasoning.map((piece) => ({ reasoning_content: piece })),
    ...pieces.map((piece) => ({ content: piece })),
  ];
}
