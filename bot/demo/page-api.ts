import type { InlineQueryResult, Message, MessageOrigin } from 'grammy/types';
import { z } from 'zod';

import type { DemoChats } from './demo-chats.ts';
import type { FakeTelegram } from './fake-telegram/fake-telegram.ts';
import type { Liar } from './liar.ts';
import type { PageActions, PageLanguage } from './page/protocol.ts';
import { readSample } from './sample-files.ts';

/** What the page asked for cannot be done. The message is one sentence. */
export class PageRequestError extends Error {
  override name = 'PageRequestError';
  /** Of HTTP. */
  readonly status: number;

  constructor(message: string, { status, cause }: { status: number; cause?: unknown }) {
    super(message, { cause });
    this.status = status;
  }
}

export interface PageApi {
  /**
   * Does what the visitor did, by the name of an action and its body parsed from JSON.
   * @throws {PageRequestError}
   */
  act(name: string, body: unknown): Promise<unknown>;
}

export interface PageApiOptions {
  telegram: FakeTelegram;
  chats: DemoChats;
  liar?: Liar;
  /** How long a button waits for the bot. */
  pressTimeoutMs?: number;
}

export function createPageApi({
  telegram,
  chats,
  liar = { isOn: false },
  pressTimeoutMs = 15_000,
}: PageApiOptions): PageApi {
  const inlineAnswers = new Map<number, readonly InlineQueryResult[]>();
  let lastQueryId = 0;

  const actions: {
    [Name in keyof PageActions]: (body: unknown) => Promise<PageActions[Name]['answer']>;
  } = {
    async write(body) {
      const { chatId, text, replyTo, language } = parse(REQUESTS.write, body);
      requireWritable(chatId);
      const message = telegram.write(text, {
        from: chats.writer(chatId, language),
        chatId,
        ...(replyTo !== undefined && { replyTo }),
      });
      return { message };
    },
    async sendFile(body) {
      const request = parse(REQUESTS.sendFile, body);
      const content = Buffer.from(request.content, 'base64');
      return { message: sendFile({ name: request.name, content }, request) };
    },
    async sendSample(body) {
      const request = parse(REQUESTS.sendSample, body);
      return { message: sendFile(await readSample(request.sample, request.language), request) };
    },
    async edit(body) {
      const { chatId, messageId, text, language } = parse(REQUESTS.edit, body);
      requireOwn(chatId, messageId);
      const message = telegram.edit(messageId, text, {
        from: chats.writer(chatId, language),
        chatId,
      });
      return { message };
    },
    async forward(body) {
      const { chatId, messageId, language } = parse(REQUESTS.forward, body);
      const source = chats.message(chatId, messageId);
      if (source?.text === undefined) throw refused('This message does not exist.');
      const { text, entities } = source;
      const message = telegram.send(
        { text, ...(entities !== undefined && { entities }) },
        { from: chats.visitor(language), extra: { forward_origin: originOf(source) } },
      );
      return { message };
    },
    async lie(body) {
      liar.isOn = parse(REQUESTS.lie, body).isOn;
      return { isOn: liar.isOn };
    },
    async delete(body) {
      const { chatId, messageId } = parse(REQUESTS.delete, body);
      requireWritable(chatId);
      requireMessage(chatId, messageId);
      telegram.delete(messageId, chatId);
      return {};
    },
    async press(body) {
      const { chatId, messageId, data, language } = parse(REQUESTS.press, body);
      requireMessage(chatId, messageId);
      const from = chats.writer(chatId, language);
      const pressed = telegram.press(data, { from, chatId, messageId });
      return (await within(pressTimeoutMs, pressed)) ?? NOTHING_SHOWN;
    },
    async stopDraft(body) {
      const { chatId, draftId } = parse(REQUESTS.stopDraft, body);
      requireWritable(chatId);
      telegram.stopDraft(chatId, draftId);
      return {};
    },
    async inlineQuery(body) {
      const { query, language } = parse(REQUESTS.inlineQuery, body);
      const answer = await telegram.inlineQuery(query, { from: chats.visitor(language) });
      lastQueryId += 1;
      inlineAnswers.set(lastQueryId, answer?.results ?? []);
      inlineAnswers.delete(lastQueryId - INLINE_ANSWERS_KEPT);
      return { queryId: lastQueryId, results: answer?.results ?? null };
    },
    async chooseInline(body) {
      const { chatId, queryId, resultId, language } = parse(REQUESTS.chooseInline, body);
      requireWritable(chatId);
      const result = inlineAnswers.get(queryId)?.find(({ id }) => id === resultId);
      if (result === undefined) throw refused('These results are no longer known: type it again.');
      const from = chats.writer(chatId, language);
      return { message: telegram.chooseInline(result, { from, chatId }) };
    },
  };

  function sendFile(
    file: { name: string; content: Uint8Array },
    {
      chatId,
      caption = '',
      replyTo,
      language,
    }: {
      chatId: number;
      caption?: string | undefined;
      replyTo?: number | undefined;
      language: PageLanguage;
    },
  ): Message {
    requireWritable(chatId);
    return telegram.sendFile(file, {
      from: chats.writer(chatId, language),
      chatId,
      ...(caption.trim() !== '' && { caption: caption.trim() }),
      ...(replyTo !== undefined && { replyTo }),
    });
  }

  function requireWritable(chatId: number): void {
    if (!chats.isWritable(chatId)) throw refused('The visitor cannot write into this chat.');
  }

  function requireMessage(chatId: number, messageId: number): void {
    if (!chats.has(chatId) || telegram.message(chatId, messageId) === null) {
      throw refused('This message does not exist.');
    }
  }

  function requireOwn(chatId: number, messageId: number): void {
    requireWritable(chatId);
    requireMessage(chatId, messageId);
    const { id } = chats.writer(chatId, 'ru');
    if (telegram.message(chatId, messageId)?.from?.id !== id) {
      throw refused('Only the writer can edit a message.');
    }
  }

  return {
    async act(name, body) {
      if (!Object.hasOwn(actions, name)) {
        throw new PageRequestError(`There is no action ${name}.`, { status: 404 });
      }
      try {
        return await actions[name as keyof PageActions](body);
      } catch (error) {
        if (error instanceof PageRequestError) throw error;
        const sentence = error instanceof Error ? error.message : 'It did not work.';
        throw new PageRequestError(sentence, { status: 409, cause: error });
      }
    },
  };
}

