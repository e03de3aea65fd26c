import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';

import type { Message, MessageEntity, Update } from 'grammy/types';

import { startServer } from './loopback-server.ts';
import { objectionTo } from './telegram-limits.ts';

export interface TelegramCall {
  method: string;
  payload: Record<string, unknown>;
  /** What was answered, with Telegram's own words where it was refused. */
  ok: boolean;
  description: string | null;
}

/** What the next call of a method gets instead of its answer. */
export type TelegramFault =
  | { type: 'refusal'; code: number; description: string; retryAfter?: number }
  | { type: 'malformed' }
  | { type: 'hang-up' };

/** A small Bot API on loopback: long polling, messages, buttons, and the limits of messages. */
export interface TelegramServer extends AsyncDisposable {
  /** For `apiRoot`. */
  readonly url: string;
  readonly token: string;
  /** Every call but getUpdates, in order of arrival. */
  readonly calls: readonly TelegramCall[];
  /** How often updates were asked for. */
  readonly polls: number;
  callsOf(method: string): TelegramCall[];
  /** Resolves to the first `count` calls of a method once there are so many. */
  waitFor(method: string, count?: number): Promise<TelegramCall[]>;
  failNext(method: string, fault: TelegramFault): void;
  /** Hands the bot an update. */
  deliver(update: Omit<Update, 'update_id'>): void;
  /** Hands the bot a text message of a private chat and returns the message's id. */
  write(text: string, from?: Partial<Writer>): number;
  /** Presses a button under a message that the bot sent. */
  press(data: string, options?: { messageId?: number; chatId?: number }): void;
  close(): Promise<void>;
}

export interface Writer {
  chatId: number;
  languageCode: string;
  /** Replaces the text, for messages of other kinds. */
  message: Partial<Message>;
}

export const BOT_TOKEN = '424242:AAtest-token_of-the-loopback-server';

