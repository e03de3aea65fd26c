import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text as readText } from 'node:stream/consumers';

import type { Update, WebhookInfo } from 'grammy/types';

import { badRequest } from './refusal.ts';
import type { UpdateQueue } from './update-queue.ts';

export interface WebhookOptions {
  updates: UpdateQueue;
  /** Milliseconds before the first new try; each further wait is twice as long, up to 32 times. */
  retryMs: number;
  now: () => number;
  /** Does the method that a bot may put into its answer to an update. */
  callInAnswer: (method: string, parameters: Record<string, unknown>) => Promise<void>;
}

interface Setting {
  url: string;
  ip_address?: string;
  max_connections?: number;
  allowed_updates?: readonly string[];
  drop_pending_updates?: boolean;
  secret_token?: string;
}

/** Posts updates to the bot's address, in their order, several at once, each until it is taken. */
export class Webhook {
  readonly #options: WebhookOptions;
  #setting: Setting | null = null;
  #stop = new AbortController();
  #inFlight = new Set<number>();
  #lastError: { date: number; message: string } | null = null;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  /** Empty when there is none. */
  get url(): string {
    return this.#setting?.url ?? '';
  }

  /** @throws {Refusal} for an address or a secret that Telegram does not take. */
  set(setting: Setting): void {
    const { url, secret_token: secret, allowed_updates: allowed } = setting;
    if (url !== '') {
      if (!URL.canParse(url)) throw badRequest('bad webhook: invalid webhook URL specified');
      const { protocol, hostname } = new URL(url);
      // Telegram takes https alone. On loopback no certificate can be had.
      const isLoopback = /^(?:127\.[\d.]+|\[::1\]|(?:.+\.)?localhost)$/u.test(hostname);
      if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) {
        throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
      }
    }
    if (secret !== undefined && !/^[\w-]{1,256}$/u.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    const { updates } = this.#options;
    if (allowed !== undefined) updates.allowed = allowed;
    if (setting.drop_pending_updates === true) updates.clear();
    this.remove();
    if (url === '') return;
    this.#setting = setting;
    updates.release();
    updates.onArrival(() => this.#deliver());
    this.#deliver();
  }

  remove(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#setting = null;
    this.#inFlight = new Set();
    this.#lastError = null;
    this.#options.updates.onArrival(null);
  }

  info(): WebhookInfo {
    const { allowed, size } = this.#options.updates;
    const ip = this.#setting?.ip_address;
    return {
      url: this.url,
      has_custom_certificate: false,
      pending_update_count: size,
      ...(ip !== undefined && { ip_address: ip }),
      ...(this.#lastError !== null && {
        last_error_date: this.#lastError.date,
        last_error_message: this.#lastError.message,
      }),
      ...(this.#setting !== null && { max_connections: this.#setting.max_connections ?? 40 }),
      ...(allowed.length > 0 && { allowed_updates: allowed as never }),
    };
  }

  #deliver(): void {
    const { updates } = this.#options;
    const inFlight = this.#inFlight;
    while (this.#setting !== null && inFlight.size < (this.#setting.max_connections ?? 40)) {
      const update = updates.next(({ update_id: id }) => !inFlight.has(id));
      if (update === null) return;
      inFlight.add(update.update_id);
      void this.#deliverOne(update, this.#setting, this.#stop.signal).finally(() => {
        inFlight.delete(update.update_id);
        if (this.#inFlight === inFlight) this.#deliver();
      });
    }
  }

  async #deliverOne(update: Update, setting: Setting, stopped: AbortSignal): Promise<void> {
    for (let attempt = 0; !stopped.aborted; attempt += 1) {
      try {
        const answer = await post(setting, update, stopped);
        this.#options.updates.confirm(update.update_id);
        await this.#callInAnswer(answer);
        return;
      } catch (error) {
        if (stopped.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        this.#lastError = { date: Math.floor(this.#options.now() / 1000), message };
      }
      await pause(this.#options.retryMs * 2 ** Math.min(attempt, 5), stopped);
    }
  }

  async #callInAnswer(answer: string): Promise<void> {
    let body: unknown;
    try {
      body = JSON.parse(answer);
    } catch {
      return;
    }
    if (typeof body !== 'object' || body === null || !('method' in body)) return;
    const { method, ...parameters } = body;
    // Nobody hears what came of it, neither here nor from Telegram.
    await this.#options.callInAnswer(String(method), parameters);
  }
}

/** Resolves to the body. @throws with Telegram's words for anything but a 2xx. */
async function post(
  { url, secret_token: secret }: Setting,
  update: Update,
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const request = send(url, {
    method: 'POST',
    // A connection that is kept would hold up the end of the bot's server.
    agent: false,
    signal,
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { 'X-Telegram-Bot-Api-Secret-Token': secret }),
    },
  });
  request.once('response', resolve);
  request.on('error', reject);
  request.end(JSON.stringify(update));
  const response = await promise;
  const body = await readText(response);
  const { statusCode = 0, statusMessage = '' } = response;
  if (statusCode >= 200 && statusCode < 300) return body;
  throw new Error(`Wrong response from the webhook: ${statusCode} ${statusMessage}`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  timer.unref();
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      resolve();
    },
    { once: true },
  );
  return promise;
}
