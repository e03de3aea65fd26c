import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import type { AnswerLength } from '../../generation/answer/answerer.ts';
import type { Language, Place } from '../../retrieval/passage.ts';
import type { AboutFiles, ChatPlace, CheckedMessage } from '../questions/chat-question.ts';

import { createMovedGroups } from './moved-groups.ts';

/** A question and what came of it, as much as is needed to come back to it. */
export interface Turn {
  id: number;
  chatId: number;
  threadId: number | null;
  /** Who asked; null in turns that were kept before that was noted. */
  askerId: number | null;
  /** The message that asked. */
  questionMessageId: number | null;
  /** ISO 8601. */
  askedAt: string;
  question: string;
  standaloneQuestion: string;
  language: Language;
  length: AnswerLength;
  status: TurnStatus;
  /** With markers; empty unless answered or stopped. */
  answer: string;
  sources: TurnSource[];
  /** The message that ends the answer, once it has been sent. */
  messageId: number | null;
  /** Whether a longer answer was given. */
  isExpanded: boolean;
  rating: Rating | null;
  /** Where the text was checked and not answered: what is known of it besides. */
  checked: CheckedMessage | null;
  /** Files of the chat that it was about. */
  about: AboutFiles | null;
  /** Questions that are offered below the answer. */
  nextQuestions: string[];
}

/** `postponed`: asked while the bot was away, and too long ago to answer unasked. */
export type TurnStatus = 'answered' | 'declined' | 'failed' | 'stopped' | 'postponed';

export type Rating = 'up' | 'down';

export interface TurnSource {
  number: number;
  url: string;
  title: string;
  site: string;
  /** What was quoted from it, each with the address that opens the page there. */
  quotes: { quote: string; quoteUrl: string; place?: Place | null }[];
}

/** What is kept of a question. */
export interface TurnRecord {
  place: ChatPlace;
  askerId: number;
  length: AnswerLength;
  status: TurnStatus;
  checked?: CheckedMessage | null;
  about?: AboutFiles | null;
  report: Pick<
    AnswerReport,
    'question' | 'standaloneQuestion' | 'language' | 'answer' | 'sentences' | 'sources'
  > & { generator: string | null; totalMs: number | null; nextQuestions?: readonly string[] };
}

/** What was asked and answered in each chat. Every method throws when the disk fails. */
export interface Conversations {
  /** Keeps a question that was dealt with and returns its id. */
  record(turn: TurnRecord): number;
  setMessageId(id: number, messageId: number): void;
  find(id: number): Turn | null;
  /** The last answered turns of a chat and topic since a moment, the oldest first. */
  recent(
    place: { chatId: number; threadId: number | null },
    options: { limit: number; since: Date },
  ): Turn[];
  /**
   * True for the first update that asks to expand a turn, also when it is taken up again after a
   * restart; false for all others: a button that is pressed twice answers once.
   */
  claimExpansion(id: number, updateId: number): boolean;
  /** Lets a turn be expanded again, after an expansion that failed. */
  releaseExpansion(id: number): void;
  /** A question was asked in other words: the turn is no part of the conversation any more. */
  forget(id: number): void;
  /** A group became a supergroup. */
  move(fromChatId: number, toChatId: number): void;
}

