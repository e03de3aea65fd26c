import type {
  BotCommand,
  CallbackQuery,
  Chat,
  InlineQueryResult,
  Message,
  MessageEntity,
  Update,
  User,
  UserFromGetMe,
} from 'grammy/types';

export { startFakeTelegram } from './start-fake-telegram.ts';

/**
 * A Bot API over HTTP on loopback, with state: users, chats, messages, drafts, files, buttons, inline
 * queries, long polling and webhooks. As strict as Telegram where that is known, and stricter where
 * Telegram repairs a message in silence. What people do in their apps are methods of this object; what
 * they see there are its events.
 */
export interface FakeTelegram extends AsyncDisposable {
  /** For `TELEGRAM_API_ROOT`. */
  readonly url: string;
  /** The one token that it knows. */
  readonly token: string;
  readonly bot: User;
  /** The last 40,000 calls or more, getUpdates apart, in order of arrival, with what was answered. */
  readonly calls: readonly TelegramCall[];
  /** How often updates were asked for. */
  readonly polls: number;
  callsOf(method: string): TelegramCall[];
  /** Resolves to the first `count` calls of a method once there are so many. */
  waitFor(method: string, count?: number): Promise<TelegramCall[]>;
  /** Resolves to the first event, past or to come, for which `isIt` holds. */
  waitForEvent<E extends ChatEvent>(isIt: (event: ChatEvent) => event is E): Promise<E>;
  waitForEvent(isIt: (event: ChatEvent) => boolean): Promise<ChatEvent>;
  /**
   * What the next call of a method gets instead of its answer; several are used up in order. A
   * `download` is a method here: a `hang-up` then breaks it off half-way.
   */
  failNext(method: string, fault: TelegramFault): void;
  /** Asked before each call of every method: a fault, or null for none. Replaces the one before. */
  failWhen(
    decide: ((call: { method: string; count: number }) => TelegramFault | null) | null,
  ): void;

  /** Someone with an account. Their private chat has their id. */
  createUser(user?: Partial<User>): User;
  createGroup(group?: {
    id?: number;
    title?: string;
    type?: 'group' | 'supergroup';
    isForum?: boolean;
    /** The bot is always one, unless it was kicked. */
    members?: readonly User[];
    adminIds?: readonly number[];
  }): Chat;
  createChannel(channel?: { id?: number; title?: string; username?: string }): Chat;
  chat(chatId: number): Chat | null;
  /** Messages of a chat that stand, the oldest first, of all writers. */
  messages(chatId: number): Message[];
  message(chatId: number, messageId: number): Message | null;
  /** What the bot has registered, as the app of such a user shows it. */
  commandsFor(user: User, chatId: number): BotCommand[];

  /** Writes into a private chat (default) or a group; returns the message as the bot gets it. */
  write(text: string, options?: Writing): Message;
  /** Sends a message of another kind: `content` holds `sticker`, `photo`, `voice`, `poll` … */
  send(content: Partial<Message>, options?: Writing): Message;
  /** Sends a file from the app's disk, with a caption or without. `albumId`: together with others. */
  sendFile(
    file: { name: string; content: Uint8Array | string; mimeType?: string },
    options?: Writing & { caption?: string; albumId?: string },
  ): Message;
  /** Changes a text, or the caption of what is none. */
  edit(messageId: number, text: string, options?: { from?: User; chatId?: number }): Message;
  delete(messageId: number, chatId: number): void;
  /** Presses a button. Resolves to what the app showed: the alert or the toast, if any. */
  press(
    data: string,
    options?: { from?: User; chatId?: number; messageId?: number },
  ): Promise<{ text: string | null; showAlert: boolean; url: string | null }>;
  /** Presses the stop of a draft. */
  stopDraft(chatId: number, draftId: number): void;
  /** Types `@bot query` in any chat. Resolves to the results, or to null when the bot was too late. */
  inlineQuery(
    query: string,
    options?: { from?: User; offset?: string },
  ): Promise<InlineAnswer | null>;
  /** Taps a result: the message goes to the chat in the person's name, via the bot. */
  chooseInline(result: InlineQueryResult, options: { from: User; chatId: number }): Message;
  block(user: User): void;
  unblock(user: User): void;
  /** Adds the bot to a group, or takes it out; the bot gets `my_chat_member`. */
  addBot(chatId: number, options?: { by?: User; canSend?: boolean }): void;
  kickBot(chatId: number, options?: { by?: User }): void;
  /** Turns a group into a supergroup of another id, with both service messages. Returns the new chat. */
  migrate(chatId: number): Chat;
  /** Hands the bot an update as it is, whatever it is. */
  deliver(update: Omit<Update, 'update_id'> & Record<string, unknown>): number;
  /** Hears what people would see, from now on. Returns how to stop. */
  subscribe(listener: (event: ChatEvent) => void): () => void;
  close(): Promise<void>;
}

