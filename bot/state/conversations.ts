import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import type { AnswerLength } from '../../generation/answer/answerer.ts';
import type { Language } from '../../retrieval/passage.ts';

/** A question and what was answered, as much as is needed to come back to it. */
export interface Turn {
  id: number;
  chatId: number;
  /** ISO 8601. */
  askedAt: string;
  question: string;
  standaloneQuestion: string;
  language: Language;
  length: AnswerLength;
  /** With markers; never empty. */
  answer: string;
  sources: TurnSource[];
  /** The message that ends the answer, once it has been sent. */
  messageId: number | null;
}

export interface TurnSource {
  number: number;
  url: string;
  title: string;
}

/** What was asked and answered in each chat. Every method throws when the disk fails. */
export interface Conversations {
  /** Keeps an answered question and returns its id. */
  record(chatId: number, length: AnswerLength, report: AnswerReport): number;
  setMessageId(id: number, messageId: number): void;
  find(id: number): Turn | null;
  /** The last turns of a chat, the oldest first. */
  recent(chatId: number, limit: number): Turn[];
  /**
   * True for the first who asks to expand a turn, false for everyone after: a button that is
   * pressed twice answers once.
   */
  claimExpansion(id: number): boolean;
  /** Lets a turn be expanded again, after an expansion that failed. */
  releaseExpansion(id: number): void;
}

export function createConversations(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): Conversations {
  const insert = database.prepare(
    `INSERT INTO turns
       (chat_id, asked_at, question, standalone_question, language, length, answer, sources)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setMessage = database.prepare('UPDATE turns SET message_id = ? WHERE id = ?');
  const byId = database.prepare('SELECT * FROM turns WHERE id = ?');
  const last = database.prepare('SELECT * FROM turns WHERE chat_id = ? ORDER BY id DESC LIMIT ?');
  const claim = database.prepare(
    'UPDATE turns SET expanded_at = ? WHERE id = ? AND expanded_at IS NULL',
  );
  const release = database.prepare('UPDATE turns SET expanded_at = NULL WHERE id = ?');

  return {
    record(chatId, length, report) {
      const { question, standaloneQuestion, language, answer } = report;
      const sources = report.sources.map(({ number, url, title }) => ({ number, url, title }));
      const { lastInsertRowid } = insert.run(
        chatId,
        now().toISOString(),
        question,
        standaloneQuestion,
        language,
        length,
        answer,
        JSON.stringify(sources satisfies TurnSource[]),
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
    recent(chatId, limit) {
      return last.all(chatId, limit).map(toTurn).toReversed();
    },
    claimExpansion(id) {
      return Number(claim.run(now().toISOString(), id).changes) === 1;
    },
    releaseExpansion(id) {
      release.run(id);
    },
  };
}

function toTurn(row: Record<string, SQLOutputValue>): Turn {
  return {
    id: Number(row['id']),
    chatId: Number(row['chat_id']),
    askedAt: String(row['asked_at']),
    question: String(row['question']),
    standaloneQuestion: String(row['standalone_question']),
    language: String(row['language']) as Language,
    length: String(row['length']) as AnswerLength,
    answer: String(row['answer']),
    sources: JSON.parse(String(row['sources'])) as TurnSource[],
    messageId: row['message_id'] === null ? null : Number(row['message_id']),
  };
}
