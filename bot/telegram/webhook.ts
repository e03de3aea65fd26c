import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Update } from 'grammy/types';
import type { Logger } from 'pino';

import { SYSTEM_CLOCK } from './clock.ts';
import type { Clock } from './clock.ts';

export interface UpdateListener {
  /** The one that was asked for, or found free. */
  readonly port: number;
  /** Takes no more connections; resolves when the requests in progress are answered, or after the grace. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** WEBHOOK_URL: its path is the one that updates come to, the rest is for whoever stands in front. */
  url: string;
  port: number;
  /** Default: all addresses of the machine. */
  host?: string;
  /** What Telegram was given with setWebhook. */
  secret: string;
  /**
   * Must have written the update down when it returns or resolves. When it throws, Telegram is told
   * to send the update again.
   */
  take: (update: Update) => void | Promise<void>;
  logger: Logger;
  maxBytes?: number;
  graceMs?: number;
  clock?: Clock;
}

/**
 * Listens for the updates that Telegram sends to a webhook; `GET /healthz` answers 200.
 * @throws the socket's error when the port cannot be had.
 */
export async function listenForUpdates({
  url,
  port,
  host,
  secret,
  take,
  logger,
  maxBytes = 1_000_000,
  graceMs = 5_000,
  clock = SYSTEM_CLOCK,
}: ListenOptions): Promise<UpdateListener> {
  const path = new URL(url).pathname;
  const expected = digest(secret);
  const noteStranger = atMostEvery(STRANGERS_NOTED_EVERY_MS, clock, (count) => {
    logger.warn({ count }, 'requests to the webhook did not carry its secret');
  });

  async function handle(request: IncomingMessage): Promise<Answer> {
    const pathname = URL.parse(request.url ?? '', 'http://webhook.invalid')?.pathname ?? '';
    if (pathname === '/healthz') {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      return isRead ? { status: 200, text: 'ok' } : { status: 405, allow: 'GET, HEAD' };
    }
    if (pathname !== path) return { status: 404 };
    if (request.method !== 'POST') return { status: 405, allow: 'POST' };
    const given = request.headers['x-telegram-bot-api-secret-token'];
    if (!timingSafeEqual(digest(typeof given === 'string' ? given : ''), expected)) {
      noteStranger();
      return { status: 401 };
    }
    const body = await readBounded(request, maxBytes);
    if (body === null) return { status: 413 };
    const update = parseUpdate(body);
    if (update === null) {
      logger.warn('what came to the webhook is no update');
      return { status: 400 };
    }
    try {
      await take(update);
    } catch (error) {
      logger.error({ err: error, update: update.update_id }, 'an update could not be taken');
      return { status: 500 };
    }
    return { status: 200 };
  }

  const server = createServer((request, response) => {
    handle(request).then(
      (answer) => send(answer, request, response, server.listening),
      (error: unknown) => {
        // The sender left in the middle of its request: nobody waits for an answer.
        logger.info({ err: error }, 'a request to the webhook broke off');
        response.destroy();
      },
    );
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  await listen(server, port, host);

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      const cancel = clock.after(graceMs, () => server.closeAllConnections());
      await closed;
      cancel();
    },
  };
}

interface Answer {
  status: number;
  text?: string;
  /** The methods that there are, beside 405. */
  allow?: string;
}

const STRANGERS_NOTED_EVERY_MS = 600_000;

/** Equal in length, so that they can be compared in a time that tells nothing. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Null when it is longer. */
async function readBounded(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseUpdate(body: string): Update | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('update_id' in parsed)) return null;
    return Number.isSafeInteger(parsed.update_id) ? (parsed as Update) : null;
  } catch {
    return null;
  }
}

function send(
  { status, text = '', allow }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  goesOn: boolean,
): void {
  response.statusCode = status;
  if (allow !== undefined) response.setHeader('allow', allow);
  // What was not read of a request would be taken for the beginning of the next.
  if (!goesOn || !request.complete) response.setHeader('connection', 'close');
  response.setHeader('content-type', 'text/plain');
  response.end(text);
}

async function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ port, ...(host !== undefined && { host }) }, () => {
    server.off('error', reject);
    resolve();
  });
  await promise;
}

/** Calls back with the first of a row and then with how many there were, no oftener than that. */
function atMostEvery(ms: number, clock: Clock, note: (count: number) => void): () => void {
  let count = 0;
  let notedAt = Number.NEGATIVE_INFINITY;
  return () => {
    count += 1;
    if (clock.now() - notedAt < ms) return;
    note(count);
    count = 0;
    notedAt = clock.now();
  };
}