export function createConversations(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): Conversations {
  const insert = database.prepare(
    `INSERT INTO turns
       (chat_id, thread_id, user_id, question_message_id, asked_at, question, standalone_question,
        language, length, status, answer, sources, generator, total_ms, checked, files,
        next_questions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const movedGroups = createMovedGroups(database);
  const setMessage = database.prepare('UPDATE turns SET message_id = ? WHERE id = ?');
  const byId = database.prepare('SELECT * FROM turns WHERE id = ?');
  const last = database.prepare(
    `SELECT * FROM turns
     WHERE chat_id = ? AND thread_id IS ? AND status IN ('answered', 'stopped') AND asked_at >= ?
     ORDER BY id DESC LIMIT ?`,
  );
  const claim = database.prepare(
    `UPDATE turns SET expanded_at = ?, expanded_by = ?
     WHERE id = ? AND (expanded_at IS NULL OR expanded_by = ?)`,
  );
  const release = database.prepare(
    'UPDATE turns SET expanded_at = NULL, expanded_by = NULL WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM turns WHERE id = ?');
  const move = database.prepare('UPDATE turns SET chat_id = ? WHERE chat_id = ?');

  return {
    record({ place, askerId, length, status, checked = null, about = null, report }) {
      const { lastInsertRowid } = insert.run(
        // The group may have moved while its question was being answered.
        movedGroups.whereIs(place.chatId),
        place.threadId,
        askerId,
        place.messageId,
        now().toISOString(),
        report.question,
        report.standaloneQuestion,
        report.language,
        length,
        status,
        report.answer,
        JSON.stringify(sourcesOf(report)),
        report.generator,
        report.totalMs === null ? null : Math.round(report.totalMs),
        checked === null ? null : JSON.stringify(checked),
        about === null ? null : JSON.stringify(about),
        JSON.stringify(report.nextQuestions ?? []),
      );
      return Number(lastInsertRowid);
    },
    setMessageId(id, messageId) {
      setMessage.run(messageId, id);
    },
    find(id) {
      const row = byId.get(id);
      return row === undefined ? null : toTurn(row);
    },
    recent({ chatId, threadId }, { limit, since }) {
      return last.all(chatId, threadId, since.toISOString(), limit).map(toTurn).toReversed();
    },
    claimExpansion(id, updateId) {
      return Number(claim.run(now().toISOString(), updateId, id, updateId).changes) === 1;
    },
    releaseExpansion(id) {
      release.run(id);
    },
    forget(id) {
      remove.run(id);
    },
    move(fromChatId, toChatId) {
      move.run(toChatId, fromChatId);
    },
  };
}

/** A source's quotes stand with the sentences that they bear out; the same is kept once. */
function sourcesOf({ sources, sentences }: TurnRecord['report']): TurnSource[] {
  const quotes = sentences.flatMap((sentence) => sentence.quotes);
  return sources.map(({ number, url, title, site, quote, quoteUrl, place }) => {
    const own = [{ quote, quoteUrl, place }, ...quotes.filter(({ source }) => source === number)];
    const distinct = new Map(own.map((one) => [one.quote, one]));
    return {
      number,
      url,
      title,
      site,
      quotes: [...distinct.values()].map((one) => {
        const { quote: text, quoteUrl: address, place: where } = one;
        return { quote: text, quoteUrl: address, ...(where && { place: where }) };
      }),
    };
  });
}

function toTurn(row: Record<string, SQLOutputValue>): Turn {
  const numberOrNull = (name: string): number | null =>
    row[name] === null || row[name] === undefined ? null : Number(row[name]);
  const rating = numberOrNull('rating');
  return {
    id: Number(row['id']),
    chatId: Number(row['chat_id']),
    threadId: numberOrNull('thread_id'),
    askerId: numberOrNull('user_id'),
    questionMessageId: numberOrNull('question_message_id'),
    askedAt: String(row['asked_at']),
    question: String(row['question']),
    standaloneQuestion: String(row['standalone_question']),
    language: String(row['language']) as Language,
    length: String(row['length']) as AnswerLength,
    status: String(row['status']) as TurnStatus,
    answer: String(row['answer']),
    sources: (JSON.parse(String(row['sources'])) as Partial<TurnSource>[]).map(toSource),
    messageId: numberOrNull('message_id'),
    isExpanded: row['expanded_at'] !== null,
    rating: rating === null ? null : rating > 0 ? 'up' : 'down',
    checked:
      row['checked'] === null ? null : (JSON.parse(String(row['checked'])) as CheckedMessage),
    about: row['files'] === null ? null : (JSON.parse(String(row['files'])) as AboutFiles),
    nextQuestions: JSON.parse(String(row['next_questions'])) as string[],
  };
}

/** Turns that were kept before quotes were have none. */
function toSource({
  number = 0,
  url = '',
  title = '',
  site,
  quotes = [],
}: Partial<TurnSource>): TurnSource {
  return { number, url, title, site: site ?? URL.parse(url)?.hostname ?? '', quotes };
}
