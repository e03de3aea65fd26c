import type { BotCommand, InlineQueryResult, Message, MessageEntity, User } from 'grammy/types';

import type { PageText } from './text-keys.ts';

/** The languages of the page, and of the app that the bot sees. */
export type PageLanguage = 'ru' | 'en';

/** Everything that the page shows: sent first on each connection, changed by events from then on. */
export interface PageState {
  /** Whose messages are the visitor's own: they write here as a reader and as an editor. */
  ownIds: number[];
  bot: User;
  chats: PageChat[];
  /** Questions that the bundled web answers, those in the page's language first. */
  suggestions: string[];
  /** Whether the switch is on that makes the bot's writer lie. */
  isLying: boolean;
  texts: Record<PageText, string>;
}

export interface PageChat {
  id: number;
  /** `editor`: the bot's chat with who decides on the channel's posts. */
  kind: 'bot' | 'editor' | 'group' | 'channel';
  title: string;
  /** The oldest first. */
  messages: Message[];
  drafts: PageDraft[];
  commands: BotCommand[];
}

export interface PageDraft {
  draftId: number;
  text: string;
  entities: MessageEntity[];
  canStop: boolean;
}

export type PageEvent =
  | { type: 'message'; chatId: number; message: Message }
  | { type: 'edited'; chatId: number; message: Message }
  | { type: 'deleted'; chatId: number; messageId: number }
  | { type: 'draft'; chatId: number; draft: PageDraft }
  | { type: 'draft-ended'; chatId: number; draftId: number }
  | { type: 'typing'; chatId: number }
  | { type: 'commands'; chatId: number; commands: BotCommand[] };

/** A document and a program, for who has no file at hand. */
export type SampleFile = 'document' | 'code';

/** What the page asks the server to do: `POST /api/NAME`, a body and an answer in JSON. */
export interface PageActions {
  write: {
    request: { chatId: number; text: string; replyTo?: number; language: PageLanguage };
    answer: { message: Message };
  };
  /** Sends a file of the visitor's: its bytes as Base64. */
  sendFile: {
    request: {
      chatId: number;
      name: string;
      content: string;
      caption?: string;
      replyTo?: number;
      language: PageLanguage;
    };
    answer: { message: Message };
  };
  /** Sends a file that the demo brings along. */
  sendSample: {
    request: { chatId: number; sample: SampleFile; caption?: string; language: PageLanguage };
    answer: { message: Message };
  };
  edit: {
    request: { chatId: number; messageId: number; text: string; language: PageLanguage };
    answer: { message: Message };
  };
  /** Sends a message that the page shows on to the bot. */
  forward: {
    request: { chatId: number; messageId: number; language: PageLanguage };
    answer: { message: Message };
  };
  /** Makes the bot's writer lie, or stop that. */
  lie: { request: { isOn: boolean }; answer: { isOn: boolean } };
  delete: { request: { chatId: number; messageId: number }; answer: Record<string, never> };
  press: {
    request: { chatId: number; messageId: number; data: string; language: PageLanguage };
    /** What the app shows: an alert, a toast, or nothing. */
    answer: { text: string | null; showAlert: boolean; url: string | null };
  };
  stopDraft: { request: { chatId: number; draftId: number }; answer: Record<string, never> };
  inlineQuery: {
    request: { query: string; language: PageLanguage };
    /** `results` is null when the bot was too late. `queryId` names them when one is chosen. */
    answer: { queryId: number; results: InlineQueryResult[] | null };
  };
  chooseInline: {
    request: { queryId: number; resultId: string; chatId: number; language: PageLanguage };
    answer: { message: Message };
  };
}