export async function startTelegramServer(): Promise<TelegramServer> {
  const calls: TelegramCall[] = [];
  const faults = new Map<string, TelegramFault[]>();
  const updates: Update[] = [];
  const pollers = new Set<() => void>();
  const waiters = new Set<() => void>();
  let nextUpdateId = 1000;
  let nextMessageId = 1;
  let polls = 0;

  const server = await startServer(async (request, response) => {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(request.url ?? '') ?? [];
    const payload = JSON.parse((await readText(request)) || '{}') as Record<string, unknown>;
    const refuse = (code: number, description: string, retryAfter?: number): void => {
      const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
      record(method, payload, description);
      reply(response, code, { ok: false, error_code: code, description, parameters });
    };
    if (token !== BOT_TOKEN) {
      refuse(401, 'Unauthorized');
      return;
    }
    const fault = faults.get(method)?.shift();
    if (fault?.type === 'refusal') {
      refuse(fault.code, fault.description, fault.retryAfter);
      return;
    }
    if (fault !== undefined) {
      record(method, payload, fault.type);
      if (fault.type === 'hang-up') response.destroy();
      else response.end('<html>502 Bad Gateway</html>');
      return;
    }
    if (method === 'getUpdates') {
      polls += 1;
      reply(response, 200, { ok: true, result: await poll(payload, request) });
      return;
    }
    const objection = objectionToCall(method, payload);
    if (objection !== null) {
      refuse(objection === 'Not Found: method not found' ? 404 : 400, objection);
      return;
    }
    const result = resultOf(method, payload);
    record(method, payload, null);
    reply(response, 200, { ok: true, result });
  });

  function record(
    method: string,
    payload: Record<string, unknown>,
    description: string | null,
  ): void {
    calls.push({ method, payload, ok: description === null, description });
    for (const check of waiters) check();
  }

  /** Updates from the offset on; waits for one as long as the bot asked to. */
  async function poll(
    payload: Record<string, unknown>,
    request: IncomingMessage,
  ): Promise<Update[]> {
    const offset = Number(payload['offset'] ?? 0);
    while (updates[0] !== undefined && updates[0].update_id < offset) updates.shift();
    if (updates.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      pollers.add(resolve);
      const timer = setTimeout(resolve, Number(payload['timeout'] ?? 0) * 1000);
      request.socket.once('close', resolve);
      await promise;
      clearTimeout(timer);
      request.socket.off('close', resolve);
      pollers.delete(resolve);
    }
    return updates.slice(0, Number(payload['limit'] ?? 100));
  }

  function resultOf(method: string, payload: Record<string, unknown>): unknown {
    if (method === 'getMe') return BOT_USER;
    if (method !== 'sendMessage') return true;
    const messageId = nextMessageId;
    nextMessageId += 1;
    return {
      message_id: messageId,
      date: 1_800_000_000,
      chat: privateChat(Number(payload['chat_id'])),
      text: payload['text'],
    };
  }

  function deliver(update: Omit<Update, 'update_id'>): void {
    updates.push({ ...update, update_id: nextUpdateId });
    nextUpdateId += 1;
    for (const wake of pollers) wake();
  }

  async function close(): Promise<void> {
    for (const wake of pollers) wake();
    await server.close();
  }

  return {
    url: server.url,
    token: BOT_TOKEN,
    calls,
    get polls() {
      return polls;
    },
    callsOf: (method) => calls.filter((call) => call.method === method),
    waitFor(method, count = 1) {
      const { promise, resolve } = Promise.withResolvers<TelegramCall[]>();
      const check = (): void => {
        const found = calls.filter((call) => call.method === method);
        if (found.length < count) return;
        waiters.delete(check);
        resolve(found.slice(0, count));
      };
      waiters.add(check);
      check();
      return promise;
    },
    failNext(method, fault) {
      faults.set(method, [...(faults.get(method) ?? []), fault]);
    },
    deliver,
    write(text, { chatId = 77, languageCode = 'ru', message } = {}) {
      const messageId = nextMessageId;
      nextMessageId += 1;
      const command = /^\/\w+/u.exec(text)?.[0];
      deliver({
        message: {
          message_id: messageId,
          date: 1_800_000_000,
          chat: privateChat(chatId),
          from: { ...privateUser(chatId), language_code: languageCode },
          ...(message ?? { text }),
          ...(command !== undefined && {
            entities: [{ type: 'bot_command', offset: 0, length: command.length }],
          }),
        } as NonNullable<Update['message']>,
      });
      return messageId;
    },
    press(data, { messageId = 1, chatId = 77 } = {}) {
      deliver({
        callback_query: {
          id: `press-${nextUpdateId}`,
          chat_instance: 'chat',
          from: { ...privateUser(chatId), language_code: 'ru' },
          data,
          message: {
            message_id: messageId,
            date: 1_800_000_000,
            chat: privateChat(chatId),
            from: BOT_USER,
            text: '…',
          },
        } as NonNullable<Update['callback_query']>,
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const BOT_USER = {
  id: 424_242,
  is_bot: true,
  first_name: 'Исток',
  username: 'istok_test_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
} as const;

function privateChat(id: number) {
  return { id, type: 'private', first_name: 'Читатель' } as const;
}

function privateUser(id: number) {
  return { id, is_bot: false, first_name: 'Читатель' } as const;
}

/** In Telegram's words, or null when the call is good. */
function objectionToCall(method: string, payload: Record<string, unknown>): string | null {
  if (method === 'sendMessage' || method === 'editMessageText') {
    if (!Number.isSafeInteger(payload['chat_id'])) return 'Bad Request: chat not found';
    const text = String(payload['text'] ?? '');
    const objection = objectionTo(text, (payload['entities'] ?? []) as MessageEntity[]);
    if (objection !== null) return `Bad Request: ${objection}`;
    if ('parse_mode' in payload) return "Bad Request: can't parse entities: markup is not wanted";
    const keyboard = payload['reply_markup'] as
      | { inline_keyboard?: { callback_data?: string }[][] }
      | undefined;
    const data = keyboard?.inline_keyboard?.flat().map((button) => button.callback_data ?? '');
    const isWrong = data?.some((value) => value === '' || Buffer.byteLength(value) > 64);
    return isWrong === true ? 'Bad Request: BUTTON_DATA_INVALID' : null;
  }
  if (method === 'answerCallbackQuery') {
    const text = String(payload['text'] ?? '');
    return text.length > 200 ? 'Bad Request: MESSAGE_TOO_LONG' : null;
  }
  return KNOWN_METHODS.has(method) ? null : 'Not Found: method not found';
}

const KNOWN_METHODS = new Set([
  'getMe',
  'deleteWebhook',
  'setMyCommands',
  'sendChatAction',
  'editMessageReplyMarkup',
]);

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