export interface Writing {
  /** Default: one user, made on first use. */
  from?: User;
  /** Default: the writer's private chat. */
  chatId?: number;
  threadId?: number;
  replyTo?: number;
  /** Added to those that Telegram finds itself (commands, mentions, addresses). */
  entities?: MessageEntity[];
  /** Seconds since 1970; default: now. */
  date?: number;
  /** For what else a message may carry, such as `sender_chat` of an anonymous admin. */
  extra?: Partial<Message>;
}

export interface TelegramCall {
  method: string;
  payload: Record<string, unknown>;
  ok: boolean;
  /** Telegram's own words where it refused, the kind of fault where one was played. */
  description: string | null;
  result: unknown;
}

/**
 * `refusal` answers with an error; `malformed` with HTML; `hang-up` closes without an answer before
 * anything was done; `lost-answer` does what was asked and closes without an answer, or answers with a
 * fault of its own all the same; `slow` answers after the time.
 */
export type TelegramFault =
  | { type: 'refusal'; code: number; description: string; retryAfter?: number }
  | { type: 'malformed' }
  | { type: 'hang-up' }
  | { type: 'lost-answer'; code?: number }
  | { type: 'slow'; ms: number };

/** What people in a chat see happen. */
export type ChatEvent =
  | { type: 'message'; chatId: number; message: Message }
  | { type: 'edited'; chatId: number; message: Message }
  | { type: 'deleted'; chatId: number; messageId: number }
  | { type: 'draft'; chatId: number; threadId: number | null; draft: Draft }
  /** After 30 seconds without a frame, or when the bot's message took its place. */
  | { type: 'draft-ended'; chatId: number; draftId: number }
  | { type: 'typing'; chatId: number; threadId: number | null; action: string }
  | { type: 'pressed'; chatId: number; query: CallbackQuery }
  | { type: 'commands'; commands: BotCommand[] };

export interface Draft {
  draftId: number;
  text: string;
  entities: MessageEntity[];
  canStop: boolean;
}

export interface InlineAnswer {
  results: InlineQueryResult[];
  cacheTimeSeconds: number;
  isPersonal: boolean;
  nextOffset: string;
  button: { text: string; startParameter: string | null } | null;
}

export interface FakeTelegramOptions {
  /** Default: any that is free. */
  port?: number;
  host?: string;
  token?: string;
  bot?: Partial<UserFromGetMe>;
  /**
   * `telegram`: 30 messages a second, 1 a second a chat, 20 a minute a group, edits and drafts
   * counted, 429 beyond. `none`: for tests of other things.
   */
  limits?: 'telegram' | 'none';
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Milliseconds before an update is posted again to a webhook that did not take it. Default 100. */
  webhookRetryMs?: number;
  /** Told every text with its entities that the bot sends, and what it says of it refuses the call. */
  objectTo?: (text: FormattedOutgoing) => string | null;
}

export interface FormattedOutgoing {
  method: string;
  text: string;
  entities: readonly MessageEntity[];
}
