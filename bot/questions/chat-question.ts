import type { AnswerLength } from '../../generation/answer/answerer.ts';
import type { FileTask } from '../../generation/answer/requested-files.ts';
import type { Locale } from '../locales/locale.ts';
import type { ChatSettings } from '../state/chat-settings.ts';

/** A question as it was asked in a chat. */
export interface ChatQuestion {
  /** The id of the update that brought it: unique, never 0, and the id of its draft. */
  id: number;
  place: ChatPlace;
  /** Who asked: a user, or the chat in whose name an anonymous admin or a channel writes. */
  askerId: number;
  /** What is to be answered. */
  text: string;
  /** The same as its reader wrote it, where that is not what is answered. */
  askedAs: string | null;
  /** What came along with the words and is not looked at. */
  unseen: 'photo' | 'video' | 'file' | null;
  length: AnswerLength;
  /** When it was asked. */
  askedAt: Date;
  settings: ChatSettings;
  /** Of the interface. The answer itself is in the language of the question. */
  locale: Locale;
  /** The turn that is told more of or asked again on its reader's wish; null for a new question. */
  again: number | null;
  /** The answer that the question was written as a reply to. */
  inReplyTo: number | null;
  /** Whether it takes the place of what the same message asked before it was edited. */
  isEdit: boolean;
  /** Where the text is to be checked and not answered: what is known of it besides; else null. */
  checked: CheckedMessage | null;
  /** Where it is about files of the chat: which; null where it names none. */
  about: AboutFiles | null;
}

/** Files that a question is about. */
export interface AboutFiles {
  /** As the chat's files are numbered. */
  fileIds: readonly number[];
  /** What is wanted of them beside an answer. */
  task: FileTask | null;
  /** Whether the web is searched where they do not answer; by default it is not. */
  thenWeb?: boolean;
}

/** A message whose claims are checked. */
export interface CheckedMessage {
  /** Beginnings of addresses under which it stands on the web itself: they bear nothing out. */
  ownPages: readonly string[];
}

/** Where an answer goes. */
export interface ChatPlace {
  chatId: number;
  kind: 'private' | 'group' | 'channel';
  /** The topic of a forum. */
  threadId: number | null;
  /** The message that is answered. */
  messageId: number;
}
