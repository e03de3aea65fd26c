import type { DatabaseSync } from 'node:sqlite';

import { InlineKeyboard } from 'grammy';

import type { Conversations, TurnRecord } from '../state/conversations.ts';
import type { AnswerPart, Deliveries, Delivery } from '../state/deliveries.ts';
import { inTransaction } from '../state/transaction.ts';

import { answerKeyboard } from './answer-keyboard.ts';
import type { ChatQuestion } from './chat-question.ts';
import type { WrittenAnswer } from './write-answer.ts';

export interface KeepAnswerOptions {
  database: DatabaseSync;
  deliveries: Deliveries;
  conversations: Conversations;
}

/**
 * Stores what came of a question and the messages that are to be sent, all or nothing: an answer that
 * is kept twice would be one more in the conversation. @throws when the disk fails.
 */
export function keepAnswer(
  question: ChatQuestion,
  written: WrittenAnswer,
  {
    database,
    deliveries,
    conversations,
    replaced,
    isReply,
  }: KeepAnswerOptions & { replaced: readonly Delivery[]; isReply: boolean },
): void {
  inTransaction(database, () => {
    for (const { turnId } of replaced) if (turnId !== null) conversations.forget(turnId);
    const turnId = conversations.record(recordOf(question, written));
    const turn = conversations.find(turnId);
    const last = written.parts.length - 1;
    const parts = written.parts.map((part, index): AnswerPart => ({
      ...part,
      isReply: index === 0 && isReply,
      ...(index === last &&
        turn !== null &&
        written.hasButtons !== false && { keyboard: answerKeyboard(turn, written.locale) }),
    }));
    deliveries.ready(question.id, parts, turnId);
  });
}

/** The same for a question that waited for too long: whether it is still wanted is asked instead. */
export function keepPostponed(
  question: ChatQuestion,
  { database, deliveries, conversations, now }: KeepAnswerOptions & { now: Date },
): void {
  const { locale, askedAt } = question;
  const hours = Math.max(1, Math.round((now.getTime() - askedAt.getTime()) / 3_600_000));
  const text = locale.t('asked-while-away', { hours });
  inTransaction(database, () => {
    const record = recordOf(question, { status: 'failed', report: null });
    const turnId = conversations.record({ ...record, status: 'postponed' });
    const { inline_keyboard } = new InlineKeyboard().text(
      locale.t('button-answer-now'),
      `again:${turnId}`,
    );
    const part = { text, entities: [], keyboard: { inline_keyboard }, isReply: true };
    deliveries.ready(question.id, [part], turnId);
  });
}

function recordOf(
  { place, askerId, length, text, askedAs, checked, about }: ChatQuestion,
  { status, report }: Pick<WrittenAnswer, 'status' | 'report'>,
): TurnRecord {
  const nothing = { answer: '', sentences: [], sources: [], generator: null, totalMs: null };
  return {
    place,
    askerId,
    length,
    status,
    checked,
    about,
    report:
      report === null
        ? { question: askedAs ?? text, standaloneQuestion: text, language: 'other', ...nothing }
        : { ...report, question: askedAs ?? text, totalMs: report.timingsMs.total },
  };
}
