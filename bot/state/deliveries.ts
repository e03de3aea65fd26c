import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { InlineKeyboardMarkup } from 'grammy/types';

import type { FormattedText } from '../messages/formatted-text.ts';
import type { ChatPlace } from '../questions/chat-question.ts';

import { createMovedGroups } from './moved-groups.ts';

/** An answer on its way to a chat, and how far it has come. */
export interface Delivery {
  questionId: number;
  chatId: number;
  threadId: number | null;
  /** The message that is answered. */
  replyTo: number;
  turnId: number | null;
  /** The messages of the answer; null until it is written, and again once it has arrived. */
  parts: AnswerPart[] | null;
  /** What stands in the chat: the parts that have arrived, then what the others will replace. */
  messageIds: number[];
  /** The part to be sent next. */
  nextPart: number;
  /** True from before a part is sent until its arrival is known. */
  isSending: boolean;
  isDone: boolean;
  /** The message that says that the question waits its turn. */
  noticeId: number | null;
}

export interface AnswerPart extends FormattedText {
  /** Whether it quotes the question. */
  isReply?: boolean;
  keyboard?: InlineKeyboardMarkup;
}

/** All answers on their way. Every method throws when the disk fails. */
export interface Deliveries {
  find(questionId: number): Delivery | null;
  /** Those that answer a message, of questions before this one, the oldest first. */
  answersTo(place: { chatId: number; messageId: number }, beforeId: number): Delivery[];
  /** The one that a message of the bot belongs to. */
  findByMessage(chatId: number, messageId: number): Delivery | null;
  begin(questionId: number, place: ChatPlace): Delivery;
  /** A message stands in the chat that the answer will replace. */
  stands(questionId: number, messageIds: readonly number[]): void;
  /** The answer is written. */
  ready(questionId: number, parts: readonly AnswerPart[], turnId: number | null): void;
  /** Puts other words in the place of the part to be sent next. */
  substitute(questionId: number, part: AnswerPart): void;
  /** A new message goes out: from now on its arrival is unknown. */
  sending(questionId: number): void;
  /** The message that went out certainly did not arrive. */
  notSent(questionId: number): void;
  /** The next part stands in the chat as this message. */
  arrived(questionId: number, messageId: number): void;
  finish(questionId: number): void;
  setNotice(questionId: number, messageId: number | null): void;
  /** A group became a supergroup. */
  move(fromChatId: number, toChatId: number): void;
}

export function createDeliveries(
  database: DatabaseSync,
  { now = () => new Date() }: { now?: () => Date } = {},
): Deliveries {
  const byId = database.prepare('SELECT * FROM deliveries WHERE question_id = ?');
  const byReply = database.prepare(
    `SELECT * FROM deliveries WHERE chat_id = ? AND reply_to = ? AND question_id < ?
     ORDER BY question_id`,
  );
  const byMessage = database.prepare(
    `SELECT deliveries.* FROM deliveries, json_each(deliveries.message_ids)
     WHERE deliveries.chat_id = ? AND json_each.value = ?`,
  );
  const movedGroups = createMovedGroups(database);
  const insert = database.prepare(
    `INSERT OR IGNORE INTO deliveries (question_id, chat_id, thread_id, reply_to, created_at)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const setMessages = database.prepare(
    'UPDATE deliveries SET message_ids = ? WHERE question_id = ?',
  );
  const setParts = database.prepare(
    'UPDATE deliveries SET parts = ?, turn_id = ?, next_part = 0 WHERE question_id = ?',
  );
  const replaceParts = database.prepare('UPDATE deliveries SET parts = ? WHERE question_id = ?');
  const setSending = database.prepare('UPDATE deliveries SET is_sending = ? WHERE question_id = ?');
  const setArrived = database.prepare(
    'UPDATE deliveries SET message_ids = ?, next_part = ?, is_sending = 0 WHERE question_id = ?',
  );
  const setDone = database.prepare(
    'UPDATE deliveries SET parts = NULL, is_sending = 0, done_at = ? WHERE question_id = ?',
  );
  const setNotice = database.prepare('UPDATE deliveries SET notice_id = ? WHERE question_id = ?');
  const move = database.prepare('UPDATE deliveries SET chat_id = ? WHERE chat_id = ?');

  function find(questionId: number): Delivery | null {
    const row = byId.get(questionId);
    return row === undefined ? null : toDelivery(row);
  }

  function existing(questionId: number): Delivery {
    const delivery = find(questionId);
    if (delivery === null) throw new Error(`question ${questionId} has no delivery`);
    return delivery;
  }

  return {
    find,
    answersTo({ chatId, messageId }, beforeId) {
      return byReply.all(chatId, messageId, beforeId).map(toDelivery);
    },
    findByMessage(chatId, messageId) {
      const row = byMessage.get(chatId, messageId);
      return row === undefined ? null : toDelivery(row);
    },
    begin(questionId, { chatId, threadId, messageId }) {
      const toChatId = movedGroups.whereIs(chatId);
      insert.run(questionId, toChatId, threadId, messageId, now().toISOString());
      return existing(questionId);
    },
    stands(questionId, messageIds) {
      setMessages.run(JSON.stringify(messageIds), questionId);
    },
    ready(questionId, parts, turnId) {
      setParts.run(JSON.stringify(parts), turnId, questionId);
    },
    substitute(questionId, part) {
      const { parts, nextPart } = existing(questionId);
      if (parts === null) return;
      const others = parts.map((one, index) => (index === nextPart ? part : one));
      replaceParts.run(JSON.stringify(others), questionId);
    },
    sending(questionId) {
      setSending.run(1, questionId);
    },
    notSent(questionId) {
      setSending.run(0, questionId);
    },
    arrived(questionId, messageId) {
      const { messageIds, nextPart } = existing(questionId);
      const ids = [...messageIds.slice(0, nextPart), messageId, ...messageIds.slice(nextPart + 1)];
      setArrived.run(JSON.stringify(ids), nextPart + 1, questionId);
    },
    finish(questionId) {
      setDone.run(now().toISOString(), questionId);
    },
    setNotice(questionId, messageId) {
      setNotice.run(messageId, questionId);
    },
    move(fromChatId, toChatId) {
      move.run(toChatId, fromChatId);
    },
  };
}

function toDelivery(row: Record<string, SQLOutputValue>): Delivery {
  return {
    questionId: Number(row['question_id']),
    chatId: Number(row['chat_id']),
    threadId: numberOrNull(row['thread_id']),
    replyTo: Number(row['reply_to']),
    turnId: numberOrNull(row['turn_id']),
    parts: row['parts'] === null ? null : (JSON.parse(String(row['parts'])) as AnswerPart[]),
    messageIds: JSON.parse(String(row['message_ids'])) as number[],
    nextPart: Number(row['next_part']),
    isSending: row['is_sending'] === 1,
    isDone: row['done_at'] !== null,
    noticeId: numberOrNull(row['notice_id']),
  };
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