/** Of 25 MB: more than bots get, so that the bot can say so. */
const MOST_FILE_CHARACTERS = Math.ceil((25 * 1024 * 1024) / 3) * 4;

const INLINE_ANSWERS_KEPT = 20;
const NOTHING_SHOWN = { text: null, showAlert: false, url: null };

const id = z.int();
const language = z.enum(['ru', 'en']);
// Telegram counts UTF-16 units, as a string's length does.
const text = z
  .string()
  .max(4096)
  .refine((value) => value.trim() !== '', 'must not be empty');

const REQUESTS = {
  write: z.strictObject({ chatId: id, text, replyTo: id.optional(), language }),
  sendFile: z.strictObject({
    chatId: id,
    name: z.string().min(1).max(200),
    content: z.base64().max(MOST_FILE_CHARACTERS),
    caption: z.string().max(1024).optional(),
    replyTo: id.optional(),
    language,
  }),
  sendSample: z.strictObject({
    chatId: id,
    sample: z.enum(['document', 'code']),
    caption: z.string().max(1024).optional(),
    language,
  }),
  edit: z.strictObject({ chatId: id, messageId: id, text, language }),
  forward: z.strictObject({ chatId: id, messageId: id, language }),
  lie: z.strictObject({ isOn: z.boolean() }),
  delete: z.strictObject({ chatId: id, messageId: id }),
  press: z.strictObject({ chatId: id, messageId: id, data: z.string().min(1).max(64), language }),
  stopDraft: z.strictObject({ chatId: id, draftId: id }),
  inlineQuery: z.strictObject({ query: z.string().max(256), language }),
  chooseInline: z.strictObject({ chatId: id, queryId: id, resultId: z.string().max(64), language }),
};

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  const sentence = `The request is wrong${place === '' ? '' : ` in ${place}`}: ${issue?.message ?? ''}.`;
  throw new PageRequestError(sentence, { status: 400 });
}

/** As Telegram says where a forwarded message comes from. */
function originOf({ chat, date, from, message_id: messageId }: Message): MessageOrigin {
  if (chat.type === 'channel') return { type: 'channel', chat, message_id: messageId, date };
  return from === undefined
    ? { type: 'hidden_user', sender_user_name: '', date }
    : { type: 'user', sender_user: from, date };
}

function refused(sentence: string): PageRequestError {
  return new PageRequestError(sentence, { status: 409 });
}

/** What a promise resolves to, or null when it takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
