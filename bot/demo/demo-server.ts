import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { DemoChats } from './demo-chats.ts';
import { PageRequestError } from './page-api.ts';
import type { PageApi } from './page-api.ts';
import { streamEvents } from './page-events.ts';
import type { PageFile } from './page-files.ts';

/** What the server of the demo answers from. */
export interface DemoSite {
  web: {
    handles(host: string): boolean;
    handle(request: IncomingMessage, response: ServerResponse): void;
  };
  search: { handle(request: IncomingMessage, response: ServerResponse): void };
  files: (path: string) => Promise<PageFile | null>;
  chats: DemoChats;
  api: PageApi;
}

export interface DemoServer extends AsyncDisposable {
  readonly port: number;
  /** Answers from this from now on; until then everybody is told to come back. */
  open(site: DemoSite): void;
  /** Closes at once, with what is under way. */
  close(): Promise<void>;
}

/** The demo cannot start. The message is one sentence that says what to do. */
export class DemoError extends Error {
  override name = 'DemoError';
}

/**
 * One server on this machine's own address for the page, its API, the bundled web and its search: the
 * Host header tells a site of the web from the page.
 * @throws {DemoError} when the port cannot be had.
 */
export async function startDemoServer({ port }: { port: number }): Promise<DemoServer> {
  let site: DemoSite | null = null;
  const server = createServer((request, response) => {
    if (site === null) {
      response.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    answer(site, request, response, listening).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof PageRequestError) {
        sendJson(response, error.status, { error: error.message });
      } else sendJson(response, 500, { error: 'The demo has a fault of its own.' });
    });
  });
  const listening = await listen(server, port);
  const close = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    server.closeAllConnections();
    await promise;
  };
  return {
    port: listening,
    open: (opened) => {
      site = opened;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
  server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  return promise;
}

function explain(error: NodeJS.ErrnoException, port: number): DemoError {
  const reason =
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program`
      : `Port ${port} cannot be opened (${error.code ?? error.message})`;
  return new DemoError(`${reason}: set PORT to another one, like PORT=${port + 1} npm start.`, {
    cause: error,
  });
}

async function answer(
  { web, search, files, chats, api }: DemoSite,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const host = request.headers.host ?? '';
  if (web.handles(host)) {
    web.handle(request, response);
    return;
  }
  // A foreign name that leads here (DNS rebinding) would let its page read the chats.
  const ownHosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!ownHosts.includes(host.toLowerCase())) {
    throw new PageRequestError('There is no such site here.', { status: 421 });
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`);
  if (pathname.startsWith('/searxng/')) {
    search.handle(request, response);
    return;
  }
  const { origin } = request.headers;
  if (origin !== undefined && !ownHosts.some((own) => origin === `http://${own}`)) {
    throw new PageRequestError('Only the page of the demo may ask for this.', { status: 403 });
  }
  if (pathname.startsWith('/api/')) {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new PageRequestError('An action is asked for with POST.', { status: 405 });
    }
    const action = pathname.slice('/api/'.length);
    const body = await readJson(request, action === 'sendFile' ? MOST_FILE_BYTES : MOST_BODY_BYTES);
    sendJson(response, 200, await api.act(action, body));
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    throw new PageRequestError('This can only be read.', { status: 405 });
  }
  if (pathname === '/events') {
    const language = searchParams.get('language') === 'en' ? 'en' : 'ru';
    streamEvents(response, { chats, language });
    return;
  }
  const file = await files(pathname);
  if (file === null) throw new PageRequestError('There is no such page here.', { status: 404 });
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': file.contentType });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** Nothing from elsewhere is loaded, nothing is framed, and text never becomes markup. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

const MOST_BODY_BYTES = 64 * 1024;
/** A file of 25 MB as Base64. */
const MOST_FILE_BYTES = 35 * 1024 * 1024;

async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  // A form of another site can send text, but JSON only with the consent that it is not given.
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json') {
    throw new PageRequestError('The body must be JSON.', { status: 415 });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      const most =
        mostBytes >= 1024 * 1024 ? `${mostBytes / 1024 / 1024} MB` : `${mostBytes / 1024} KB`;
      throw new PageRequestError(`The body is longer than ${most}.`, { status: 413 });
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new PageRequestError('The body is not valid JSON.', { status: 400, cause: error });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
