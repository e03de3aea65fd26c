import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:4711`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Every request in order of arrival, for assertions about what was and was not asked. */
  readonly requests: readonly RecordedRequest[];
  /** Cuts open connections too, so that a handler which never answers holds nothing up. Idempotent. */
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export type LoopbackHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

export interface LoopbackServerOptions {
  /** Any address of 127.0.0.0/8 on Linux, so that a test can have many hosts. */
  host?: string;
  /** 0 takes any free port. */
  port?: number;
}

/** A real HTTP server on loopback. A handler that throws answers 500 with the error's text. */
export async function startServer(
  handler: LoopbackHandler,
  { host = '127.0.0.1', port = 0 }: LoopbackServerOptions = {},
): Promise<LoopbackServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
    });
    void answer(handler, request, response);
  });
  const boundPort = await listen(server, host, port);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return {
    url: `http://${host}:${boundPort}`,
    host,
    port: boundPort,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Reads a request's whole body as UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function answer(
  handler: LoopbackHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await handler(request, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(String(error));
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
